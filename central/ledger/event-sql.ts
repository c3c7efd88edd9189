/** What the exchanges told, and up to where (role sanxin_ledger). */
import { must } from '../../shared/errors.ts'
import type { LegRow } from '../../shared/ledger/fold-leg.ts'
import { legEventSchema, type LegBatch, type LegEvent } from '../../shared/ledger/leg-event.ts'
import { numberKey } from '../../shared/phone-number.ts'
import type { Tx } from '../db/db.ts'

/** Up to which byte this file was taken; 0 for one that nobody has told of. */
export async function selectPosition(sql: Tx, exchange: string, source: string): Promise<number> {
  const [row] = await sql.query<{ position: number }>(
    'select position from ledger_positions where exchange = $1::text and source = $2::text',
    [exchange, source],
  )
  return row?.position ?? 0
}

/** The same, held until the end of the transaction: of one file there is one batch at a time, over all nodes. */
export async function holdPosition(sql: Tx, exchange: string, source: string): Promise<number> {
  await sql.query(
    'insert into ledger_positions (exchange, source, position) values ($1::text, $2::text, 0) on conflict do nothing',
    [exchange, source],
  )
  const [row] = await sql.query<{ position: number }>(
    'select position from ledger_positions where exchange = $1::text and source = $2::text for no key update',
    [exchange, source],
  )
  return must(row, 'a position').position
}

export async function updatePosition(sql: Tx, exchange: string, { source, to }: LegBatch): Promise<void> {
  await sql.query('update ledger_positions set position = $3::bigint where exchange = $1::text and source = $2::text', [
    exchange,
    source,
    to,
  ])
}

export async function insertStrange(sql: Tx, exchange: string, { source, strange }: LegBatch): Promise<void> {
  if (strange.length === 0) return
  await sql.query(
    `insert into ledger_strange (exchange, source, position, line)
     select $1::text, $2::text, at, line from json_to_recordset($3::text::json) as one(at bigint, line text)
     on conflict do nothing`,
    [exchange, source, JSON.stringify(strange)],
  )
}

type EventRow = {
  readonly leg: string
  readonly kind: LegEvent['kind']
  readonly at: number
  readonly line: string
  readonly word: string
  readonly number: string
}

function toRow(event: LegEvent): EventRow {
  const { leg, kind, at } = event
  const row = { leg, kind, at, line: 'line' in event ? event.line : '', word: '', number: '' }
  switch (event.kind) {
    case 'began':
      return { ...row, word: event.called, number: event.number }
    case 'queued':
      return { ...row, word: event.queue }
    case 'rang':
    case 'spoke':
      return { ...row, word: event.extension }
    case 'rated':
      return { ...row, word: String(event.level) }
    case 'ended':
      return { ...row, word: event.by }
    case 'lineEnded':
    case 'afterHours':
      return row
  }
}

/** The event that a row stands for; what a later program wrote and this one does not know says nothing here. */
function toEvent({ word, number, ...row }: EventRow): LegEvent[] {
  const said = { called: word, queue: word, extension: word, by: word, level: Number(word), number }
  const { data } = legEventSchema.safeParse({ ...said, ...row })
  return data === undefined ? [] : [data]
}

/** Adds events; one that is known already is the same one. */
export async function insertEvents(sql: Tx, exchange: string, events: readonly LegEvent[]): Promise<void> {
  await sql.query(
    `insert into ledger_events (exchange, leg, kind, at, line, word, number)
     select $1::text, * from json_to_recordset($2::text::json)
       as fresh(leg text, kind text, at bigint, line text, word text, number text)
     on conflict do nothing`,
    [exchange, JSON.stringify(events.map(toRow))],
  )
}

/** All events of these legs, by leg. */
export async function selectEvents(
  sql: Tx,
  exchange: string,
  legs: readonly string[],
): Promise<Map<string, LegEvent[]>> {
  const rows = await sql.query<EventRow>(
    `select leg, kind, at, line, word, number from ledger_events
     where exchange = $1::text and leg in (select value from json_array_elements_text($2::text::json))`,
    [exchange, JSON.stringify(legs)],
  )
  return Map.groupBy(rows.flatMap(toEvent), ({ leg }) => leg)
}

/** What a row is written by: how local numbers are meant, and when it was heard of (central's time in ms). */
export type Hearing = { readonly areaCode: string; readonly heardAt: number }

/** Writes legs as their events tell them; what came of them stays. */
export async function upsertLegs(
  sql: Tx,
  exchange: string,
  legs: readonly LegRow[],
  { areaCode, heardAt }: Hearing,
): Promise<void> {
  if (legs.length === 0) return
  await sql.query(
    `insert into ledger (exchange, leg, number, phone_key, called, began_at, queue, queued_at, rang_at, answered_at,
       answered_by, staff_no, ended_at, ending, rating, seen_at, heard_at)
     select $1::text, leg, number, "phoneKey", called, "beganAt", queue, "queuedAt", "rangAt", "answeredAt",
       "answeredBy", (select staff_no from lines where extension = "answeredBy"), "endedAt", ending, rating, "seenAt", $3::bigint
     from json_to_recordset($2::text::json) as told(leg text, number text, "phoneKey" text, called text,
       "beganAt" bigint, queue text, "queuedAt" bigint, "rangAt" bigint, "answeredAt" bigint, "answeredBy" text,
       "endedAt" bigint, ending text, rating smallint, "seenAt" bigint)
     on conflict (exchange, leg) do update set
       number = excluded.number, phone_key = excluded.phone_key, called = excluded.called,
       began_at = excluded.began_at, queue = excluded.queue, queued_at = excluded.queued_at,
       rang_at = excluded.rang_at, answered_at = excluded.answered_at, answered_by = excluded.answered_by,
       staff_no = case when ledger.answered_by = excluded.answered_by then ledger.staff_no else excluded.staff_no end,
       ended_at = excluded.ended_at, ending = excluded.ending, rating = excluded.rating, seen_at = excluded.seen_at,
       heard_at = excluded.heard_at`,
    [exchange, JSON.stringify(legs.map((row) => ({ ...row, phoneKey: numberKey(row.number, areaCode) }))), heardAt],
  )
}
