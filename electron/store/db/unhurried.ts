import type { Database } from 'better-sqlite3'

/** SQLite's own measure, in pages of 4 kB: once so much stands in the log, it is brought into the file. */
export const LOG_PAGES = 1000
/** Where a thread beside does that (log-beside.ts), a commit does not wait for it before so much stands there. */
const LOG_PAGES_BESIDE = 4000

/** From how many pages in the log on a commit brings them into the file. Source: sqlite.org/pragma.html#pragma_wal_autocheckpoint. */
export function commitsBringIn(db: Database, pages: number): void {
  db.pragma(`wal_autocheckpoint = ${pages}`)
}

/**
 * Runs a transaction that is not waited for by the disk: in WAL mode a power cut then takes the last such ones back,
 * whole and in their order, and never one that FULL came after. Only for what central gives again when it is asked
 * from where the file stands: nothing that a person did, and nothing that is said to be saved. Call it outside of
 * transactions. The log may grow to 16 MB by it, and where it may grow further (log-beside.ts) so far. Source:
 * sqlite.org/pragma.html#pragma_synchronous.
 */
export function unhurried<T>(db: Database, transact: () => T): T {
  const pages = Number(db.pragma('wal_autocheckpoint', { simple: true }))
  db.pragma('synchronous = NORMAL')
  commitsBringIn(db, Math.max(pages, LOG_PAGES_BESIDE))
  try {
    return transact()
  } finally {
    db.pragma('synchronous = FULL')
    commitsBringIn(db, pages)
  }
}
