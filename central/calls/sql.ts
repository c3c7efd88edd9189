import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Tx } from '../db/db.ts'
import { columnsOf, inPieces, ONE_BY_ONE } from '../db/sql.ts'
import type { CallSummary, KnownFact } from './project-call.ts'

/** A fact, the mutation that it came in, and the desk's store that sent it. */
export type NewFact = { readonly mutationId: string; readonly storeId: string; readonly fact: CallFact }

/** What a fact says beyond what all facts say; the citizen's number is none of it. */
function detailOf(fact: CallFact): object | null {
  if (fact.kind === 'dialled') return { purpose: fact.purpose, paysBack: fact.paysBack }
  if (fact.kind === 'quality') {
    const { callId: _callId, kind: _kind, at: _at, ...numbers } = fact
    return numbers
  }
  if (fact.kind === 'warned' || fact.kind === 'warningWithdrawn') return { count: fact.count }
  if (fact.kind === 'said') return { sentence: fact.sentence, script: fact.script }
  if (fact.kind === 'recorded') return { recording: fact.recording }
  if (fact.kind === 'recordingResumed') return { why: fact.why }
  return fact.kind === 'transferred' ? { to: fact.to, how: fact.how } : null
}

/** A fact as a call is summed up of it, before it is written. */
export function knownOf({ storeId, fact }: Omit<NewFact, 'mutationId'>): KnownFact {
  return {
    storeId,
    kind: fact.kind,
    at: fact.at,
    outcome: fact.kind === 'ended' || fact.kind === 'settled' ? fact.outcome : null,
    caseId: fact.kind === 'settled' ? fact.caseId : null,
    estimated: fact.kind === 'ended' && fact.estimated === true,
    recording: fact.kind === 'recorded' ? fact.recording : null,
  }
}

const factRows = columnsOf({
  ...{ mutationId: 'uuid', storeId: 'uuid', callId: 'text', kind: 'text', at: 'bigint' },
  ...{ queue: 'text', outcome: 'text', caseId: 'uuid', estimated: 'boolean', detail: 'jsonb' },
} as const)

/** Adds facts; the number that called is kept with the call, not with the fact. */
export async function insertFacts(sql: Tx, facts: readonly NewFact[]): Promise<void> {
  const rows = facts.map(({ mutationId, storeId, fact }) => {
    const { kind, at, outcome, caseId, estimated } = knownOf({ storeId, fact })
    const queue = fact.kind === 'offered' ? fact.queue : null
    const detail = detailOf(fact)
    return { mutationId, storeId, callId: fact.callId, kind, at, queue, outcome, caseId, estimated, detail }
  })
  const inserted = `insert into call_facts (mutation_id, store_id, call_id, kind, at, queue, outcome, case_id, estimated, detail)
     select * from ${factRows.from} as fresh`
  await inPieces(rows, (piece) => sql.query(inserted, factRows.bind(piece)))
}

/** All facts of several calls, by call. */
export async function selectFactsOf(sql: Tx, callIds: readonly string[]): Promise<Map<string, KnownFact[]>> {
  if (callIds.length === 0) return new Map()
  const rows = await sql.query<KnownFact & { callId: string }>(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select call_id as "callId", kind, at, outcome, case_id as "caseId", estimated, store_id as "storeId",
         detail ->> 'recording' as recording
       from call_facts where call_id = one.id ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify(callIds)],
  )
  return Map.groupBy(rows, ({ callId }) => callId)
}

/** A call as its facts tell it; a number that is null leaves the number that stands. */
export type CallRow = CallSummary & {
  readonly callId: string
  readonly number: string | null
  readonly phoneKey: string | null
}

const callRows = columnsOf({
  ...{ callId: 'text', number: 'text', phoneKey: 'text', offeredAt: 'bigint', answeredAt: 'bigint', endedAt: 'bigint' },
  ...{
    outcome: 'text',
    settledAt: 'bigint',
    settledOutcome: 'text',
    caseId: 'uuid',
    warnings: 'int',
    recording: 'text',
  },
} as const)

// In the order of their keys, so not in pieces: two that insert the same calls wait in one direction only.
const insertTold = `insert into calls (call_id, number, phone_key, offered_at, answered_at, ended_at, outcome, settled_at, settled_outcome, case_id,
       warnings, recording)
     select * from ${callRows.from} as told order by "callId"`

/** Writes calls of which nothing was told before; breaks (23505) where something was. */
export async function insertCalls(sql: Tx, calls: readonly CallRow[]): Promise<void> {
  if (calls.length > 0) await sql.query(insertTold, callRows.bind(calls))
}

/** Writes calls as their facts tell them. */
export async function upsertCalls(sql: Tx, calls: readonly CallRow[]): Promise<void> {
  if (calls.length === 0) return
  await sql.query(
    `${insertTold}
     on conflict (call_id) do update set
       number = coalesce(excluded.number, calls.number), phone_key = coalesce(excluded.phone_key, calls.phone_key),
       offered_at = excluded.offered_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
       outcome = excluded.outcome, settled_at = excluded.settled_at, settled_outcome = excluded.settled_outcome,
       case_id = excluded.case_id, warnings = excluded.warnings, recording = excluded.recording`,
    callRows.bind(calls),
  )
}

/**
 * Those of these calls whose citizen was answered: in the call itself by another desk's store than the one that asks,
 * since it was last offered to that (and it was not lost in the middle); or in a later one of the same number. What the
 * store answered in the call itself pays nothing: that it lost it again may still be under way.
 */
export async function selectAnswered(sql: Tx, storeId: string | null, callIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ callId: string }>(
    `select asked.call_id as "callId" from calls as asked
     where asked.call_id in (select value from json_array_elements_text($1::text::json)) and (
       (asked.outcome is distinct from 'lost' and exists (
         select from call_facts as answer
         where answer.call_id = asked.call_id and answer.kind = 'answered' and answer.store_id is distinct from $2::uuid
           and answer.at >= coalesce((
             select max(offer.at) from call_facts as offer
             where offer.call_id = asked.call_id and offer.kind in ('offered', 'dialled') and offer.store_id = $2::uuid
           ), 0)
       ))
       or exists (
         select from calls as later
         where later.phone_key = asked.phone_key and asked.phone_key <> '' and later.call_id <> asked.call_id
           and later.answered_at > coalesce(asked.offered_at, asked.ended_at)
       ))
     order by asked.call_id`,
    [JSON.stringify(callIds), storeId],
  )
  return rows.map(({ callId }) => callId)
}
