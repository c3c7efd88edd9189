/**
 * A broken file is put aside and a new one takes its place. Whatever ends that in the middle (a kill, a power cut, a full
 * disk), the next start goes on with it: a note beside the file says so until what could be read stands in the new one.
 *
 *   broken ──note──► noted ──move──► moved ──make anew──► empty ──take over, in one commit──► whole ──remove the note──► done
 *                      ▲                ▲                   │
 *                      └── a start finds the note: what was made anew is made anew once more
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What belongs to a file of SQLite; the file itself last, for without it the log beside it is nobody's. */
export const SIDES = ['-shm', '-wal', ''] as const

/** A file whose reading ended the process so often is not read again: calls go on without it. */
const MOST_DEATHS = 3

/** `deaths`: how often the process ended while it was taken over. */
export type Aside = { readonly path: string; readonly deaths: number }

const noteOf = (file: string) => `${file}.owed`

/** Windows gives no handle of a folder, and needs none: its journal keeps names in their order. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The file that was put aside and is not taken over yet; null where there is none. */
export function owedAside(file: string): Aside | null {
  if (!existsSync(noteOf(file))) return null
  const [, name, deaths = ''] = /^([^/\\]+\.broken-\d+)(\.*)$/.exec(readFileSync(noteOf(file), 'utf8')) ?? []
  // Cut off while it was written: nothing was moved yet.
  return name === undefined ? null : { path: join(dirname(file), name), deaths: deaths.length }
}

/** Notes that `file` is to be put aside, before anything is moved. */
export function owe(file: string, now: number): Aside {
  const path = `${file}.broken-${now}`
  writeFileSync(noteOf(file), basename(path), { flush: true })
  syncFolder(dirname(file))
  return { path, deaths: 0 }
}

/** Moves the file to where it is put aside; once it is there, what has its name now was made anew, and goes. */
export function moveAside(file: string, { path }: Aside): void {
  const isThere = existsSync(path)
  for (const side of SIDES) {
    if (isThere) rmSync(file + side, { force: true })
    else if (existsSync(file + side)) renameSync(file + side, path + side)
  }
  syncFolder(dirname(file))
}

/** Takes over from the file by `work`, and removes the note when that is done; null where nobody dares any more. */
export function takeOverOnce<T>(file: string, { path, deaths }: Aside, work: () => T): T | null {
  const note = noteOf(file)
  let taken: T | null = null
  if (deaths < MOST_DEATHS) {
    appendFileSync(note, '.')
    try {
      taken = work()
    } catch (error) {
      // It failed and is tried again: the process did not end by it.
      truncateSync(note, basename(path).length + deaths)
      throw error
    }
  }
  rmSync(note)
  return taken
}
