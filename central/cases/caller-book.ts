import type { CallerIdentity } from '../../shared/case/case-record.ts'
import { numberKey } from '../../shared/phone-number.ts'
import type { Tx } from '../db/db.ts'
import { insertCallersBefore, selectStoredCallers, upsertCallers, type StoredCaller } from './sql.ts'

export type CallerBook = {
  /** Takes an identity; false where it says what stands already. */
  put(caller: CallerIdentity, mutationId: string): boolean
  /** Writes what changed, and what stood before it; local numbers are keyed under this area code. */
  write(areaCode: string): Promise<void>
}

/** The callers that a batch may write, held until its end; what stood before a change is kept (R6.6). */
export async function createCallerBook(sql: Tx, callerIds: readonly string[]): Promise<CallerBook> {
  const stand = new Map((await selectStoredCallers(sql, callerIds)).map((one) => [one.callerId, one]))
  const before: StoredCaller[] = []
  const changed = new Set<string>()
  return {
    put: (caller, mutationId) => {
      const { callerId, name, phone } = caller
      const old = stand.get(callerId)
      if (old?.name === name && old.phone === phone) return false
      if (old !== undefined) before.push(old)
      stand.set(callerId, { callerId, name, phone, mutationId })
      changed.add(callerId)
      return true
    },
    write: async (areaCode) => {
      const rows = [...changed].flatMap((callerId) => stand.get(callerId) ?? [])
      await Promise.all([
        upsertCallers(
          sql,
          rows.map((row) => ({ ...row, phoneKey: numberKey(row.phone, areaCode) })),
        ),
        insertCallersBefore(sql, before),
      ])
    },
  }
}
