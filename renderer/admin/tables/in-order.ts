import type { TableBodies, TableName } from '../../../shared/tables/tables.ts'
import type { TableDraft } from './table-draft.ts'

type Calendar = TableBodies['calendar']

/**
 * The body as it is published: holidays and worked days by their dates, in whichever order their rows were added. What
 * is edited as JSON stays as it was written.
 */
export function inOrder(name: TableName, { body, text }: TableDraft): unknown {
  if (name !== 'calendar' || text !== null) return body
  const calendar = body as Calendar
  return {
    ...calendar,
    off: calendar.off.toSorted(([one], [other]) => one.localeCompare(other)),
    work: calendar.work.toSorted(),
  }
}
