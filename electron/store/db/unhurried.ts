import type { Database } from 'better-sqlite3'

/**
 * Runs a transaction that is not waited for by the disk: in WAL mode a power cut then takes the last such ones back,
 * whole and in their order, and never one that FULL came after. Only for what central gives again when it is asked
 * from where the file stands: nothing that a person did, and nothing that is said to be saved. Call it outside of
 * transactions. Source: sqlite.org/pragma.html#pragma_synchronous.
 */
export function unhurried<T>(db: Database, transact: () => T): T {
  db.pragma('synchronous = NORMAL')
  try {
    return transact()
  } finally {
    db.pragma('synchronous = FULL')
  }
}
