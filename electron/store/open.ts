import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { salvage, type Salvaged } from './db/salvage.ts'
import { migrate } from './migrate.ts'
import { storageFailure } from './failure.ts'
import { moveAside, owe, owedAside, SIDES, takeOverOnce, type Aside } from './put-aside.ts'

/** `salvaged` is how much of a broken file was taken over, by table. */
export type OpenedStore = {
  readonly db: Database.Database
  readonly putAside: string | null
  readonly salvaged: Salvaged | null
}

type Options = { readonly dir: string; readonly nativeBinding: string | null; readonly now: number }

type Locking = 'NORMAL' | 'EXCLUSIVE'

async function openAs(locking: Locking, file: string, { nativeBinding, now }: Options): Promise<Database.Database> {
  const db = new Database(file, nativeBinding === null ? {} : { nativeBinding })
  let copy: string | null = null
  try {
    db.pragma(`locking_mode = ${locking}`)
    db.pragma('journal_mode = WAL')
    // After the change to WAL, and by name: «saved» is said after the disk has it (rule 1).
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // A log that had grown long gives its room back once it begins anew (log-beside.ts).
    db.pragma('journal_size_limit = 16777216')
    // What a savepoint may have to take back lies in memory, not in files of its own: they cost a third of a page of
    // cases, and held citizens' names and words.
    db.pragma('temp_store = MEMORY')
    const check = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') throw Object.assign(new Error('quick_check'), { code: 'SQLITE_CORRUPT' })
    await migrate(db, async (from) => {
      copy = `${file}.v${from}-${now}.bak`
      await db.backup(copy)
      chmodSync(copy, 0o600)
    })
    return db
  } catch (error) {
    db.close()
    // The file is as it was and needs no copy; each further try would add one to a disk that may be full.
    if (copy !== null) for (const suffix of ['', '-journal']) rmSync(`${String(copy)}${suffix}`, { force: true })
    throw error
  }
}

async function openFile(file: string, options: Options): Promise<Database.Database> {
  try {
    return await openAs('NORMAL', file, options)
  } catch (error) {
    // WAL needs a small file beside the database, for which a full disk has no room. Nobody else reads this
    // file: held for ourselves alone it needs none, and the operator can sign in, read and search.
    if (storageFailure(error)?.detail !== 'SQLITE_IOERR_SHMSIZE') throw error
    return openAs('EXCLUSIVE', file, options)
  }
}

/** Says of a file that it broke while it was open: the next start must not trust a check that finds nothing. */
export function suspect(dir: string): void {
  writeFileSync(join(dir, 'store.sqlite.suspect'), '')
}

/** Citizens' names and words are nobody else's on this machine. */
function keepPrivate(file: string): void {
  for (const side of SIDES) if (existsSync(file + side)) chmodSync(file + side, 0o600)
}

async function openTrusted(file: string, options: Options): Promise<Database.Database> {
  if (existsSync(`${file}.suspect`)) throw Object.assign(new Error('suspect'), { code: 'SQLITE_CORRUPT' })
  return openFile(file, options)
}

/** Puts a broken file aside, or goes on with that, and makes a new one with what could still be read. */
async function openAnew(file: string, aside: Aside, options: Options): Promise<OpenedStore> {
  moveAside(file, aside)
  const db = await openFile(file, options)
  try {
    keepPrivate(file)
    keepPrivate(aside.path)
    // What it said is in the note now.
    rmSync(`${file}.suspect`, { force: true })
    const salvaged = takeOverOnce(file, aside, () => salvage(aside.path, options.nativeBinding, db))
    return { db, putAside: aside.path, salvaged }
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Opens the desk's store. A file that cannot be read is put aside under another name, never deleted, and an
 * empty one takes its place with what could still be read, so that calls go on; `putAside` tells it. Throws for
 * anything else.
 */
export async function openStore(options: Options): Promise<OpenedStore> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 })
  const file = join(options.dir, 'store.sqlite')
  const owed = owedAside(file)
  if (owed !== null) return openAnew(file, owed, options)
  try {
    const db = await openTrusted(file, options)
    keepPrivate(file)
    return { db, putAside: null, salvaged: null }
  } catch (error) {
    if (storageFailure(error)?.code !== 'databaseBroken') throw error
    return openAnew(file, owe(file, options.now), options)
  }
}
