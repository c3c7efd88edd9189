// Which Electron the app runs on. In this order: the one that the person names; the official binary; the test runtime.
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { findOfficial, installOfficial, packageVersion, whyNotOfficial } from './electron-official.mjs'
import { ensureTestRuntime, hasTestRuntime } from './electron-test.mjs'

/**
 * The Electron runtime: { path, version, major, official, kind: 'override' | 'official' | 'test' }.
 * $SANXIN_ELECTRON = official | test insists on one of them.
 */
export async function ensureElectron({ root, node, progress, env = process.env }) {
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return overridden(path.resolve(env.ELECTRON_OVERRIDE_DIST_PATH))
  const choice = env.SANXIN_ELECTRON || 'auto'
  if (!['auto', 'official', 'test'].includes(choice)) {
    throw new Failure(
      `SANXIN_ELECTRON 只能是 official 或 test，而不是 ${choice}。`,
      `SANXIN_ELECTRON is official or test, not ${choice}.`,
    )
  }
  if (choice !== 'test') {
    const insist = choice === 'official' || !hasTestRuntime()
    const file = findOfficial(root) ?? (await installOfficial({ root, node, progress, insist }))
    if (file) return describe(file, readVersion(path.dirname(file)) ?? packageVersion(root), 'official')
  }
  const runtime = await ensureTestRuntime(progress)
  progress.note(
    `本次运行在测试用 Electron ${runtime.version} 上，不可用于发布。Runs on the test Electron, never to be shipped.`,
  )
  if (choice === 'auto')
    progress.note(
      `官方 Electron 无法下载（${whyNotOfficial(root)}），24 小时后再试；立即重试：SANXIN_ELECTRON=official`,
    )
  return describe(runtime.path, runtime.version, 'test')
}

function overridden(folder) {
  const name = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron'
  const file = path.join(folder, name)
  const version = readVersion(folder)
  if (fs.existsSync(file) && version) return describe(file, version, 'override')
  throw new Failure(
    `ELECTRON_OVERRIDE_DIST_PATH 指向的 ${folder} 中没有 ${name} 或 version 文件。请改正或取消该变量。`,
    `ELECTRON_OVERRIDE_DIST_PATH: no ${name} or no file "version" in ${folder}. Correct or unset it.`,
  )
}

function describe(file, version, kind) {
  return { path: file, version, major: Number.parseInt(version, 10), official: kind === 'official', kind }
}

function readVersion(folder) {
  // On macOS the executable lies deep inside the bundle, the file "version" beside the bundle.
  for (const place of [folder, path.join(folder, '../../..')]) {
    try {
      return fs.readFileSync(path.join(place, 'version'), 'utf8').trim().replace(/^v/, '')
    } catch {
      continue
    }
  }
  return undefined
}
