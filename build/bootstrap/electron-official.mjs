// The official binary, by the electron package's own installer (it knows mirrors, proxies and the checksums).
import fs from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache-folder.mjs'
import { readNote, tempFolder, writeNote } from './cache.mjs'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { PLATFORM } from './pins.mjs'
import { run } from './run.mjs'

const TRY_MS = 20_000
const INSIST_MS = 20 * 60_000
const REMEMBER_MS = 24 * 3_600_000

/** The executable that the electron package has installed for its own version, or null. */
export function findOfficial(root) {
  const folder = path.join(root, 'node_modules/electron')
  try {
    if (fs.readFileSync(path.join(folder, 'dist/version'), 'utf8').trim().replace(/^v/, '') !== packageVersion(root))
      return null
    const file = path.join(folder, 'dist', fs.readFileSync(path.join(folder, 'path.txt'), 'utf8'))
    return fs.existsSync(file) ? file : null
  } catch {
    return null
  }
}

/** Downloads it; null where it cannot be had (remembered for a day), a Failure where the person insists. */
export async function installOfficial({ root, node, progress, insist }) {
  const folder = path.join(root, 'node_modules/electron')
  const version = packageVersion(root)
  const note = failureNote(version)
  const failed = readNote(note)
  if (!insist && failed && Date.now() - failed.at < REMEMBER_MS) return null
  progress.doing(`下载官方 Electron ${version}`)
  return withLock(`electron-${version}`, progress, async () => {
    if (findOfficial(root)) return findOfficial(root)
    const result = await download({ folder, node, progress, limit: insist ? INSIST_MS : TRY_MS })
    const file = findOfficial(root)
    if (result.code === 0 && file) {
      writeNote(note, undefined)
      return file
    }
    const reason = result.timedOut
      ? `not complete after ${(insist ? INSIST_MS : TRY_MS) / 1000} s`
      : firstReason(result.output)
    writeNote(note, { at: Date.now(), reason })
    if (!insist) return null
    throw new Failure(
      `无法下载官方 Electron ${version}（${reason}）。请检查网络，或用 ELECTRON_MIRROR 指定镜像，或用 ELECTRON_OVERRIDE_DIST_PATH 指向已解压的目录。`,
      `Cannot download the official Electron ${version} (${reason}). Check the network, name a mirror by ELECTRON_MIRROR, or an unpacked folder by ELECTRON_OVERRIDE_DIST_PATH.`,
      result.output,
    )
  })
}

/** Why the last try to download it failed, in the installer's words. */
export function whyNotOfficial(root) {
  return readNote(failureNote(packageVersion(root)))?.reason ?? 'not tried'
}

/** The version of the electron package in node_modules. */
export function packageVersion(root) {
  return JSON.parse(fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')).version
}

function failureNote(version) {
  return `electron-${version}-${PLATFORM}-failed`
}

async function download({ folder, node, progress, limit }) {
  const temp = tempFolder('electron-official')
  try {
    // The zip stays in our cache: after the next `npm ci` the installer unpacks it again without the network.
    const env = { ...process.env, electron_config_cache: path.join(cacheFolder(), 'electron-zips'), TMPDIR: temp }
    return await run(node, [path.join(folder, 'install.js')], { env, progress, timeoutMs: limit })
  } finally {
    fs.rmSync(temp, { recursive: true, force: true })
  }
}

function firstReason(output) {
  const line = output.split('\n').find((text) => /error|E[A-Z]{4,}/i.test(text)) ?? output.split('\n')[0] ?? ''
  return line.trim().slice(0, 160) || 'no reason given'
}
