// out/ is made again when a source has changed since: a look at names, sizes and times, which takes milliseconds.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { run } from './run.mjs'

const CONFIG = 'build/electron.vite.config.ts'
const SOURCES = ['electron', 'renderer', 'shared', CONFIG, 'package.json', 'package-lock.json']
const STAMP = 'out/.sanxin-build'

/** Builds the desktop app by electron-vite unless out/ is newer than its sources. */
export async function ensureBuild({ root, node, electron, env }, progress) {
  const wanted = `${fingerprint(root)} electron ${electron.major}`
  if (readStamp(root) === wanted) return
  if (!fs.existsSync(path.join(root, CONFIG))) {
    throw new Failure(
      `缺少 ${CONFIG}，无法构建。请检查源码是否完整（git status）。`,
      `${CONFIG} is missing. Check that the sources are complete (git status).`,
    )
  }
  progress.doing('构建桌面程序')
  const id = crypto.createHash('sha256').update(root).digest('hex').slice(0, 12)
  await withLock(`build-${id}`, progress, async () => {
    if (readStamp(root) === wanted) return
    // A build that breaks off must not look like a good one.
    fs.rmSync(path.join(root, STAMP), { force: true })
    await run(node, [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--config', CONFIG], {
      cwd: root,
      env,
      progress,
      failure: { zh: '构建失败，原因见上。', en: 'The build failed; the reason stands above.' },
    })
    fs.mkdirSync(path.join(root, 'out'), { recursive: true })
    fs.writeFileSync(path.join(root, STAMP), wanted)
  })
}

function fingerprint(root) {
  const hash = crypto.createHash('sha256')
  const add = (file) => {
    const full = path.join(root, file)
    const stat = fs.statSync(full, { throwIfNoEntry: false })
    if (stat?.isDirectory()) for (const name of fs.readdirSync(full).toSorted()) add(`${file}/${name}`)
    else if (stat) hash.update(`${file} ${stat.mtimeMs} ${stat.size}\n`)
  }
  for (const source of SOURCES) add(source)
  return hash.digest('hex')
}

function readStamp(root) {
  try {
    return fs.readFileSync(path.join(root, STAMP), 'utf8')
  } catch {
    return undefined
  }
}
