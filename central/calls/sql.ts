import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Tx } from '../db/db.ts'
import type { CallSummary, KnownFact } from './project-call.ts'

/** Adds a fact; the number that called is kept with the call, not with the fact. */
export async function insertFact(sql: Tx, mutationId: string, fact: CallFact): Promise<void> {
  await sql.query(
    `insert into call_facts (mutation_id, call_id, kind, at, queue, outcome, case_id)
     values ($1::uuid, $2::text, $3::text, $4::bigint, $5::text, $6::text, $7::uuid)`,
    [
      mutationId,
      fact.callId,
      fact.kind,
      fact.at,
      fact.kind === 'offered' ? fact.queue : null,
      fact.kind === 'ended' || fact.kind === 'settled' ? fact.outcome : null,
      fact.kind === 'settled' ? fact.caseId : null,
    ],
  )
}

export function selectFacts(sql: Tx, callId: string): Promise<KnownFact[]> {
  return sql.query<KnownFact>(
    `select kind, at, outcome, case_id as "caseId" from call_facts where call_id = $1::text`,
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
