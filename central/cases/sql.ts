import type { CallerIdentity, CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import type { CaseSummary } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'

/** An event with the mutation and the desk's store that it came from. */
export type StoredEvent = { readonly event: CaseEvent; readonly mutationId: string; readonly storeId: string }

type EventRow = {
  caseId: string
  type: string
  at: number
  by: string
  data: object
  mutationId: string
  storeId: string
}

function toEvent({ type, at, by, data }: EventRow): CaseEvent {
  return { type, ...data, at, by } as CaseEvent
}

const eventColumns = `case_id as "caseId", type, at, by, data, mutation_id as "mutationId", store_id as "storeId"`

/** All events of a case, oldest first; the first one's revision is 1. */
export async function selectEvents(sql: Tx, caseId: string): Promise<StoredEvent[]> {
  const rows = await sql.query<EventRow>(
    `select ${eventColumns} from case_events where case_id = $1::uuid order by revision`,
    [caseId],
  )
  return rows.map((row) => ({ event: toEvent(row), mutationId: row.mutationId, storeId: row.storeId }))
}

/** All events of several cases, by case. */
export async function selectEventsOf(sql: Tx, caseIds: readonly string[]): Promise<Map<string, CaseEvent[]>> {
  const rows = await sql.query<EventRow>(
    `select ${eventColumns} from case_events
     where case_id in (select value::uuid from json_array_elements_text($1::text::json)) order by case_id, revision`,
    [JSON.stringify(caseIds)],
  )
  const byCase = new Map<string, CaseEvent[]>()
  for (const row of rows) byCase.set(row.caseId, [...(byCase.get(row.caseId) ?? []), toEvent(row)])
  return byCase
}

/** Appends events after `revision`. */
export async function insertEvents(
  sql: Tx,
  source: { caseId: string; mutationId: string; storeId: string },
  revision: number,
  events: readonly CaseEvent[],
): Promise<void> {
  const rows = events.map(({ type, at, by, ...data }) => ({ type, at, by, data }))
  await sql.query(
    `insert into case_events (case_id, revision, mutation_id, store_id, at, by, type, data)
     select $1::uuid, $4::int + position, $2::uuid, $3::uuid,
            (value->>'at')::bigint, value->>'by', value->>'type', value->'data'
     from json_array_elements($5::text::json) with ordinality as entry(value, position)`,
    [source.caseId, source.mutationId, source.storeId, revision, JSON.stringify(rows)],
  )
}

/** Writes the row that lists and searches read; `bytes` is what the events weigh on the wire. */
export async function upsertCase(sql: Tx, record: CaseRecord, bytes: number): Promise<void> {
  const { classification, place, content, caller } = record.groups
  await sql.query(
    `insert into cases (case_id, case_no, call_id, state, kind, classification, district, content, caller_id,
                        opened_at, opened_by, revision, bytes)
     values ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::uuid,
             $10::bigint, $11::text, $12::int, $13::int)
     on conflict (case_id) do update set
       state = excluded.state, kind = excluded.kind, classification = excluded.classification,
       district = excluded.district, content = excluded.content, caller_id = excluded.caller_id,
       revision = excluded.revision, bytes = excluded.bytes`,
    [
      record.caseId,
      record.caseNo,
      record.callId,
      record.state,
      classification.kind,
      classification.code,
      place.district,
      content.text,
      caller.callerId,
      record.openedAt,
      record.openedBy,
      record.revision,
      bytes,
    ],
  )
}

/** Stores an identity, keeping the one that stood before; false where nothing changed. */
export async function upsertCaller(
  sql: Tx,
  caller: CallerIdentity,
  phoneKey: string,
  mutationId: string,
): Promise<boolean> {
  const { callerId, name, phone } = caller
  await sql.query(
    `insert into callers_before (caller_id, mutation_id, name, phone)
     select caller_id, mutation_id, name, phone from callers
     where caller_id = $1::uuid and (name, phone) is distinct from ($2::text, $3::text)
     for update
     on conflict do nothing`,
    [callerId, name, phone],
  )
  const changed = await sql.query(
    `insert into callers as old (caller_id, name, phone, phone_key, mutation_id)
     values ($1::uuid, $2::text, $3::text, $4::text, $5::uuid)
     on conflict (caller_id) do update
       set name = excluded.name, phone = excluded.phone, phone_key = excluded.phone_key, mutation_id = excluded.mutation_id
       where (old.name, old.phone) is distinct from (excluded.name, excluded.phone)
     returning caller_id`,
    [callerId, name, phone, phoneKey, mutationId],
  )
  return changed.length > 0
}

export function selectCallers(sql: Tx, callerIds: readonly string[]): Promise<CallerIdentity[]> {
  return sql.query<CallerIdentity>(
    `select caller_id as "callerId", name, phone from callers
     where caller_id in (select value::uuid from json_array_elements_text($1::text::json))`,
    [JSON.stringify(callerIds)],
  )
}

/** Lets a desk follow a case; false where it did already. */
export async function insertScope(sql: Tx, caseId: string, storeId: string): Promise<boolean> {
  const rows = await sql.query(
    'insert into case_scopes (case_id, store_id) values ($1::uuid, $2::uuid) on conflict do nothing returning case_id',
    [caseId, storeId],
  )
  return rows.length > 0
}

/** The stores of all desks that follow a case. */
export async function selectScopes(sql: Tx, caseId: string): Promise<string[]> {
  const rows = await sql.query<{ storeId: string }>(
    'select store_id as "storeId" from case_scopes where case_id = $1::uuid order by store_id',
    [caseId],
  )
  return rows.map(({ storeId }) => storeId)
}

export async function caseNoIsTaken(sql: Tx, caseNo: string, caseId: string): Promise<boolean> {
  const rows = await sql.query('select 1 from cases where case_no = $1::text and case_id <> $2::uuid', [caseNo, caseId])
  return rows.length > 0
}

/** The newest cases of a number, all its spellings; content cut for a list. */
export function selectOfCaller(sql: Tx, phoneKey: string, limit: number, cut: number): Promise<CaseSummary[]> {
  return sql.query<CaseSummary>(
    `select case_id as "caseId", case_no as "caseNo", kind, state, opened_at as "openedAt",
            left(content, $3::int) as content, callers.name as "callerName"
     from callers join cases using (caller_id)
     where phone_key = $1::text order by opened_at desc, case_no desc limit $2::int`,
    [phoneKey, limit, cut],
  )
}
