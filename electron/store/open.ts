import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { migrate } from './migrate.ts'
import { storageFailure } from './failure.ts'

export type OpenedStore = { readonly db: Database.Database; readonly putAside: string | null }

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
    const check = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') throw Object.assign(new Error('quick_check'), { code: 'SQLITE_CORRUPT' })
    await migrate(db, async (from) => {
      copy = `${file}.v${from}-${now}.bak`
      await db.backup(copy)
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

/**
 * Opens the desk's store. A file that cannot be read is put aside under another name, never deleted, and an
 * empty one takes its place, so that calls go on; `putAside` tells it. Throws for anything else.
 */
export async function openStore(options: Options): Promise<OpenedStore> {
  mkdirSync(options.dir, { recursive: true })
  const file = join(options.dir, 'store.sqlite')
  try {
    return { db: await openFile(file, options), putAside: null }
  } catch (error) {
    if (storageFailure(error)?.code !== 'databaseBroken') throw error
    const putAside = `${file}.broken-${options.now}`
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, putAside + suffix)
    }
    return { db: await openFile(file, options), putAside }
  }
}
