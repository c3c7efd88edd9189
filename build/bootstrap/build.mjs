// out/ is made again when a source has changed since: a look at names, sizes and times, which takes milliseconds.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { run } from './run.mjs'

const SHARED = ['shared', 'package.json', 'package-lock.json']
const DESK = {
  doing: '构建桌面程序',
  config: 'build/electron.vite.config.ts',
  tool: 'node_modules/electron-vite/bin/electron-vite.js',
  sources: ['electron', 'renderer', ...SHARED],
  stamp: 'out/.sanxin-build',
}
const page = (name, doing) => ({
  doing,
  config: `build/${name}.vite.config.ts`,
  tool: 'node_modules/vite/bin/vite.js',
  sources: [`renderer/${name}`, 'renderer/page', 'renderer/ui', 'build/page.vite.ts', ...SHARED],
  stamp: `out/.sanxin-${name}`,
})
const PAGES = [page('portal', '构建成员单位页面'), page('admin', '构建管理页面')]

/** Builds the desktop app by electron-vite unless out/ is newer than its sources. */
export function ensureBuild(place, progress) {
  return ensureBuilt(DESK, place, `electron ${place.electron.major}`, progress)
}

/** Builds the pages of the member units and of the administration into out/, from where central serves them. */
export async function ensurePages(place, progress) {
  for (const one of PAGES) await ensureBuilt(one, place, '', progress)
}

async function ensureBuilt({ doing, config, tool, sources, stamp }, { root, node, env }, more, progress) {
  const wanted = `${fingerprint(root, [...sources, config])} ${more}`
  if (readStamp(root, stamp) === wanted) return
  if (!fs.existsSync(path.join(root, config))) {
    throw new Failure(
      `缺少 ${config}，无法构建。请检查源码是否完整（git status）。`,
      `${config} is missing. Check that the sources are complete (git status).`,
    )
  }
  progress.doing(doing)
  const id = crypto.createHash('sha256').update(`${root} ${config}`).digest('hex').slice(0, 12)
  await withLock(`build-${id}`, progress, async () => {
    if (readStamp(root, stamp) === wanted) return
    // A build that breaks off must not look like a good one.
    fs.rmSync(path.join(root, stamp), { force: true })
    await run(node, [path.join(root, tool), 'build', '--config', config], {
      cwd: root,
      env,
      progress,
      failure: { zh: '构建失败，原因见上。', en: 'The build failed; the reason stands above.' },
    })
    fs.mkdirSync(path.join(root, 'out'), { recursive: true })
    fs.writeFileSync(path.join(root, stamp), wanted)
  })
}

function fingerprint(root, sources) {
  const hash = crypto.createHash('sha256')
  const add = (file) => {
    const full = path.join(root, file)
    const stat = fs.statSync(full, { throwIfNoEntry: false })
    if (stat?.isDirectory()) for (const name of fs.readdirSync(full).toSorted()) add(`${file}/${name}`)
    else if (stat) hash.update(`${file} ${stat.mtimeMs} ${stat.size}\n`)
  }
  for (const source of sources) add(source)
  return hash.digest('hex')
}

function readStamp(root, stamp) {
  try {
    return fs.readFileSync(path.join(root, stamp), 'utf8')
  } catch {
    return undefined
  }
}
