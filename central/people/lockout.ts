/** Guessing is slow: a staff number with too many wrong tries is locked for a while, over all nodes. */
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Db, Tx } from '../db/db.ts'
import { askerKey } from '../http/asker-key.ts'
import { claimTry, deleteTries, returnTry, selectLastTry } from './tries-sql.ts'

/** So many wrong tries, none of them 15 quiet minutes after the one before, lock a number there. */
export const TRIES = 5
/** And so many from whatever addresses, or at whatever desks, together: one of them alone locks nobody out. */
export const TRIES_OF_ALL = 20
/** How long a number stays locked after its last try, and after how long a quiet one starts anew. */
export const LOCK_MS = 15 * 60_000
const MINUTE_MS = 60_000

/**
 * Where a try comes from: a desk that central knows, by its device, or anywhere else, by the address where that tells one
 * from the other (else null). What is tried at one counts not at the other: a stranger has no desk.
 */
export type Whence = { readonly desk: string } | { readonly address: string | null }

/** Where a request comes from; `desk` is the device that central knows, or that of the session; null for none. */
export type WhenceOf = (request: { readonly ip: string }, desk: string | null) => Whence

/** `byAddress` is for a node that knows its proxies: behind others all have one address, and would lock each other out. */
export const createWhenceOf =
  (byAddress: boolean): WhenceOf =>
  ({ ip }, desk) =>
    desk === null ? { address: byAddress ? ip : null } : { desk }

/** How they stand in the table: in the order in which they are claimed, by the alphabet. */
const ALL_DESKS = 'desks'
const ALL_ADDRESSES = 'pages'
type Count = { readonly whence: string; readonly most: number }

function countsOf(whence: Whence): readonly Count[] {
  if ('desk' in whence)
    return [
      { whence: `desk ${whence.desk}`, most: TRIES },
      { whence: ALL_DESKS, most: TRIES_OF_ALL },
    ]
  if (whence.address === null) return [{ whence: 'page', most: TRIES }]
  return [
    { whence: `from ${askerKey(whence.address)}`, most: TRIES },
    { whence: ALL_ADDRESSES, most: TRIES_OF_ALL },
  ]
}

/** How many wrong tries lock a number for a row of the table, in SQL. */
export const MOST_OF_ROW = `case when whence in ('${ALL_DESKS}', '${ALL_ADDRESSES}') then ${TRIES_OF_ALL} else ${TRIES} end`

async function claimAll(sql: Tx, staffNo: string, counts: readonly Count[], at: number): Promise<string | null> {
  for (const [claimed, { whence, most }] of counts.entries()) {
    if (await claimTry(sql, { staffNo, whence, at, quietSince: at - LOCK_MS, most })) continue
    for (const before of counts.slice(0, claimed)) await returnTry(sql, staffNo, before.whence)
    return whence
  }
  return null
}

/** Takes one of the number's tries before anything is checked: guesses at the same time are counted as well. */
export function takeTry(db: Db, staffNo: string, whence: Whence, at: number): Promise<Result<null>> {
  return db.tx('sanxin_people', async (sql) => {
    const locked = await claimAll(sql, staffNo, countsOf(whence), at)
    if (locked === null) return ok(null)
    const lastAt = (await selectLastTry(sql, staffNo, locked)) ?? at - LOCK_MS
    return fail('lockedOut', String(Math.max(1, Math.ceil((lastAt + LOCK_MS - at) / MINUTE_MS))))
  })
}

/**
 * What was no guess does not count; the guesses before it do. A right password without its code must not give all
 * back: who knows it could then guess codes for ever.
 */
export function giveTryBack(db: Db, staffNo: string, whence: Whence): Promise<void> {
  return db.tx('sanxin_people', async (sql) => {
    for (const count of countsOf(whence)) await returnTry(sql, staffNo, count.whence)
  })
}

/** A right sign-in gives the number all its tries back there; what has been quiet for long is forgotten with it. */
export function giveTriesBack(db: Db, staffNo: string, whence: Whence, at: number): Promise<void> {
  const whences = countsOf(whence).map((count) => count.whence)
  return db.tx('sanxin_people', (sql) => deleteTries(sql, staffNo, whences, at - LOCK_MS))
}
