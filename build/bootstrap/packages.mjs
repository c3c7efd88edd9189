// node_modules as package-lock.json says. Install scripts never run: what we use comes as ready Node-API binaries
// in optional packages, and Electron's own download is a step of its own.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { findNpm } from './npm.mjs'
import { run } from './run.mjs'

const STAMP = 'node_modules/.sanxin-lock-hash'

/** Runs `npm ci` when node_modules is missing or was installed from another package-lock.json. */
export async function ensurePackages({ root, progress }) {
  const wanted = wantedStamp(root)
  if (readText(path.join(root, STAMP)) === wanted) return
  const id = crypto.createHash('sha256').update(root).digest('hex').slice(0, 12)
  await withLock(`packages-${id}`, progress, async () => {
    if (readText(path.join(root, STAMP)) === wanted) return
    if (!installedAlready(root)) await install(root, progress)
    fs.writeFileSync(path.join(root, STAMP), wanted)
  })
}

async function install(root, progress) {
  progress.doing('安装 npm 依赖')
  const lock = readLock(path.join(root, 'package-lock.json'))
  const first = await npm(['ci'], root, progress, lock)
  if (first.code === 0) return
  // Some mirrors do not carry the binaries for every platform; a lock written behind one misses them, and `npm ci`
  // refuses it. `npm install` then gives the same: versions and checksums by the lock, which it leaves as it is.
  const optional = new Set(Object.values(lock).flatMap((item) => Object.keys(item.optionalDependencies ?? {})))
  const { missing } = first
  if (missing.length > 0 && missing.every((name) => optional.has(name))) {
    progress.doing('安装 npm 依赖（锁文件缺其他平台的可选包）')
    if ((await npm(['install', '--no-save'], root, progress, lock)).code === 0) return
  }
  if (missing.length > 0) {
    throw new Failure(
      'package.json 与 package-lock.json 不一致。请运行 npm install 并提交 package-lock.json。',
      'package.json and package-lock.json differ. Run `npm install` and commit package-lock.json.',
      missing.join(' '),
    )
  }
  throw new Failure(
    'npm ci 失败。请检查网络（或 npm 的 registry、proxy 设置）和磁盘空间后重试。',
    "npm ci failed. Check the network (or npm's registry and proxy settings) and the free disk space, then try again.",
    first.output,
  )
}

async function npm(command, root, progress, lock) {
  const total = Object.keys(lock).length
  const missing = []
  let fetched = 0
  const result = await run(
    process.execPath,
    [findNpm(), ...command, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=http'],
    {
      cwd: root,
      // What `npm start` above us says about itself is for its script, not for this npm.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/.test(name))),
      // Its log has a line a package: the progress. Its warnings (EBADENGINE above all: npm runs under the older Node,
      // the packages do not) would only frighten.
      filter(line) {
        if (line.startsWith('npm http ')) progress.percent(Math.min(++fetched / total, 0.99))
        const [, name] = /^npm (?:error|ERR!) (?:Missing|Invalid): (@?[^@\s]+)/.exec(line) ?? []
        if (name) missing.push(name)
        return /^npm (error|ERR!)/.test(line) || !line.startsWith('npm ')
      },
      progress,
    },
  )
  return { ...result, missing }
}

/** Whether somebody's own `npm install` has left exactly what the lock says: then nothing has to be fetched again. */
function installedAlready(root) {
  const wanted = readLock(path.join(root, 'package-lock.json'))
  const present = readLock(path.join(root, 'node_modules/.package-lock.json'))
  return (
    present &&
    Object.entries(wanted).every(([key, item]) => {
      if (key === '') return true
      const found = present[key]
      if (found)
        return (
          found.version === item.version && found.integrity === item.integrity && fs.existsSync(path.join(root, key))
        )
      return (item.optional || item.devOptional || item.peer) && !isForHere(item)
    })
  )
}

function isForHere({ os, cpu, libc }) {
  if (!os && !cpu && !libc) return false
  const matches = (list, own) => !list || list.includes(own)
  return matches(os, process.platform) && matches(cpu, process.arch) && matches(libc, cLibrary())
}

function cLibrary() {
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

function wantedStamp(root) {
  const hash = crypto
    .createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  return `${hash} ${process.platform}-${process.arch}`
}

function readLock(file) {
  const text = readText(file)
  return text && JSON.parse(text).packages
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
