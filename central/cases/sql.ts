import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import type { Tx } from '../db/db.ts'
import { insertCaseCallers } from './joined-sql.ts'
import { columnsOf, inPieces, ONE_BY_ONE } from '../db/sql.ts'
import { standingRow, type NamedRules } from './deadline-rules.ts'
import { textOf } from './event-texts.ts'

/** An event with the mutation and the desk's store that it came from; a step in its life came from none. */
export type StoredEvent = { readonly event: CaseEvent; readonly mutationId: string; readonly storeId: string | null }

type EventRow = {
  caseId: string
  type: string
  at: number
  by: string
  data: object
  mutationId: string
  storeId: string | null
}

function toEvent({ type, at, by, data }: EventRow): CaseEvent {
  return { type, ...data, at, by } as CaseEvent
}

const eventColumns = `case_id as "caseId", type, at, by, data, mutation_id as "mutationId", store_id as "storeId"`

/** All events of several cases with where they came from, by case. */
export async function selectStoredOf(sql: Tx, caseIds: readonly string[]): Promise<Map<string, StoredEvent[]>> {
  const byCase = new Map<string, StoredEvent[]>()
  if (caseIds.length === 0) return byCase
  const rows = await sql.query<EventRow>(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select ${eventColumns} from case_events where case_id = one.id::uuid order by revision ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify([...new Set(caseIds)])],
  )
  for (const row of rows) {
    const events = byCase.get(row.caseId) ?? []
    events.push({ event: toEvent(row), mutationId: row.mutationId, storeId: row.storeId })
    byCase.set(row.caseId, events)
  }
  return byCase
}

/** All events of several cases, by case. */
export async function selectEventsOf(sql: Tx, caseIds: readonly string[]): Promise<Map<string, CaseEvent[]>> {
  const stored = await selectStoredOf(sql, caseIds)
  return new Map([...stored].map(([caseId, events]) => [caseId, events.map(({ event }) => event)]))
}

/** The state of a case; null where there is none to see. */
export async function selectState(sql: Tx, caseId: string): Promise<string | null> {
  const [row] = await sql.query<{ state: string }>('select state from cases where case_id = $1::uuid', [caseId])
  return row?.state ?? null
}

/** How complete a case is; null where that was never reckoned. */
export async function selectScore(sql: Tx, caseId: string): Promise<number | null> {
  const [row] = await sql.query<{ score: number | null }>('select score from cases where case_id = $1::uuid', [caseId])
  return row?.score ?? null
}

/** Whose the numbers are that have a case, among these. */
export async function selectNumbers(sql: Tx, caseNos: readonly string[]): Promise<Map<string, string>> {
  if (caseNos.length === 0) return new Map()
  const rows = await sql.query<{ caseNo: string; caseId: string }>(
    `select found.* from json_array_elements_text($1::text::json) as one(number), lateral (
       select case_no as "caseNo", case_id as "caseId" from cases where case_no = one.number ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify(caseNos)],
  )
  return new Map(rows.map(({ caseNo, caseId }) => [caseNo, caseId]))
}

/** An event that is to be written; `data` is what it says beyond type, time and author, `text` all of it, as JSON text. */
export type NewEvent = StoredEvent & {
  readonly caseId: string
  readonly revision: number
  readonly data: string
  readonly text: string
}

/** An event in the words in which it is stored. */
export function newEvent(stored: StoredEvent, caseId: string, revision: number): NewEvent {
  const { type: _type, at: _at, by: _by, ...said } = stored.event
  const data = JSON.stringify(said)
  const { event, mutationId, storeId } = stored
  return { event, mutationId, storeId, caseId, revision, data, text: textOf(event, data) }
}

/** What the events of a case weigh on the wire, in bytes, as an array: those that stand, and those that are to be written. */
export function weigh(standing: readonly CaseEvent[], fresh: readonly NewEvent[]): number {
  const texts = [...standing.map((event) => JSON.stringify(event)), ...fresh.map(({ text }) => text)]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + ','.length, '['.length)
}

const eventRows = columnsOf({
  ...{ caseId: 'uuid', revision: 'int', mutationId: 'uuid', storeId: 'uuid' },
  ...{ at: 'bigint', by: 'text', type: 'text', data: 'jsonText' },
} as const)

/** Adds events of any cases; breaks (23505) where another stands in the place of one, and (23503) without their mutation. */
export async function insertEvents(sql: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ event: { type, at, by }, caseId, revision, mutationId, storeId, data }) => {
    return { caseId, revision, mutationId, storeId, at, by, type, data }
  })
  const inserted = `insert into case_events (case_id, revision, mutation_id, store_id, at, by, type, data)
     select * from ${eventRows.from} as fresh`
  await inPieces(rows, (piece) => sql.query(inserted, eventRows.bind(piece)))
  await insertCaseCallers(sql, events)
}

/** The highest counter among central's own case numbers (`…-00-…`) that begin so; 0 where there is none. */
export async function lastNumbered(sql: Tx, prefix: string): Promise<number> {
  // Said as the index cases_numbered_here has it: a range by bytes, of central's own alone.
  const [row] = await sql.query<{ last: number | null }>(
    `select max(substr(case_no, length($1::text) + 1)::int) as last from cases
     where case_no like '%-00-%' and case_no collate "C" >= $1::text and case_no collate "C" < $1::text || ':'
       and length(case_no) <= length($1::text) + 8`,
    [prefix],
  )
  return row?.last ?? 0
}

/** How complete a case is, 0 to 100, and by which version of the form. */
export type Completeness = { readonly score: number; readonly formVersion: number }

/** A case as it stands; `bytes` is what its events weigh on the wire; without `complete` that stays what it was. */
export type CaseRow = {
  readonly record: CaseRecord
  /** It was never written before. */
  readonly isNew: boolean
  readonly complete: Completeness | null
  readonly bytes: number
  readonly team: string | null
  readonly shiftUntil: number
}

/** The columns that the deadline and the life of a case give: those of `standingRow`. */
export type StandingRow = ReturnType<typeof standingRow>

const standingTypes = `address text, "duePhase" text, "dueRule" text, due bigint, amber bigint, provisional boolean,
       "dueBy" text, asked int, supervised int, rehandled int, callers int, "owedBy" text[], event json, "into" uuid`
const setStanding = (fresh: string) =>
  `address = ${fresh}.address, due_phase = ${fresh}."duePhase", due_rule = ${fresh}."dueRule", due = ${fresh}.due,
       amber = ${fresh}.amber, provisional = ${fresh}.provisional, due_by = ${fresh}."dueBy", asked = ${fresh}.asked,
       supervised = ${fresh}.supervised, rehandled = ${fresh}.rehandled, callers = ${fresh}.callers,
       owed_by = ${fresh}."owedBy", event = ${fresh}.event, joined_into = ${fresh}."into"`

/** Writes how cases stand, each unless it is of another revision by now. */
export async function updateStandings(
  sql: Tx,
  rows: readonly (StandingRow & { readonly caseId: string; readonly revision: number })[],
): Promise<void> {
  await sql.query(
    `update cases set ${setStanding('fresh')}
     from json_to_recordset($1::text::json) as fresh("caseId" uuid, revision int, ${standingTypes})
     where case_id = "caseId" and cases.revision = fresh.revision`,
    [JSON.stringify(rows)],
  )
}

const caseRows = columnsOf(
  {
    ...{ caseId: 'uuid', caseNo: 'text', callId: 'text', state: 'text', kind: 'text', classification: 'text' },
    ...{ district: 'text', content: 'text', callerId: 'uuid', openedAt: 'bigint', openedBy: 'text', revision: 'int' },
    ...{ bytes: 'int', team: 'text', shiftUntil: 'bigint', unit: 'text', others: 'text[]', particulars: 'json' },
    ...{ score: 'smallint', formVersion: 'int', address: 'text', duePhase: 'text', dueRule: 'text', due: 'bigint' },
    ...{ amber: 'bigint', provisional: 'boolean', dueBy: 'text', asked: 'int', supervised: 'int', rehandled: 'int' },
    ...{ callers: 'int', owedBy: 'text[]', event: 'json', into: 'uuid', secret: 'boolean' },
  } as const,
  2,
)

const asItStands = `on conflict (case_id) do update set
       state = excluded.state, kind = excluded.kind, classification = excluded.classification,
       district = excluded.district, content = excluded.content, caller_id = excluded.caller_id,
       revision = excluded.revision, bytes = excluded.bytes, shift_until = excluded.shift_until,
       unit = excluded.unit, others = excluded.others, address = excluded.address, due_phase = excluded.due_phase,
       due_rule = excluded.due_rule, due = excluded.due, amber = excluded.amber, provisional = excluded.provisional,
       due_by = excluded.due_by, asked = excluded.asked, supervised = excluded.supervised, rehandled = excluded.rehandled,
       particulars = excluded.particulars, score = coalesce(excluded.score, cases.score),
       form_version = coalesce(excluded.form_version, cases.form_version),
       callers = excluded.callers, owed_by = excluded.owed_by, event = excluded.event,
       joined_into = excluded.joined_into, secret = excluded.secret, changed_at = excluded.changed_at`

/**
 * Writes the rows that lists and searches read; `changedAt` by central's clock. Breaks (23505) where one that is new
 * stands by now.
 */
export async function upsertCases(
  sql: Tx,
  rows: readonly CaseRow[],
  changedAt: number,
  rules: NamedRules,
): Promise<void> {
  for (const isNew of [true, false])
    await writeCases(
      sql,
      rows.filter((row) => row.isNew === isNew),
      { changedAt, rules, conflict: isNew ? '' : asItStands },
    )
}

// In one piece: put together of parts an object of so many columns costs a dozen times its size.
function rowOf({ record, complete, bytes, team, shiftUntil }: CaseRow, rules: NamedRules) {
  const { caseId, caseNo, callId, state, openedAt, openedBy, revision, groups, life } = record
  const { classification, place, content, caller, particulars } = groups
  const standing = standingRow(record, rules)
  return {
    caseId,
    caseNo,
    callId,
    state,
    kind: classification.kind,
    classification: classification.code,
    district: place.district,
    content: content.text,
    callerId: caller.callerId,
    openedAt,
    openedBy,
    revision,
    bytes,
    team,
    shiftUntil,
    unit: life.unit,
    others: life.others,
    particulars: particulars.values,
    score: complete?.score ?? null,
    formVersion: complete?.formVersion ?? null,
    address: standing.address,
    duePhase: standing.duePhase,
    dueRule: standing.dueRule,
    due: standing.due,
    amber: standing.amber,
    provisional: standing.provisional,
    dueBy: standing.dueBy,
    asked: standing.asked,
    supervised: standing.supervised,
    rehandled: standing.rehandled,
    callers: standing.callers,
    owedBy: standing.owedBy,
    event: standing.event,
    into: standing.into,
    secret: record.secret,
  }
}

async function writeCases(
  sql: Tx,
  rows: readonly CaseRow[],
  { changedAt, rules, conflict }: { changedAt: number; rules: NamedRules; conflict: string },
): Promise<void> {
  const flat = rows.map((row) => rowOf(row, rules))
  const written = `insert into cases (case_id, case_no, call_id, state, kind, classification, district, content, caller_id,
                        opened_at, opened_by, revision, bytes, team, shift_until, unit, others,
                        address, due_phase, due_rule, due, amber, provisional, due_by, asked, supervised, rehandled,
                        particulars, score, form_version, callers, owed_by, event, joined_into, secret, changed_at)
     select "caseId", "caseNo", "callId", state, kind, classification, district, content, "callerId", "openedAt",
       "openedBy", revision, bytes, team, "shiftUntil", unit, others, address,
       "duePhase", "dueRule", due, amber, provisional, "dueBy", asked, supervised, rehandled,
       particulars, score, "formVersion", callers, "owedBy", event, "into", secret, $1::bigint
     from ${caseRows.from} as fresh ${conflict}`
  await inPieces(flat, (piece) => sql.query(written, [changedAt, ...caseRows.bind(piece)]))
}

/** The cases that were joined into one, the newest first, as they are the reader's to see; content cut for a list. */
export function selectChildren(
  sql: Tx,
  caseId: string,
  cut: number,
): Promise<{ caseId: string; caseNo: string; openedAt: number; summary: string }[]> {
  return sql.query(
    `select case_id as "caseId", case_no as "caseNo", opened_at as "openedAt", left(content, $2::int) as summary
     from cases where joined_into = $1::uuid order by opened_at desc, case_no desc`,
    [caseId, cut],
  )
}
