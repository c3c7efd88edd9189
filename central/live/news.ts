/** What is new behind the head, and to whom; what is small goes along with the sign, so that sixty desks need not ask. */
import type { Db, Tx } from '../db/db.ts'
import { selectFollowers } from '../cases/scopes-sql.ts'
import { selectHead, selectReadersBetween, selectRowsAfter, type NewRow } from '../feed/sql.ts'
import { lastRows, readSubjects, refsOf } from '../sync/changes.ts'
import { selectKnown } from '../sync/epoch.ts'

export type Listener = { readonly storeId: string; readonly team: string | null }

/** `to` tells whom it is for, and what to bring along: the page as JSON text, null where each is to pull. */
export type News = { readonly head: number; to(listener: Listener): { readonly page: string | null } | null }

/** More subjects than these, told in more rows, or a page of more bytes, each desk pulls by itself. */
const MOST_SUBJECTS = 20
const MOST_ROWS = 2000
const MOST_BYTES = 48 * 1024

type Reader = Pick<NewRow, 'storeId' | 'team'>

const isFor = ({ storeId, team }: Reader, listener: Listener) =>
  (storeId === null && team === null) || storeId === listener.storeId || (team !== null && team === listener.team)

/** Finds whom many rows are for; each pulls. */
async function readMany(sql: Tx, from: number, head: number): Promise<News> {
  const readers = await selectReadersBetween(sql, from, head)
  return { head, to: (listener) => (readers.some((one) => isFor(one, listener)) ? { page: null } : null) }
}

/** The rows by whom they are for: of many desks each has few. */
function rowsByReader(rows: readonly NewRow[]): (listener: Listener) => NewRow[] {
  const forAll = rows.filter(({ storeId, team }) => storeId === null && team === null)
  const ofStore = Map.groupBy(rows, ({ storeId }) => storeId)
  const ofTeam = Map.groupBy(rows, ({ team }) => team)
  return ({ storeId, team }) => {
    const teams = team === null ? [] : (ofTeam.get(team) ?? [])
    return lastRows([...forAll, ...(ofStore.get(storeId) ?? []), ...teams].toSorted((a, b) => a.seq - b.seq))
  }
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
  const rowsFor = rowsByReader(rows)
  const concerned = listeners.filter((listener) => rowsFor(listener).length > 0)
  const caseIds = [...new Set(refsOf(rows, 'case'))]
  const [follows, changeOf] = await Promise.all([
    selectFollowers(sql, caseIds, concerned, now),
    readSubjects(sql, caseIds, rows),
    selectKnown(sql, epoch),
  ])
  // Told in a row for each of many desks, it is the same text for all of them.
  const texts = new Map<string, string>()
  const textOf = (row: NewRow, isFollowed: boolean) => {
    const key = `${row.kind} ${row.ref} ${String(isFollowed)}`
    const text = texts.get(key) ?? changeOf(row, isFollowed)
    texts.set(key, text)
    return text
  }
  const asked = new Set(concerned.map(({ storeId }) => storeId))
  const to = (listener: Listener) => {
    const mine = rowsFor(listener)
    if (mine.length === 0) return null
    // Who came while this was read was not asked about: what it follows is not known here.
    if (!asked.has(listener.storeId)) return { page: null }
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
    // Sent together and run in this order: what was committed between the two is left to the next look.
    const [{ head, epoch }, found] = await Promise.all([
      selectHead(sql),
      from === null ? [] : selectRowsAfter(sql, from, MOST_ROWS + 1),
    ])
    // A head that went back means a restored database: from there on, every change is new again.
    if (from === null || head <= from) return nothing(head)
    const rows = found.filter(({ seq }) => seq <= head)
    const subjects = new Set(rows.map(({ kind, ref }) => `${kind} ${ref}`)).size
    const isSmall = rows.length <= MOST_ROWS && subjects <= MOST_SUBJECTS
    return isSmall ? { epoch, head, rows } : readMany(sql, from, head)
  })
  if ('to' in first || from === null) return 'to' in first ? first : nothing(first.head)
  return db.tx('sanxin_desk', (sql) => readFew(sql, from, first, listeners(), now))
}
