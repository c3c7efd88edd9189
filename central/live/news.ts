/** What is new behind the head, and to whom; what is small goes along with the sign, so that sixty desks need not ask. */
import type { z } from 'zod'
import type { liveToDeskSchema } from '../../shared/sync/protocol.ts'
import { must } from '../../shared/errors.ts'
import type { Db, Tx } from '../db/db.ts'
import { selectFollowers } from '../cases/scopes-sql.ts'
import type { OwnRows } from '../feed/own-rows.ts'
import { selectHead, selectReadersBetween, selectRowsAfter, type NewRow } from '../feed/sql.ts'
import { lastRows, readSubjects, refsOf } from '../sync/changes.ts'
import { selectKnown } from '../sync/epoch.ts'
import { bytesOf, listed, type JsonParts } from '../sync/json-parts.ts'

export type Listener = { readonly storeId: string; readonly team: string | null }

/** `to` answers the bytes of the sign for whom it is for, with the page where that is small, and null for all others. */
export type News = { readonly head: number; to(listener: Listener): Uint8Array | null }

/** More subjects than these, told in more rows, or a page of more bytes, each desk pulls by itself. */
const MOST_SUBJECTS = 20
const MOST_ROWS = 2000
const MOST_BYTES = 48 * 1024

type Reader = Pick<NewRow, 'storeId' | 'team'>

const isFor = ({ storeId, team }: Reader, listener: Listener) =>
  (storeId === null && team === null) || storeId === listener.storeId || (team !== null && team === listener.team)

type Changed = Extract<z.infer<typeof liveToDeskSchema>, { type: 'changed' }>

/** The sign that tells each to pull. */
const bareSign = (head: number): Uint8Array => Buffer.from(JSON.stringify({ type: 'changed', head } satisfies Changed))

/** Finds whom many rows are for; each pulls. */
async function readMany(sql: Tx, from: number, head: number): Promise<News> {
  const readers = await selectReadersBetween(sql, from, head)
  const sign = bareSign(head)
  return { head, to: (listener) => (readers.some((one) => isFor(one, listener)) ? sign : null) }
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

type Told = { readonly row: NewRow; readonly follows: boolean }

/** What was made for this key; made now, where nothing was. */
function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const before = made.get(key)
  if (before !== undefined) return before
  const fresh = make()
  made.set(key, fresh)
  return fresh
}

/**
 * Puts the signs together. Told in a row for each of many desks, a change is the same text for all of them; and where
 * the same is new to many, the sign is the same bytes.
 */
function createSigns(from: number, { epoch, head }: Small, changeOf: (row: NewRow, follows: boolean) => JsonParts) {
  const texts = new Map<string, JsonParts>()
  const signs = new Map<string, Uint8Array>()
  const bare = bareSign(head)
  const keyOf = ({ row, follows }: Told) => `${row.kind} ${row.ref} ${String(follows)}`
  const textOf = (one: Told) => once(texts, keyOf(one), () => changeOf(one.row, one.follows))
  const withPage = (told: readonly Told[]): Uint8Array => {
    const opening = `{"epoch":${JSON.stringify(epoch)},"from":${from},"changes":[`
    const page = bytesOf([opening, ...listed(told.map(textOf)), ']}'])
    if (page.byteLength > MOST_BYTES) return bare
    return Buffer.concat([Buffer.from(`{"type":"changed","head":${head},"page":`), page, Buffer.from('}')])
  }
  return {
    bare,
    of: (told: readonly Told[]): Uint8Array => once(signs, told.map(keyOf).join(','), () => withPage(told)),
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
  const signs = createSigns(from, small, changeOf)
  const asked = new Set(concerned.map(({ storeId }) => storeId))
  const to = (listener: Listener) => {
    const mine = rowsFor(listener)
    if (mine.length === 0) return null
    // Who came while this was read was not asked about: what it follows is not known here.
    if (!asked.has(listener.storeId)) return signs.bare
    return signs.of(mine.map((row) => ({ row, follows: follows.has(`${listener.storeId} ${row.ref}`) })))
  }
  return { head, to }
}

/** Whether so few rows are read once for all whom they are for. */
function isFew(rows: readonly NewRow[]): boolean {
  const subjects = new Set(rows.map(({ kind, ref }) => `${kind} ${ref}`)).size
  return rows.length <= MOST_ROWS && subjects <= MOST_SUBJECTS
}

/** Behind which position (null: behind the head as it is now), and which rows are known to stand there, without a gap. */
export type Since = { readonly from: number | null; readonly known: OwnRows | null }

/** What is new since then to these listeners; `now` is central's time in ms. */
export async function readNews(
  db: Db,
  { from, known }: Since,
  listeners: () => readonly Listener[],
  now: number,
): Promise<News> {
  const nothing = (head: number): News => ({ head, to: () => null })
  if (from !== null && known !== null && isFew(known.rows)) {
    const small = { ...known, head: must(known.rows.at(-1), 'a row').seq }
    return db.tx('sanxin_desk', (sql) => readFew(sql, from, small, listeners(), now))
  }
  const first = await db.tx('sanxin_live', async (sql): Promise<News | Small> => {
    // Sent together and run in this order: what was committed between the two is left to the next look.
    const [{ head, epoch }, found] = await Promise.all([
      selectHead(sql),
      from === null ? [] : selectRowsAfter(sql, from, MOST_ROWS + 1),
    ])
    // A head that went back means a restored database: from there on, every change is new again.
    if (from === null || head <= from) return nothing(head)
    const rows = found.filter(({ seq }) => seq <= head)
    return isFew(rows) ? { epoch, head, rows } : readMany(sql, from, head)
  })
  if ('to' in first || from === null) return 'to' in first ? first : nothing(first.head)
  return db.tx('sanxin_desk', (sql) => readFew(sql, from, first, listeners(), now))
}
