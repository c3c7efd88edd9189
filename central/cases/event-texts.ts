/** Events in the words in which they are stored: most go to a desk as they are, without being understood on the way. */
import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { Tx } from '../db/db.ts'
import { ONE_BY_ONE } from '../db/sql.ts'

/** An event as JSON text; `event` reads it. */
export type EventText = { readonly type: CaseEvent['type']; readonly text: string; event(): CaseEvent }

type TextRow = { caseId: string; type: CaseEvent['type']; at: number; by: string; data: string }

const isEmpty = (object: string) => /^\s*\{\s*\}\s*$/.test(object)

/** An event as it goes to a desk, as JSON text; `data` is what it says beyond type, time and author, as JSON text. */
export function textOf({ type, at, by }: Pick<CaseEvent, 'type' | 'at' | 'by'>, data: string): string {
  const said = isEmpty(data) ? '' : `${data.slice(data.indexOf('{') + 1, data.lastIndexOf('}'))},`
  return `{"type":${JSON.stringify(type)},${said}"at":${at},"by":${JSON.stringify(by)}}`
}

function toText(row: TextRow): EventText {
  const text = textOf(row, row.data)
  return { type: row.type, text, event: () => JSON.parse(text) as CaseEvent }
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

/**
 * The events that may name an identity or what kind a case is (callersOf, namesReport): all others are left unread. Of
 * those only the group that is edited is looked for, which no text of a citizen can imitate: a quotation mark in it is
 * escaped.
 */
export function tellingEvents(texts: readonly EventText[]): CaseEvent[] {
  const tells = ({ type, text }: EventText) =>
    type === 'caseOpened' || type === 'callJoined' || /"group"\s*:\s*"(?:caller|classification)"/.test(text)
  return texts.filter(tells).map((one) => one.event())
}
