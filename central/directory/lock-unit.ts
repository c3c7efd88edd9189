import type { Tx } from '../db/db.ts'

/**
 * Holds a member unit until the end of the transaction: `shared` by whoever gives it a case, `alone` by who retires it.
 * So no case is given to a unit that is gone by the time it is written.
 */
export async function lockUnit(sql: Tx, id: string, how: 'shared' | 'alone'): Promise<void> {
  const lock = how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await sql.query(`select ${lock}(hashtextextended('unit:' || $1::text, 0))`, [id])
}
