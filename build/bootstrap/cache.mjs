// What is downloaded or built once per machine. An entry is made in a temp folder and renamed when complete,
// so an entry that exists is whole; the lock keeps two starts at once from doing the work twice.
import fs from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache-folder.mjs'
import { withLock } from './lock.mjs'

const DAY_MS = 86_400_000

/** The folder of an entry, or null when it has not been made yet. */
export function findEntry(name, version) {
  const folder = entryPath(name, version)
  return fs.existsSync(folder) ? folder : null
}

/** Returns the folder of an entry; makes it first with `make(tempFolder)` where it is missing. */
export async function entry(name, version, progress, make) {
  const found = findEntry(name, version)
  if (found) return found
  return withLock(`${name}-${version}`, progress, async () => {
    const folder = entryPath(name, version)
    if (fs.existsSync(folder)) return folder
    const temp = tempFolder(name)
    try {
      await make(temp)
      fs.renameSync(temp, folder)
    } finally {
      fs.rmSync(temp, { recursive: true, force: true })
    }
    return folder
  })
}

/** A new temp folder beside the entries (same file system, so that rename is atomic); sweeps out old ones. */
export function tempFolder(name) {
  const parent = path.join(cacheFolder(), 'tmp')
  fs.mkdirSync(parent, { recursive: true })
  for (const old of fs.readdirSync(parent)) {
    const file = path.join(parent, old)
    const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > DAY_MS) fs.rmSync(file, { recursive: true, force: true })
  }
  return fs.mkdtempSync(path.join(parent, `${name}-`))
}

/** A small JSON note in the cache (what was tried, what was seen), or undefined. */
export function readNote(name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(cacheFolder(), 'notes', `${name}.json`), 'utf8'))
  } catch {
    return undefined
  }
}

/** Writes (or with undefined removes) a note. */
export function writeNote(name, value) {
  const file = path.join(cacheFolder(), 'notes', `${name}.json`)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  if (value === undefined) return fs.rmSync(file, { force: true })
  fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify(value))
  fs.renameSync(`${file}.${process.pid}`, file)
}

function entryPath(name, version) {
  return path.join(cacheFolder(), `${name}-${version}`)
}
