import { must } from '../../shared/errors.ts'
import type { Actor, Tx } from './db.ts'

export type AppliedMigration = { number: number; name: string; checksum: string }

/** One migrator at a time, over all nodes; held until the end of the transaction. */
export async function lockMigrations(sql: Tx): Promise<void> {
  await sql.query('set local statement_timeout = 0')
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('sanxin.migrations', 0))`)
}

/** From here on no lock is waited for longer than this (ms): whoever comes behind one that waits for a table waits too. */
export async function limitLockWaits(sql: Tx, ms: number): Promise<void> {
  await sql.query(`select set_config('lock_timeout', $1::text, true)`, [String(ms)])
}

export async function createMigrationsTable(sql: Tx): Promise<void> {
  await sql.query(`create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`)
}

export function listApplied(sql: Tx): Promise<AppliedMigration[]> {
  return sql.query<AppliedMigration>('select number, name, checksum from schema_migrations order by number')
}

/** Whether there is a table of migrations: whether it is a database of central's at all. */
export async function hasMigrations(sql: Tx): Promise<boolean> {
  const [row] = await sql.query<{ has: boolean }>(`select to_regclass('public.schema_migrations') is not null as has`)
  return row?.has === true
}

export async function insertApplied(sql: Tx, migration: AppliedMigration): Promise<void> {
  const { number, name, checksum } = migration
  await sql.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
    number,
    name,
    checksum,
  ])
}

/**
 * Ends a lateral subquery that looks up the rows of one key, so that the planner does not join the table as a whole:
 * a statement that was prepared while a table was still small would read all of it for ever after.
 */
export const ONE_BY_ONE = 'offset 0'

/** For the rest of the transaction; the row-level policies read it. */
export async function setActor(sql: Tx, { staffNo, role, storeId, team, unit, tokenHash }: Actor): Promise<void> {
  await sql.query(
    `select set_config('sanxin.staff_no', $1::text, true), set_config('sanxin.staff_role', $2::text, true),
       set_config('sanxin.store_id', $3::text, true), set_config('sanxin.unit', $4::text, true),
       set_config('sanxin.token_hash', $5::text, true), set_config('sanxin.team', $6::text, true)`,
    [staffNo ?? '', role ?? '', storeId ?? '', unit ?? '', tokenHash ?? '', team ?? ''],
  )
}

/** Waits for, and holds until the end of the transaction, the lock that `name` stands for. */
export async function lockName(sql: Tx, name: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [name])
}

/**
 * Waits for, and holds until the end of the transaction, the locks of several names, always in one order, so that
 * none waits for the other. The names share 256 locks: a large batch must not fill the server's table of locks.
 */
export async function lockNames(sql: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await sql.query(
    `select pg_advisory_xact_lock(12345, bucket) from (
       select distinct hashtext(value) & 255 as bucket from json_array_elements_text($1::text::json) order by 1
     ) as buckets`,
    [JSON.stringify(names)],
  )
}

/** What a column of `columnsOf` holds: `json` takes any value that JSON does, `jsonText` its text, `text[]` strings. */
type CellType = 'uuid' | 'text' | 'int' | 'smallint' | 'bigint' | 'boolean' | 'json' | 'jsonb' | 'jsonText' | 'text[]'

// Looked for as texts: an expression for both costs several times as much memory, in each cell of a thousand rows.
const isPlainText = (text: string) => !text.includes('"') && !text.includes('\\')
const quoted = (text: string) => `"${isPlainText(text) ? text : text.replaceAll(/["\\]/g, '\\$&')}"`
const arrayOf = (cells: readonly string[]) => `{${cells.join(',')}}`

/** A value as an element of an array's literal of PostgreSQL. */
function cellOf(value: unknown): string {
  if (isNone(value)) return 'NULL'
  if (typeof value === 'string') return quoted(value)
  return Array.isArray(value) ? quoted(arrayOf(value.map((one) => quoted(String(one))))) : JSON.stringify(value)
}

const isPlain = (value: unknown) => typeof value === 'string' && isPlainText(value)

const isNone = (value: unknown) => value === null || value === undefined

/**
 * Values as an array's literal. Most columns hold nothing but plain texts: those are not quoted one by one. Many hold
 * nothing at all: where an array is shorter than another, `unnest` gives null.
 */
function cellsOf(values: readonly unknown[]): string {
  if (values.every(isNone)) return '{}'
  if (values.every(isPlain)) return `{"${values.join('","')}"}`
  return arrayOf(values.map(cellOf))
}

type LineType = 'json' | 'jsonb' | 'jsonText'
const isLine = (type: CellType): type is LineType => type === 'json' || type === 'jsonb' || type === 'jsonText'

/** JSON has no line break of its own, so each value is a line: nothing in it need be escaped once more. None is null. */
function lineOf(type: LineType, value: unknown): string {
  if (isNone(value)) return ''
  return type === 'jsonText' && typeof value === 'string' ? value : JSON.stringify(value)
}

/** What `bind` gives of a column, as the array that it is. */
function arrayIn(type: CellType, parameter: string): string {
  if (isLine(type)) return `string_to_array(${parameter}::text, E'\\n', '')::${type === 'jsonb' ? 'jsonb' : 'json'}[]`
  // An array of arrays would be taken apart to its elements: those go as texts.
  return `${parameter}::text::${type === 'text[]' ? 'text' : type}[]`
}

/**
 * Many rows in one statement, as one array for each column, named as their keys: to read them costs the server half of
 * what JSON does. `from` is their table, to be named by who uses it; its parameters begin at `first`, `bind` gives
 * them. Of each row one column at least must hold something: the longest array says how many rows there are.
 */
export function columnsOf<Key extends string>(columns: Readonly<Record<Key, CellType>>, first = 1) {
  const named = Object.entries<CellType>(columns) as [Key, CellType][]
  const names = named.map(([key]) => `"${key}"`).join(', ')
  const arrays = named.map(([, type], index) => arrayIn(type, `$${first + index}`))
  const cells = named.map(([key, type]) => (type === 'text[]' ? `"${key}"::text[] as "${key}"` : `"${key}"`))
  return {
    from: `(select ${cells.join(', ')} from unnest(${arrays.join(', ')}) as raw(${names}))`,
    bind: (rows: readonly Readonly<Record<Key, unknown>>[]): string[] =>
      named.map(([key, type]) =>
        isLine(type) ? rows.map((row) => lineOf(type, row[key])).join('\n') : cellsOf(rows.map((row) => row[key])),
      ),
  }
}

/**
 * So many rows a statement. A thousand make texts of hundreds of kB: Node and PostgreSQL have the system give them the
 * memory for each such anew, page by page, which costs more than what is done with it.
 */
const PIECE_ROWS = 250

/** Has rows written in pieces, in their order; none is waited for here before the next is handed on. */
export async function inPieces<Row>(
  rows: readonly Row[],
  write: (piece: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  const count = Math.ceil(rows.length / PIECE_ROWS)
  const pieces = Array.from({ length: count }, (_, index) => rows.slice(index * PIECE_ROWS, (index + 1) * PIECE_ROWS))
  // Where one fails before it is sent, those before it are still heard.
  await Promise.all(pieces.map(async (piece) => write(piece)))
}

/** `waitsFor` are the standbys that a commit waits for; empty for none, and then it stands on one machine. */
export type Durability = { readonly fsync: string; readonly synchronousCommit: string; readonly waitsFor: string }

/** What the server promises of this session's commits. */
export async function selectDurability(sql: Tx): Promise<Durability> {
  const [row] = await sql.query<Durability>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as "synchronousCommit",
       current_setting('synchronous_standby_names') as "waitsFor"`,
  )
  return must(row, 'a row of settings')
}
