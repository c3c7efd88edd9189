import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Tx } from '../db/db.ts'
import type { CallSummary, KnownFact } from './project-call.ts'

/** The mutation that a fact came in, and the desk's store that sent it. */
export type FactSource = { readonly mutationId: string; readonly storeId: string }

/** Adds a fact; the number that called is kept with the call, not with the fact. */
export async function insertFact(sql: Tx, { mutationId, storeId }: FactSource, fact: CallFact): Promise<void> {
  await sql.query(
    `insert into call_facts (mutation_id, store_id, call_id, kind, at, queue, outcome, case_id, estimated)
     values ($1::uuid, $2::uuid, $3::text, $4::text, $5::bigint, $6::text, $7::text, $8::uuid, $9::boolean)`,
    [
      mutationId,
      storeId,
      fact.callId,
      fact.kind,
      fact.at,
      fact.kind === 'offered' ? fact.queue : null,
      fact.kind === 'ended' || fact.kind === 'settled' ? fact.outcome : null,
      fact.kind === 'settled' ? fact.caseId : null,
      fact.kind === 'ended' && fact.estimated === true,
    ],
  )
}

export function selectFacts(sql: Tx, callId: string): Promise<KnownFact[]> {
  return sql.query<KnownFact>(
    `select kind, at, outcome, case_id as "caseId", estimated, store_id as "storeId"
     from call_facts where call_id = $1::text`,
    [callId],
  )
}

/** Writes a call as its facts tell it; `number` null leaves the number that stands. */
export async function upsertCall(
  sql: Tx,
  callId: string,
  number: { text: string; key: string } | null,
  call: CallSummary,
): Promise<void> {
  await sql.query(
    `insert into calls (call_id, number, phone_key, offered_at, answered_at, ended_at, outcome, settled_at, settled_outcome, case_id)
     values ($1::text, $2::text, $3::text, $4::bigint, $5::bigint, $6::bigint, $7::text, $8::bigint, $9::text, $10::uuid)
     on conflict (call_id) do update set
       number = coalesce(excluded.number, calls.number), phone_key = coalesce(excluded.phone_key, calls.phone_key),
       offered_at = excluded.offered_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
       outcome = excluded.outcome, settled_at = excluded.settled_at, settled_outcome = excluded.settled_outcome,
       case_id = excluded.case_id`,
    [
      callId,
      number?.text ?? null,
      number?.key ?? null,
      call.offeredAt,
      call.answeredAt,
      call.endedAt,
      call.outcome,
      call.settledAt,
      call.settledOutcome,
      call.caseId,
    ],
  )
}
