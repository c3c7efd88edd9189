/** The ledger as it is read (role sanxin_reader; its policy says by whom). */
import type { LedgerEntry } from '../../shared/ledger/entry.ts'
import { OUTCOME_MS } from '../../shared/ledger/outcome.ts'
import type { Tx } from '../db/db.ts'

const columns = `exchange, leg, number, called, began_at as "beganAt", queue, queued_at as "queuedAt",
  rang_at as "rangAt", answered_at as "answeredAt", answered_by as "answeredBy", staff_no as "staffNo",
  ended_at as "endedAt", ending, rating, ended_at + ${OUTCOME_MS} as "dueAt", outcome, case_id as "caseId", tries,
  settled_at as "settledAt", settled_by as "settledBy", reason`

/** Ended ten minutes ago, or unheard of since `silentSince`, and nothing came of it yet. */
const isOpen = `outcome is null and (ended_at + ${OUTCOME_MS} <= $1::bigint or (ended_at is null and heard_at < $2::bigint))`

export type OpenAt = { readonly now: number; readonly silentSince: number }

/** What has no outcome and ought to have, the oldest first. */
export function selectOpen(sql: Tx, { now, silentSince }: OpenAt, limit: number): Promise<LedgerEntry[]> {
  return sql.query<LedgerEntry>(
    `select ${columns} from ledger where ${isOpen} order by began_at, exchange, leg limit $3::int`,
    [now, silentSince, limit],
  )
}

export async function countOpen(sql: Tx, { now, silentSince }: OpenAt): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`select count(*)::int as n from ledger where ${isOpen}`, [
    now,
    silentSince,
  ])
  return row?.n ?? 0
}

/** What began in a time, the oldest first. */
export function selectBegan(sql: Tx, from: number, until: number, limit: number): Promise<LedgerEntry[]> {
  return sql.query<LedgerEntry>(
    `select ${columns} from ledger where began_at >= $1::bigint and began_at < $2::bigint
     order by began_at, exchange, leg limit $3::int`,
    [from, until, limit],
  )
}
