import type { Database } from 'better-sqlite3'

/** SQLite's own measure, in pages of 4 kB: once so much stands in the log, a commit brings it into the file. */
const LOG_PAGES = 1000
/** While a desk has much to fetch: each time costs two syncs, and writes the same pages of the indexes again. */
const LOG_PAGES_AMID = 4000

/**
 * Runs a transaction that is not waited for by the disk: in WAL mode a power cut then takes the last such ones back,
 * whole and in their order, and never one that FULL came after. Only for what central gives again when it is asked
 * from where the file stands: nothing that a person did, and nothing that is said to be saved. Call it outside of
 * transactions. `amid`: more of it follows at once, and the log may grow to 16 MB; the last one, or whatever is saved
 * meanwhile, brings it into the file. Source: sqlite.org/pragma.html#pragma_synchronous, #pragma_wal_autocheckpoint.
 */
export function unhurried<T>(db: Database, amid: boolean, transact: () => T): T {
  db.pragma('synchronous = NORMAL')
  if (amid) db.pragma(`wal_autocheckpoint = ${LOG_PAGES_AMID}`)
  try {
    return transact()
  } finally {
    db.pragma('synchronous = FULL')
    if (amid) db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  }
}
