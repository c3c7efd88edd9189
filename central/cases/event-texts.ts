/** Events in the words in which they are stored: most go to a desk as they are, without being understood on the way. */
import { callersOf } from '../../shared/case/callers-of.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { Tx } from '../db/db.ts'
import { ONE_BY_ONE } from '../db/sql.ts'

/** An event as JSON text; `data` is the part of it that is stored as such, `event` reads it. */
export type EventText = {
  readonly type: CaseEvent['type']
  readonly text: string
  readonly data: string
  event(): CaseEvent
}

type TextRow = { caseId: string; type: CaseEvent['type']; at: number; by: string; data: string }

const isEmpty = (object: string) => /^\s*\{\s*\}\s*$/.test(object)

/** An event as it goes to a desk, as JSON text; `data` is what it says beyond type, time and author, as JSON text. */
export function textOf({ type, at, by }: Pick<CaseEvent, 'type' | 'at' | 'by'>, data: string): string {
  const said = isEmpty(data) ? '' : `${data.slice(data.indexOf('{') + 1, data.lastIndexOf('}'))},`
  return `{"type":${JSON.stringify(type)},${said}"at":${at},"by":${JSON.stringify(by)}}`
}

function toText(row: TextRow): EventText {
  const text = textOf(row, row.data)
  return { type: row.type, text, data: row.data, event: () => JSON.parse(text) as CaseEvent }
}

/** All events of several cases, by case, the oldest first. */
export async function selectEventTexts(sql: Tx, caseIds: readonly string[]): Promise<Map<string, EventText[]>> {
  const byCase = new Map<string, EventText[]>()
  if (caseIds.length === 0) return byCase
  const rows = await sql.query<TextRow>(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select case_id as "caseId", type, at, by, data::text as data from case_events
       where case_id = one.id::uuid order by revision ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify([...new Set(caseIds)])],
  )
  for (const row of rows) {
    const texts = byCase.get(row.caseId)
    if (texts === undefined) byCase.set(row.caseId, [toText(row)])
    else texts.push(toText(row))
  }
  return byCase
}

/** A key or a value that stands in an event's data by itself: in no text of a citizen, where a quotation mark is escaped. */
const OPENED_BY = /"caller"\s*:\s*\{\s*"callerId"\s*:\s*"([\da-f-]{36})"/
const EDITED_CALLER = /"group"\s*:\s*"caller"/
const REPORT = '"report"'

function callersIn(one: EventText): readonly string[] {
  if (one.type === 'caseOpened') {
    // Every case has this one: to read it costs as much as all else that is done to tell the case.
    const named = OPENED_BY.exec(one.data)?.[1]
    if (named !== undefined) return [named]
  } else if (one.type !== 'callJoined' && !EDITED_CALLER.test(one.data)) return []
  return callersOf([one.event()])
}

/** The identities that events name, each once, as callersOf gives them: most events are left unread for it. */
export const callersInTexts = (texts: readonly EventText[]): string[] => [...new Set(texts.flatMap(callersIn))]

/** The events that may say that somebody reports something; all others are left unread. */
export const perhapsReports = (texts: readonly EventText[]): CaseEvent[] =>
  texts.filter(({ data }) => data.includes(REPORT)).map((one) => one.event())
