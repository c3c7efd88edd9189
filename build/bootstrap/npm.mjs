// npm as a program that is already there: it knows the registry, its mirror and the proxy that this machine has been given.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { tempFolder } from './cache.mjs'
import { Failure } from './failure.mjs'
import { run } from './run.mjs'

/** The path of npm-cli.js: run through Node itself, because npm.cmd cannot be spawned on Windows without a shell. */
export function findNpm(env = process.env) {
  const home = path.dirname(process.execPath)
  const onPath = (env.PATH ?? env.Path ?? '').split(path.delimiter)
  const candidates = [
    env.npm_execpath,
    path.join(home, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...onPath.flatMap((folder) => [
      path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
      realPath(path.join(folder, 'npm')),
    ]),
  ]
  const found = candidates.find((file) => file && path.basename(file) === 'npm-cli.js' && fs.existsSync(file))
  if (!found)
    throw new Failure(
      '找不到 npm。请安装 Node.js（自带 npm）后再试。',
      'npm was not found. Install Node.js (it brings npm) and try again.',
    )
  return found
}

/** Downloads a pinned package, checks the sha512 of what came, and unpacks it into `folder`. */
export async function fetchPackage(pin, folder, progress) {
  const temp = tempFolder('download')
  // A cache of its own: its size is the progress, and the user's npm cache keeps no 200 MB that are needed once.
  const npmCache = path.join(temp, 'npm-cache')
  const watch = setInterval(() => progress.percent(folderSize(npmCache) / pin.bytes), 500)
  try {
    await run(
      process.execPath,
      [findNpm(), 'pack', `${pin.name}@${pin.version}`, '--cache', npmCache, '--loglevel=error'],
      {
        cwd: temp,
        failure: {
          zh: `无法从 npm 下载 ${pin.name}@${pin.version}。请检查网络或 npm 的 registry、proxy 设置后重试。`,
          en: `Cannot download ${pin.name}@${pin.version} from npm. Check the network or npm's registry and proxy settings, then try again.`,
        },
      },
    )
    clearInterval(watch)
    const tarball = path.join(temp, fs.readdirSync(temp).find((file) => file.endsWith('.tgz')) ?? 'missing.tgz')
    await verify(tarball, pin)
    progress.line('解压')
    fs.mkdirSync(folder, { recursive: true })
    await run('tar', ['-xzf', tarball, '--strip-components=1', '--no-same-owner', '-C', folder], {
      failure: {
        zh: `无法解压 ${pin.name}（磁盘已满，或缺少 tar？）。`,
        en: `Cannot unpack ${pin.name} (disk full, or no tar?).`,
      },
    })
  } finally {
    clearInterval(watch)
    fs.rmSync(temp, { recursive: true, force: true })
  }
}

/** Throws when the file is not byte for byte what the pin says. */
export async function verify(file, pin) {
  const hash = crypto.createHash('sha512')
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk)
  const integrity = `sha512-${hash.digest('base64')}`
  if (integrity === pin.integrity) return
  throw new Failure(
    `下载的 ${pin.name}@${pin.version} 与固定的校验值不符，已丢弃。请检查 npm 镜像是否可信。`,
    `The downloaded ${pin.name}@${pin.version} differs from its pinned checksum and was thrown away. Check whether the npm mirror can be trusted.`,
    `expected ${pin.integrity}\nreceived ${integrity}`,
  )
}

function realPath(file) {
  try {
    return fs.realpathSync(file)
  } catch {
    return undefined
  }
}

function folderSize(folder) {
  let size = 0
  try {
    for (const item of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (item.isFile()) size += fs.statSync(path.join(item.parentPath ?? item.path, item.name)).size
    }
  } catch {
    // Files come and go while npm is at work; the next look will do.
  }
  return size
}
