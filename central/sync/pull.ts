/** What a desk has not seen yet, a page at a time. */
import { PAGE, type SyncResponse } from '../../shared/sync/protocol.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Clock } from '../../shared/ports.ts'
import { selectFeed, type FeedRow } from '../feed/sql.ts'
import type { Sender } from './batch.ts'
import { caseParts, lastRows, readSubjects, refsOf } from './changes.ts'
import { EpochChanged, selectKnown } from './epoch.ts'
import { enterFeed } from './enter-feed.ts'
import type { JsonParts } from './json-parts.ts'
import type { JustWritten } from './just-written.ts'
import { selectPlace } from './sql.ts'

/** A page is cut after about this many bytes of events and articles as they are stored, but never before its first change. */
const PAGE_BYTES = 2 * 1024 * 1024

export type PullDeps = { readonly db: Db; readonly clock: Clock; readonly backupMs: number }
/** What a page says before its changes: where it ends is known long before all of it is read. */
type PullHead = Pick<SyncResponse, 'epoch' | 'cursor' | 'more' | 'last' | 'horizon'>
/** `changes`: each the JSON of a Change. */
export type Pull = PullHead & { readonly changes: Promise<JsonParts[]> }
export type Cursor = Sender & { readonly epoch: string | null; readonly cursor: number }

/** The clocks of the nodes and of who takes the backups may differ by this much, in ms. */
const CLOCKS_MS = 3_600_000

/** A desk that begins has nothing to do until its first page is there: that is a shorter one. */
export const FIRST_PAGE = Math.ceil(PAGE / 2)

/** One more than fits tells whether there is more. */
const AND_ONE = PAGE + 1

/** The rows that fit into one page. What travels counts once, at its last row: a case whole, an article as it is now. */
export function cutPage<R extends Pick<FeedRow, 'kind' | 'ref' | 'bytes'>>(
  rows: readonly R[],
  { mostRows = PAGE, mostBytes = PAGE_BYTES } = {},
): R[] {
  const counted = new Set<string>()
  let bytes = 0
  const end = rows.findIndex(({ kind, ref, bytes: more }, index) => {
    const subject = `${kind} ${ref}`
    if (!counted.has(subject)) bytes += more
    counted.add(subject)
    return index > 0 && (index >= mostRows || bytes > mostBytes)
  })
  return end === -1 ? [...rows] : rows.slice(0, end)
}

async function load(sql: Tx, rows: readonly FeedRow[], written: JustWritten | null): Promise<JsonParts[]> {
  const last = lastRows(rows)
  const read = last.filter(({ seq }) => written?.rows.has(seq) !== true)
  const followed = read.filter(({ follows }) => follows)
  const changeOf = await readSubjects(sql, refsOf(followed, 'case'), read)
  return last.map((row) => {
    const own = written?.rows.get(row.seq)
    return own === undefined ? changeOf(row, row.follows) : caseParts(own, own.whole.texts, own.whole.callers)
  })
}

/** The first rows of a page, those that the request wrote itself among those that were read. */
function withOwn(read: readonly FeedRow[], written: JustWritten | null): FeedRow[] {
  if (written === null) return [...read]
  return [...read, ...written.rows.values()].toSorted((a, b) => a.seq - b.seq).slice(0, AND_ONE)
}

/**
 * Gives a desk that begins from the start its scope, before it adds to it: told once, not twice. Who reads a page holds up
 * nobody who writes, and says where it ends before it is read: so this is committed before.
 */
export async function begin({ db, clock, backupMs }: PullDeps, from: Cursor): Promise<void> {
  const desk = { ...from, now: clock.now() }
  const { storeId, team } = desk
  await db.tx(
    'sanxin_desk',
    async (sql) => {
      const known = await selectKnown(sql, from.epoch)
      await enterFeed(sql, desk, await selectPlace(sql, storeId, desk.now - backupMs), known)
    },
    { storeId, team },
  )
}

/**
 * One page for a desk that has begun. The position is read first: whatever commits meanwhile comes with the next pull. What
 * this request wrote itself is not read again.
 */
export async function pull(
  { db, clock, backupMs }: PullDeps,
  from: Cursor,
  written: JustWritten | null = null,
): Promise<Pull> {
  const desk = { ...from, now: clock.now() }
  const known = Promise.withResolvers<PullHead>()
  const read = async (sql: Tx): Promise<JsonParts[]> => {
    const [{ epoch, head }, { enteredEpoch, enteredFrom, ...place }] = await Promise.all([
      selectKnown(sql, from.epoch, from.cursor),
      selectPlace(sql, desk.storeId, desk.now - backupMs),
    ])
    // Bound anew since it pulled: what it holds was gathered for another device, and what left since it would not hear.
    if (enteredEpoch !== epoch) throw new EpochChanged(epoch)
    const span = { after: from.cursor, to: head }
    const rows = withOwn(await selectFeed(sql, { ...desk, enteredFrom }, span, written, AND_ONE), written)
    const page = cutPage(rows, { mostRows: from.cursor === 0 ? FIRST_PAGE : PAGE })
    const more = page.length < rows.length
    const cursor = more ? (page.at(-1)?.seq ?? head) : head
    const horizon = place.oldestBackup === null ? null : place.oldestBackup - CLOCKS_MS
    known.resolve({ epoch, cursor, more, last: place.last, horizon })
    return load(sql, page, written)
  }
  const changes = db.tx('sanxin_desk', read, { storeId: desk.storeId, team: desk.team })
  // What breaks before the head is known breaks that; what breaks behind it breaks the changes.
  changes.catch(known.reject)
  return { ...(await known.promise), changes }
}
