// `npm start`: the environment, the build, then build/run.ts under Node 24, in this terminal.
import fs from 'node:fs'
import path from 'node:path'
import { ensureBuild, ensurePages } from './build.mjs'
import { runInForeground } from './child.mjs'
import { Failure, report } from './failure.mjs'
import { ensure, ROOT } from './index.mjs'

const RUN = 'build/run.ts'
const USAGE = `三心 — 12345 热线话务员桌面 · The operator's desk for a 12345 hotline

用法 Usage
  npm start                               完整演示：中心、练习总机、模拟市民 · everything embedded
  npm start -- --hands-free               自动演示一通完整电话 · one whole call by itself
  npm start -- --central URL --sip wss:// 连接真实系统 · against real ones
  npm start -- --build-only               只准备环境并构建 · prepare and build, start nothing
  npm start -- --help                     本说明 · this text

环境变量 Environment
  SANXIN_CACHE                 下载缓存目录 · where downloads are kept
  SANXIN_ELECTRON=official|test  强制官方版或测试版 Electron · insist on one Electron
  ELECTRON_OVERRIDE_DIST_PATH  使用已解压的 Electron · an unpacked Electron to use
  ELECTRON_MIRROR              官方 Electron 的下载镜像 · a mirror of Electron's releases
`

/** The whole of `npm start`; resolves to the exit code. */
export async function main(args) {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE)
    return 0
  }
  try {
    return await start(args)
  } catch (error) {
    return report(error)
  }
}

async function start(args) {
  const buildOnly = args.includes('--build-only')
  const place = await ensure(
    buildOnly
      ? { electron: true, moreSteps: 2 }
      : { electron: true, sqlite: true, system: ['electron', 'display', 'fonts'], moreSteps: 2 },
  )
  try {
    await place.step('桌面程序', (progress) => ensureBuild(place, progress))
    await place.step('网页', (progress) => ensurePages(place, progress))
    if (buildOnly) return 0
    if (!fs.existsSync(path.join(ROOT, RUN)))
      throw new Failure(
        `缺少 ${RUN}。请检查源码是否完整（git status）。`,
        `${RUN} is missing. Check that the sources are complete (git status).`,
      )
    return await runInForeground(place.node, [path.join(ROOT, RUN), ...args], { cwd: ROOT, env: place.env })
  } finally {
    await place.stop()
  }
}
