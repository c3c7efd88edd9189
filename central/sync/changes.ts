/** What stands behind the rows of the feed, as it goes to a desk. */
import type { CallerIdentity, CaseEvent } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { eventWithoutCall } from '../../shared/case/secrecy.ts'
import { must } from '../../shared/errors.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import type { Change } from '../../shared/sync/protocol.ts'
import { callersInTexts, perhapsReports, selectEventTexts, type EventText } from '../cases/event-texts.ts'
import { selectSecretCallers } from '../cases/joined-sql.ts'
import { selectCallers } from '../cases/callers-sql.ts'
import { selectEntries } from '../directory/sql.ts'
import type { Tx } from '../db/db.ts'
import type { FeedRow } from '../feed/sql.ts'
import { selectCurrent } from '../kb/sql.ts'
import type { JsonPart, JsonParts } from './json-parts.ts'
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

const isJoined = ({ type }: EventText) => type === 'callJoined'

/** Whether who raised the case is for few to know, as it stands; most are told without folding them. */
const isSecret = (caseId: string, texts: readonly EventText[]) =>
  perhapsReports(texts).some(namesReport) &&
  foldCase(
    null,
    caseId,
    texts.map((one) => one.event()),
  )?.secret === true

type ToldCase = { readonly texts: readonly EventText[]; readonly callers: readonly string[]; readonly secret: boolean }

/** What of a case must be understood before it is told. */
function readCase(caseId: string, texts: readonly EventText[]): ToldCase {
  return { texts, callers: callersInTexts(texts), secret: isSecret(caseId, texts) }
}

const noCase: ToldCase = { texts: [], callers: [], secret: false }

/** An event as a desk is told of it: of who is kept as secret not in which call it was (K10.4). */
function toldText(one: EventText, hidden: boolean, secret: ReadonlySet<string>): string {
  if (!hidden && (secret.size === 0 || !isJoined(one))) return one.text
  const event = one.event()
  const isKept = hidden || (event.type === 'callJoined' && secret.has(event.call.callerId))
  return isKept ? JSON.stringify(eventWithoutCall(event)) : one.text
}

/** A Change of which the last value is JSON that may be kept as it is: that stands on a line of its own (R5.24). */
const keptAlone = (before: string, value: JsonPart): JsonParts => [`${before}:\n`, value, '\n}']

/** A Change of a case that is followed, of the JSON texts of its events. */
export function caseParts(
  { ref, seq }: Pick<Row, 'ref' | 'seq'>,
  texts: readonly string[],
  callers: readonly CallerIdentity[],
): JsonParts {
  const before = `{"kind":"case","seq":${seq},"caseId":"${ref}","callers":${JSON.stringify(callers)},"events"`
  return keptAlone(before, `[${texts.join(',')}]`)
}

/**
 * Reads these cases, and what is for all among the rows, at once; answers what a row of them is to a desk, as the JSON
 * of a Change: a case that it follows (any more) goes whole, one that it does not follow is taken away there. Events,
 * articles and tables go in the words in which they are stored.
 */
export async function readSubjects(
  sql: Tx,
  caseIds: readonly string[],
  rows: readonly Row[],
): Promise<(row: Row, follows: boolean) => JsonParts> {
  const [articleIds, entryIds, names] = [refsOf(rows, 'article'), refsOf(rows, 'directory'), refsOf(rows, 'table')]
  const [events, articles, entries, tables] = await Promise.all([
    selectEventTexts(sql, caseIds),
    articleIds.length === 0 ? new Map<string, Uint8Array>() : selectCurrent(sql, articleIds),
    entryIds.length === 0 ? new Map<string, DirectoryEntry>() : selectEntries(sql, entryIds),
    names.length === 0 ? new Map<string, StoredBody>() : selectBodies(sql, names),
  ])
  const cases = new Map([...events].map(([caseId, texts]) => [caseId, readCase(caseId, texts)]))
  const named = [...cases.values()].flatMap((one) => one.callers)
  const joined = [...events].flatMap(([caseId, own]) => (own.some(isJoined) ? [caseId] : []))
  const [identities, secret] = await Promise.all([
    named.length === 0 ? [] : selectCallers(sql, named),
    joined.length === 0 ? new Set<string>() : selectSecretCallers(sql, joined),
  ])
  const callers = new Map(identities.map((one) => [one.callerId, one]))
  const changeOf = ({ kind, ref, seq }: Row): Change => {
    if (kind === 'article') return { kind: 'articleWithdrawn', seq, id: ref }
    if (kind === 'directory') {
      const entry = entries.get(ref)
      return entry === undefined ? { kind: 'directoryWithdrawn', seq, id: ref } : { kind: 'directory', seq, entry }
    }
    return { kind: 'caseLeft', seq, caseId: ref }
  }
  const readParts = (row: Row) => {
    const { texts, callers: whom, secret: hidden } = cases.get(row.ref) ?? noCase
    // Who reports something is known at the desk where it was written down, and in which call that was: it goes to no other.
    const told = hidden ? [] : whom.filter((id) => !secret.has(id))
    return caseParts(
      row,
      texts.map((one) => toldText(one, hidden, secret)),
      told.flatMap((id) => callers.get(id) ?? []),
    )
  }
  const tableText = ({ ref, seq }: Row) => {
    const { version, text } = must(tables.get(ref), 'a table that was published')
    return `{"kind":"table","seq":${seq},"table":{"name":${JSON.stringify(ref)},"version":${version},"body":${text}}}`
  }
  return (row, follows) => {
    if (row.kind === 'table') return [tableText(row)]
    if (row.kind === 'case' && follows) return readParts(row)
    const article = row.kind === 'article' ? articles.get(row.ref) : undefined
    if (article === undefined) return [JSON.stringify(changeOf(row))]
    return keptAlone(`{"kind":"article","seq":${row.seq},"article"`, article)
  }
}
