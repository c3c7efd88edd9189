/** What stands behind the rows of the feed, as it goes to a desk. */
import { callersOf } from '../../shared/case/callers-of.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { must } from '../../shared/errors.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import type { Change } from '../../shared/sync/protocol.ts'
import { selectCallers, selectEventsOf, selectSecretCallers } from '../cases/sql.ts'
import { selectEntries } from '../directory/sql.ts'
import type { Tx } from '../db/db.ts'
import type { FeedRow } from '../feed/sql.ts'
import { selectCurrent } from '../kb/sql.ts'
import { selectBodies, type StoredBody } from '../tables/sql.ts'

type Row = Pick<FeedRow, 'seq' | 'kind' | 'ref'>

/** Each subject once, at its last row, in the order of the feed. */
export function lastRows<R extends Row>(rows: readonly R[]): R[] {
  return [...new Map(rows.map((row) => [`${row.kind} ${row.ref}`, row])).values()].toSorted((a, b) => a.seq - b.seq)
}

export const refsOf = (rows: readonly Row[], kind: FeedRow['kind']) =>
  rows.filter((row) => row.kind === kind).map(({ ref }) => ref)

const namesReport = (event: CaseEvent) => {
  if (event.type === 'caseOpened') return event.groups.classification.kind === 'report'
  const edit = 'edit' in event ? event.edit : null
  return edit?.group === 'classification' && edit.value.kind === 'report'
}

const isJoined = ({ type }: CaseEvent) => type === 'callJoined'

/** Whether somebody reports something, as the case stands; most are told without folding them. */
const isReport = (caseId: string, events: readonly CaseEvent[]) =>
  events.some(namesReport) && foldCase(null, caseId, events)?.groups.classification.kind === 'report'

/**
 * Reads these cases, and what is for all among the rows, at once; answers what a row of them is to a desk, as the JSON
 * text of a Change: a case that it follows (any more) goes whole, one that it does not follow is taken away there. An
 * article and a table go in the words in which they are stored.
 */
export async function readSubjects(
  sql: Tx,
  caseIds: readonly string[],
  rows: readonly Row[],
): Promise<(row: Row, follows: boolean) => string> {
  const [articleIds, entryIds, names] = [refsOf(rows, 'article'), refsOf(rows, 'directory'), refsOf(rows, 'table')]
  const [events, articles, entries, tables] = await Promise.all([
    caseIds.length === 0 ? new Map<string, CaseEvent[]>() : selectEventsOf(sql, caseIds),
    articleIds.length === 0 ? new Map<string, string>() : selectCurrent(sql, articleIds),
    entryIds.length === 0 ? new Map<string, DirectoryEntry>() : selectEntries(sql, entryIds),
    names.length === 0 ? new Map<string, StoredBody>() : selectBodies(sql, names),
  ])
  const callerIds = [...new Set([...events.values()].flatMap(callersOf))]
  const callers = new Map(
    callerIds.length === 0 ? [] : (await selectCallers(sql, callerIds)).map((one) => [one.callerId, one]),
  )
  const joined = [...events].flatMap(([caseId, own]) => (own.some(isJoined) ? [caseId] : []))
  const secret = joined.length === 0 ? new Set<string>() : await selectSecretCallers(sql, joined)
  const changeOf = ({ kind, ref, seq }: Row, follows: boolean): Change => {
    if (kind === 'article') return { kind: 'articleWithdrawn', seq, id: ref }
    if (kind === 'directory') {
      const entry = entries.get(ref)
      return entry === undefined ? { kind: 'directoryWithdrawn', seq, id: ref } : { kind: 'directory', seq, entry }
    }
    if (!follows) return { kind: 'caseLeft', seq, caseId: ref }
    const own = events.get(ref) ?? []
    // Who reports something is known at the desk where it was written down, and goes to no other.
    const told = isReport(ref, own) ? [] : callersOf(own).filter((id) => !secret.has(id))
    const whose = told.flatMap((id) => callers.get(id) ?? [])
    return { kind: 'case', seq, caseId: ref, events: own, callers: whose }
  }
  const tableText = ({ ref, seq }: Row) => {
    const { version, text } = must(tables.get(ref), 'a table that was published')
    return `{"kind":"table","seq":${seq},"table":{"name":${JSON.stringify(ref)},"version":${version},"body":${text}}}`
  }
  return (row, follows) => {
    if (row.kind === 'table') return tableText(row)
    const article = row.kind === 'article' ? articles.get(row.ref) : undefined
    if (article === undefined) return JSON.stringify(changeOf(row, follows))
    return `{"kind":"article","seq":${row.seq},"article":${article}}`
  }
}
