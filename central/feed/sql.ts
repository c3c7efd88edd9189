/**
 * The feed: a gapless sequence of what changed. Its position is taken under the lock of one row that is held
 * until the commit, so a position that is seen proves that all before it are committed (rule 5: no pull skips).
 */
import { inScope } from '../cases/scopes-sql.ts'
import type { Tx } from '../db/db.ts'
import { columnsOf } from '../db/sql.ts'

/** `ref` is the id of a case, of an article, of an entry of the directory, or the name of a rule table; it is for one desk (`storeId`), for those of a team, or, both null, for all. */
export type FeedEntry = {
  readonly kind: 'case' | 'article' | 'directory' | 'table'
  readonly ref: string
  readonly storeId: string | null
  readonly team: string | null
}
export type FeedRow = {
  readonly seq: number
  readonly kind: 'case' | 'article' | 'directory' | 'table'
  readonly ref: string
  readonly bytes: number
  /** Of a case: whether the desk follows it now. */
  readonly follows: boolean
}
/**
 * `epochAt` is since when the epoch holds, in ms. The server's timeline is part of the epoch: a standby that was
 * promoted by whatever means, and a server set back to an earlier moment, are another central from their first
 * moment on, also before anybody has renewed it.
 */
export type FeedHead = { readonly head: number; readonly epoch: string; readonly epochAt: number }

const rowsOfFeed = columnsOf({ kind: 'text', ref: 'text', storeId: 'uuid', team: 'text', position: 'int' } as const, 2)

/**
 * Appends to the feed; answers the position before the first row, or null where there is none to append. Let it be the
 * last statement of a transaction: from here on all other writers wait.
 */
export async function appendFeed(sql: Tx, entries: readonly FeedEntry[]): Promise<number | null> {
  if (entries.length === 0) return null
  // What the database checks at the end is checked before the others wait, not while they do.
  const checked = sql.query('set constraints all immediate')
  const appended = sql.query<{ before: number }>(
    `with moved as (
       update feed_head set head = head + $1::int returning head
     ), appended as (
       insert into feed (seq, kind, ref, store_id, team)
       select moved.head - $1::int + position, kind, ref, "storeId", team from moved, ${rowsOfFeed.from} as entry
     )
     select head - $1::int as before from moved`,
    [entries.length, ...rowsOfFeed.bind(entries.map((entry, index) => ({ ...entry, position: index + 1 })))],
  )
  const [, [moved]] = await Promise.all([checked, appended])
  return moved?.before ?? null
}

export async function selectHead(sql: Tx): Promise<FeedHead> {
  const [row] = await sql.query<FeedHead>(
    `select head, epoch || '@' || left(pg_walfile_name(pg_current_wal_lsn()), 8) as epoch, epoch_at as "epochAt"
     from feed_head`,
  )
  if (row === undefined) throw new Error('feed_head is empty')
  return row
}

/** Until the end of the transaction nobody else appends: what is read from here on is all that is committed. */
export async function holdFeed(sql: Tx): Promise<void> {
  await sql.query('update feed_head set head = head')
}

/** A desk's place: what is its own or its team's begins after `enteredFrom`, what is for all at the start. */
export type FeedReader = {
  readonly storeId: string
  readonly team: string | null
  readonly enteredFrom: number
  readonly now: number
}

/** Positions of the feed: after < seq ≤ to. */
export type Span = { readonly after: number; readonly to: number }

/** What a desk may see within `span`, but for what lies within `known`; oldest first, at most `limit`. */
export function selectFeed(
  sql: Tx,
  { storeId, team, enteredFrom, now }: FeedReader,
  span: Span,
  known: Span | null,
  limit: number,
): Promise<FeedRow[]> {
  // Three ordered index scans: a desk that was away long does not wade through the rows of all others.
  const own = Math.max(span.after, enteredFrom)
  const { after, to } = known ?? { after: 0, to: 0 }
  const unknown = '(seq <= $8::bigint or seq > $9::bigint)'
  return sql.query<FeedRow>(
    `with mine as (
       (select seq, kind, ref from feed
        where store_id = $1::uuid and seq > $5::bigint and seq <= $3::bigint and ${unknown} order by seq limit $4::int)
       union all
       (select seq, kind, ref from feed
        where team = $6::text and seq > $5::bigint and seq <= $3::bigint and ${unknown} order by seq limit $4::int)
       union all
       (select seq, kind, ref from feed
        where store_id is null and team is null and seq > $2::bigint and seq <= $3::bigint order by seq limit $4::int)
       order by seq limit $4::int
     )
     select mine.seq, mine.kind, mine.ref, coalesce(cases.bytes, article.bytes, 0) as bytes,
       coalesce(${inScope('$1', '$6', '$7')}, false) as follows
     from mine
     left join cases on cases.case_id = case when mine.kind = 'case' then mine.ref::uuid end
     left join lateral (
       select pg_column_size(content) as bytes from articles
       where mine.kind = 'article' and id = mine.ref order by version desc limit 1
     ) as article on true
     order by mine.seq`,
    [storeId, span.after, span.to, limit, own, team, now, after, to],
  )
}

/** A row with whom it is for; both null: for all. */
export type NewRow = FeedEntry & { readonly seq: number }

/** The rows behind a position, whoever they are for, oldest first, at most `limit`. */
export function selectRowsAfter(sql: Tx, from: number, limit: number): Promise<NewRow[]> {
  return sql.query<NewRow>(
    `select seq, kind, ref, store_id as "storeId", team from feed
     where seq > $1::bigint order by seq limit $2::int`,
    [from, limit],
  )
}

/** Whom something between two positions is for; both null: for all. */
export function selectReadersBetween(
  sql: Tx,
  from: number,
  to: number,
): Promise<{ storeId: string | null; team: string | null }[]> {
  return sql.query(
    `select distinct store_id as "storeId", team from feed where seq > $1::bigint and seq <= $2::bigint`,
    [from, to],
  )
}

/** So many desk codes may have been given since a backup, or within the lag of a standby, without its knowing. */
const UNKNOWN_DESKS = 200

/**
 * Role: owner. This central is another than the desks knew: they send again what it may have lost (rule 5). A desk
 * code that it may have given and lost is not given again, or two desks would number alike: it goes on well above
 * what it knows, and above `ordinal`, where the database that stood before had come to.
 */
export async function renewEpoch(sql: Tx, at: number, ordinal = 0): Promise<void> {
  await sql.query(
    `update feed_head set epoch = gen_random_uuid()::text, epoch_at = $1::bigint,
       first_ordinal = greatest((select max(ordinal) + 1 from stores), first_ordinal, $2::int) + $3::int`,
    [at, ordinal, UNKNOWN_DESKS],
  )
}

/** Role: owner. How many days the nodes let a backup count, so that a restore knows what desks were told. */
export async function updateBackupDays(sql: Tx, days: number): Promise<void> {
  await sql.query('update feed_head set backup_days = $1::int where backup_days <> $1::int', [days])
}
