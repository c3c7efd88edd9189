// The app's TypeScript runs natively, which takes Node 24; the bootstrap itself is content with 20.
import fs from 'node:fs'
import path from 'node:path'
import { entry, findEntry } from './cache.mjs'
import { Failure } from './failure.mjs'
import { fetchPackage } from './npm.mjs'
import { NODE_24, PLATFORM } from './pins.mjs'

/** The path of a Node ≥ 24: the running one, else the pinned npm package out of the cache. */
export async function ensureNode24(progress) {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  return path.join(await nodePackage(progress), pinned().binary)
}

/** A folder with include/node: the C headers that native modules are compiled against. */
export async function ensureNodeHeaders(progress) {
  const own = path.join(path.dirname(process.execPath), '..')
  if (Number.parseInt(process.versions.node, 10) >= 24 && fs.existsSync(path.join(own, 'include/node/node_api.h')))
    return own
  return nodePackage(progress)
}

async function nodePackage(progress) {
  const pin = pinned()
  const found = findEntry(pin.name, pin.version)
  if (found) return found
  progress.doing(`下载 Node ${pin.version}`)
  return entry(pin.name, pin.version, progress, (temp) => fetchPackage(pin, temp, progress))
}

function pinned() {
  const pin = NODE_24[PLATFORM]
  if (pin) return pin
  throw new Failure(
    `本机 (${PLATFORM}) 需要 Node 24 或更新版本，当前为 ${process.version}。请从 nodejs.org 安装后再运行。`,
    `This machine (${PLATFORM}) needs Node 24 or newer and has ${process.version}. Install it from nodejs.org and run again.`,
  )
}
