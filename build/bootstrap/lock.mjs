// One process at a time, across starts of the app: a file that names its owner, alive as long as its time is renewed.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { cacheFolder } from './cache-folder.mjs'

const HEARTBEAT_MS = 2_000
const DEAD_AFTER_MS = 60_000

/** Runs `work` while no other process on this cache holds the lock of that name. */
export async function withLock(name, progress, work) {
  const folder = path.join(cacheFolder(), 'locks')
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}.lock`)
  while (!tryTake(file)) {
    const owner = readOwner(file)
    if (owner === undefined) continue
    if (isDead(owner)) {
      breakLock(file, owner)
      continue
    }
    progress?.doing(`等待另一次安装 ${name}（进程 ${owner.pid ?? '?'}）`)
    await changeIn(folder)
  }
  // The heartbeat tells a living owner from one whose pid belongs to another process by now (or to another machine).
  const beat = setInterval(() => fs.utimes(file, new Date(), new Date(), () => {}), HEARTBEAT_MS)
  beat.unref()
  try {
    return await work()
  } finally {
    clearInterval(beat)
    fs.rmSync(file, { force: true })
  }
}

function tryTake(file) {
  try {
    fs.writeFileSync(file, JSON.stringify({ pid: process.pid, host: os.hostname() }), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function readOwner(file) {
  try {
    const text = fs.readFileSync(file, 'utf8')
    return { text, beat: fs.statSync(file).mtimeMs, ...(text ? JSON.parse(text) : {}) }
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    return { text: '', beat: fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }
  }
}

function isDead(owner) {
  if (Date.now() - owner.beat > DEAD_AFTER_MS) return true
  if (!owner.pid || owner.host !== os.hostname()) return false
  try {
    process.kill(owner.pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Removes a dead owner's lock under a lock of its own: else two waiters could each remove one, the second a living one. */
function breakLock(file, seen) {
  const breaker = `${file}.break`
  if (Date.now() - (fs.statSync(breaker, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > DEAD_AFTER_MS)
    fs.rmSync(breaker, { force: true })
  if (!tryTake(breaker)) return
  try {
    const now = readOwner(file)
    if (now && now.text === seen.text && isDead(now)) fs.rmSync(file, { force: true })
  } finally {
    fs.rmSync(breaker, { force: true })
  }
}

/** Resolves when something in the folder changes; after a second at the latest, because not every file system reports. */
function changeIn(folder) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      watcher.close()
      resolve()
    }
    const watcher = fs.watch(folder, done)
    watcher.on('error', done)
    const timer = setTimeout(done, 1_000)
  })
}
