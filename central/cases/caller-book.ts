import type { CallerIdentity } from '../../shared/case/case-record.ts'
import { plainValues } from '../../shared/case/particulars.ts'
import { numberKey } from '../../shared/phone-number.ts'
import type { Tx } from '../db/db.ts'
import {
  insertCallersBefore,
  insertNewCallers,
  selectCallers,
  selectStoredCallers,
  upsertCallers,
  type Identity,
  type StoredCaller,
} from './callers-sql.ts'

export type CallerBook = {
  /**
   * Takes an identity that stands in the place of another one, or of none; false where it says what stands already. An
   * older program knew of no papers: those that there are stay.
   */
  put(caller: CallerIdentity, mutationId: string, before: string | null): boolean
  /** Whether an identity of a batch was written down already, by whomever. */
  stands(callerId: string): boolean
  /** An identity as it stands now; null for one that was never written down. */
  find(callerId: string): Identity | null
  /** An identity that nobody else changes before the end of the transaction; null for one that is not held so. */
  held(callerId: string): Identity | null
  /** Holds others besides until the end of the transaction: they may be written, too. */
  hold(callerIds: readonly string[]): Promise<void>
  /** Reads others besides, which are not written. */
  read(callerIds: readonly string[]): Promise<void>
  /**
   * Writes what changed, and what stood before it; local numbers are keyed under this area code. Breaks (23505) where
   * somebody who was new is written by now.
   */
  write(areaCode: string): Promise<void>
}

const saysSame = (one: Identity, other: Identity) =>
  one.name === other.name && one.phone === other.phone && JSON.stringify(one.papers) === JSON.stringify(other.papers)

/** The callers that a batch may write, held until its end; what stood before a change is kept (R6.6). */
export async function createCallerBook(sql: Tx, callerIds: readonly string[]): Promise<CallerBook> {
  const stand = new Map((await selectStoredCallers(sql, callerIds)).map((one) => [one.callerId, one]))
  const absent = new Set(callerIds.filter((callerId) => !stand.has(callerId)))
  const others = new Map<string, Identity>()
  const overwritten: StoredCaller[] = []
  const changed = new Set<string>()
  const find = (callerId: string): Identity | null => stand.get(callerId) ?? others.get(callerId) ?? null
  return {
    stands: (callerId) => stand.has(callerId),
    put: ({ papers, ...caller }, mutationId, before) => {
      const old = stand.get(caller.callerId)
      const known = old ?? (before === null ? null : find(before))
      const fresh = { ...caller, papers: plainValues(papers ?? known?.papers ?? {}), mutationId }
      if (old !== undefined && saysSame(old, fresh)) return false
      if (old !== undefined) overwritten.push(old)
      stand.set(fresh.callerId, fresh)
      changed.add(fresh.callerId)
      return true
    },
    find,
    held: (callerId) => stand.get(callerId) ?? null,
    hold: async (more) => {
      const free = [...new Set(more)].filter((callerId) => !stand.has(callerId))
      for (const one of await selectStoredCallers(sql, free)) stand.set(one.callerId, one)
    },
    read: async (more) => {
      const unknown = [...new Set(more)].filter((callerId) => find(callerId) === null)
      if (unknown.length === 0) return
      for (const one of await selectCallers(sql, unknown)) others.set(one.callerId, one)
    },
    write: async (areaCode) => {
      const rows = [...changed].flatMap((callerId) => {
        const row = stand.get(callerId)
        return row === undefined ? [] : [{ ...row, phoneKey: numberKey(row.phone, areaCode) }]
      })
      await Promise.all([
        insertNewCallers(
          sql,
          rows.filter(({ callerId }) => absent.has(callerId)),
        ),
        upsertCallers(
          sql,
          rows.filter(({ callerId }) => !absent.has(callerId)),
        ),
        insertCallersBefore(sql, overwritten),
      ])
    },
  }
}
