/** What is new behind the head, and to whom; what is small goes along with the sign, so that sixty desks need not ask. */
import type { Db, Tx } from '../db/db.ts'
import { selectFollowers } from '../cases/scopes-sql.ts'
import { selectHead, selectReadersBetween, selectRowsBetween, type NewRow } from '../feed/sql.ts'
import { lastRows, readSubjects, refsOf } from '../sync/changes.ts'
import { selectKnown } from '../sync/epoch.ts'

export type Listener = { readonly storeId: string; readonly team: string | null }

/** `to` tells whom it is for, and what to bring along: the page as JSON text, null where each is to pull. */
export type News = { readonly head: number; to(listener: Listener): { readonly page: string | null } | null }

/** More rows than these, or a page of more bytes, each desk pulls by itself. */
const MOST_ROWS = 20
const MOST_BYTES = 48 * 1024

type Reader = Pick<NewRow, 'storeId' | 'team'>

const isFor = ({ storeId, team }: Reader, listener: Listener) =>
  (storeId === null && team === null) || storeId === listener.storeId || (team !== null && team === listener.team)

/** Finds whom many rows are for; each pulls. */
async function readMany(sql: Tx, from: number, head: number): Promise<News> {
  const readers = await selectReadersBetween(sql, from, head)
  return { head, to: (listener) => (readers.some((one) => isFor(one, listener)) ? { page: null } : null) }
}

type Small = { readonly epoch: string; readonly head: number; readonly rows: readonly NewRow[] }

/** Writes the page of each listener that one of few rows is for. */
async function readFew(
  sql: Tx,
  from: number,
  small: Small,
  listeners: readonly Listener[],
  now: number,
): Promise<News> {
  const { epoch, head, rows } = small
  await selectKnown(sql, epoch)
  const concerned = listeners.filter((listener) => rows.some((row) => isFor(row, listener)))
  const caseIds = [...new Set(refsOf(rows, 'case'))]
  const follows = await selectFollowers(sql, caseIds, concerned, now)
  const changeOf = await readSubjects(sql, caseIds, refsOf(rows, 'article'))
  const texts = new Map<string, string>()
  const textOf = (row: NewRow, isFollowed: boolean) => {
    const key = `${row.seq} ${String(isFollowed)}`
    const text = texts.get(key) ?? JSON.stringify(changeOf(row, isFollowed))
    texts.set(key, text)
    return text
  }
  const to = (listener: Listener) => {
    const mine = lastRows(rows.filter((row) => isFor(row, listener)))
    if (mine.length === 0) return null
    const changes = mine.map((row) => textOf(row, follows.has(`${listener.storeId} ${row.ref}`)))
    const page = `{"epoch":${JSON.stringify(epoch)},"from":${from},"changes":[${changes.join(',')}]}`
    return { page: Buffer.byteLength(page) > MOST_BYTES ? null : page }
  }
  return { head, to }
}

/** What is new behind `from` (null: behind the head as it is now) to these listeners; `now` is central's time in ms. */
export async function readNews(
  db: Db,
  from: number | null,
  listeners: () => readonly Listener[],
  now: number,
): Promise<News> {
  const nothing = (head: number): News => ({ head, to: () => null })
  const first = await db.tx('sanxin_live', async (sql): Promise<News | Small> => {
    const { head, epoch } = await selectHead(sql)
    // A head that went back means a restored database: from there on, every change is new again.
    if (from === null || head <= from) return nothing(head)
    const rows = await selectRowsBetween(sql, from, head, MOST_ROWS + 1)
    return rows.length > MOST_ROWS ? readMany(sql, from, head) : { epoch, head, rows }
  })
  if ('to' in first || from === null) return 'to' in first ? first : nothing(first.head)
  return db.tx('sanxin_desk', (sql) => readFew(sql, from, first, listeners(), now))
}
