/** Guessing is slow: a staff number with too many wrong tries is locked for a while, over all nodes. */
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Db } from '../db/db.ts'
import { claimTry, deleteTries, returnTry, selectLastTry } from './tries-sql.ts'

/** So many wrong tries, none of them 15 quiet minutes after the one before, lock a number. */
export const TRIES = 5
/** How long a number stays locked after its last try, and after how long a quiet one starts anew. */
export const LOCK_MS = 15 * 60_000
const MINUTE_MS = 60_000

/** Takes one of the number's tries before anything is checked: guesses at the same time are counted as well. */
export function takeTry(db: Db, staffNo: string, at: number): Promise<Result<null>> {
  return db.tx('sanxin_people', async (sql) => {
    if (await claimTry(sql, { staffNo, at, quietSince: at - LOCK_MS, most: TRIES })) return ok(null)
    const lastAt = (await selectLastTry(sql, staffNo)) ?? at - LOCK_MS
    return fail('lockedOut', String(Math.max(1, Math.ceil((lastAt + LOCK_MS - at) / MINUTE_MS))))
  })
}

/**
 * What was no guess does not count; the guesses before it do. A right password without its code must not give all
 * back: who knows it could then guess codes for ever.
 */
export function giveTryBack(db: Db, staffNo: string): Promise<void> {
  return db.tx('sanxin_people', (sql) => returnTry(sql, staffNo))
}

/** A right sign-in gives the number all its tries back; what has been quiet for long is forgotten with it. */
export function giveTriesBack(db: Db, staffNo: string, at: number): Promise<void> {
  return db.tx('sanxin_people', (sql) => deleteTries(sql, staffNo, at - LOCK_MS))
}
