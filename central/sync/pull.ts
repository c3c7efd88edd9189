/** What a desk has not seen yet, a page at a time. */
import { BATCH, type Change } from '../../shared/sync/protocol.ts'
import type { Db, Tx } from '../db/db.ts'
import { selectCallers, selectEventsOf } from '../cases/sql.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import { selectFeed, type FeedRow } from '../feed/sql.ts'
import { selectCurrent } from '../kb/sql.ts'
import { selectKnown } from './epoch.ts'

/** A page is cut after about this many bytes of events, but never before its first change. */
const PAGE_BYTES = 4 * 1024 * 1024

export type Pull = {
  readonly epoch: string
  readonly cursor: number
  readonly more: boolean
  readonly changes: Change[]
}
export type Cursor = { readonly storeId: string; readonly epoch: string; readonly cursor: number }

/** The rows that fit into one page. A case counts once: it travels whole, at its last row. */
export function cutPage(rows: readonly FeedRow[], mostBytes = PAGE_BYTES): FeedRow[] {
  const cases = new Set<string>()
  let bytes = 0
  const end = rows.findIndex((row, index) => {
    if (row.kind === 'case' && !cases.has(row.ref)) {
      cases.add(row.ref)
      bytes += row.bytes
    }
    return index > 0 && bytes > mostBytes
  })
  return end === -1 ? [...rows] : rows.slice(0, end)
}

function callerIdsOf(events: readonly CaseEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'caseOpened') return [event.groups.caller.callerId]
    if (!('edit' in event) || event.edit.group !== 'caller') return []
    return [event.edit.value.callerId]
  })
}

async function load(sql: Tx, rows: readonly FeedRow[]): Promise<Change[]> {
  const last = [...new Map(rows.map((row) => [`${row.kind} ${row.ref}`, row])).values()].toSorted(
    (a, b) => a.seq - b.seq,
  )
  const refs = (kind: FeedRow['kind']) => last.filter((row) => row.kind === kind).map(({ ref }) => ref)
  const caseIds = refs('case')
  const articleIds = refs('article')
  const events = caseIds.length === 0 ? new Map<string, CaseEvent[]>() : await selectEventsOf(sql, caseIds)
  const callerIds = [...new Set([...events.values()].flatMap(callerIdsOf))]
  const callers = new Map(
    callerIds.length === 0 ? [] : (await selectCallers(sql, callerIds)).map((one) => [one.callerId, one]),
  )
  const articles = articleIds.length === 0 ? new Map() : await selectCurrent(sql, articleIds)
  return last.map(({ kind, ref, seq }): Change => {
    if (kind === 'article') {
      const article = articles.get(ref)
      return article === undefined ? { kind: 'articleWithdrawn', seq, id: ref } : { kind: 'article', seq, article }
    }
    const own = events.get(ref) ?? []
    const ids = [...new Set(callerIdsOf(own))]
    return { kind: 'case', seq, caseId: ref, events: own, callers: ids.flatMap((id) => callers.get(id) ?? []) }
  })
}

/** One page for a desk. The position is read first: whatever commits meanwhile comes with the next pull. */
export async function pull(db: Db, from: Cursor): Promise<Pull> {
  const read = async (sql: Tx): Promise<Pull> => {
    const current = await selectKnown(sql, from.epoch, from.cursor)
    const rows = await selectFeed(sql, from.storeId, from.cursor, current.head, BATCH)
    const page = cutPage(rows)
    const more = rows.length === BATCH || page.length < rows.length
    const cursor = more ? (page.at(-1)?.seq ?? current.head) : current.head
    return { epoch: current.epoch, cursor, more, changes: await load(sql, page) }
  }
  return db.tx('sanxin_desk', read, { storeId: from.storeId })
}
