import type { TableHead, TableVersion } from '../../shared/tables/versions.ts'
import type { Tx } from '../db/db.ts'

/** A version that was published, by the hash of its body. */
export type StoredHead = { readonly name: string; readonly version: number; readonly hash: string }

const LOCK = `hashtextextended('sanxin.tables', 0)`

/**
 * Until the end of the transaction the tables that it reads hold: who publishes waits for it. Before any row that who
 * publishes may wait for, or the two wait for each other.
 */
export async function holdTables(sql: Tx): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock_shared(${LOCK})`)
}

/** Waits for whoever counts by the tables, and holds up who comes, until the end of the transaction. */
export async function lockTables(sql: Tx): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(${LOCK})`)
}

/** Roles sanxin_desk, sanxin_reader, sanxin_kb. The newest version of each table that was ever published. */
export function selectNewest(sql: Tx): Promise<StoredHead[]> {
  return sql.query<StoredHead>(
    'select distinct on (name) name, version, hash from rule_tables order by name, version desc',
  )
}

const columns = 'name, version, staff_no as author, why, at'

/** A version whole; null where there is none of this number. */
export async function selectVersion(sql: Tx, name: string, version: number): Promise<TableVersion | null> {
  const [row] = await sql.query<TableVersion>(
    `select ${columns}, body from rule_tables where name = $1::text and version = $2::int`,
    [name, version],
  )
  return row ?? null
}

/** All versions of a table, the newest first; of all tables the newest each, where no name is given. */
export function selectHeads(sql: Tx, name: string | null): Promise<TableHead[]> {
  return sql.query<TableHead>(
    `select ${columns} from rule_tables t
     where case when $1::text is null
       then version = (select max(version) from rule_tables where name = t.name) else name = $1::text end
     order by version desc`,
    [name],
  )
}

/** A body as the JSON text that is stored. */
export type StoredBody = { readonly version: number; readonly hash: string; readonly text: string }

/** The bodies that hold of these tables, by name. */
export async function selectBodies(sql: Tx, names: readonly string[]): Promise<Map<string, StoredBody>> {
  const rows = await sql.query<StoredBody & { name: string }>(
    `select distinct on (name) name, version, hash, body::text as text from rule_tables
     where name in (select value from json_array_elements_text($1::text::json)) order by name, version desc`,
    [JSON.stringify(names)],
  )
  return new Map(rows.map(({ name, ...rest }) => [name, rest]))
}

export type NewVersion = TableVersion & { readonly author: string; readonly at: number; readonly text: string }

/** Role sanxin_kb. `hash` is that of the body's text. */
export async function insertVersion(
  sql: Tx,
  { name, version, text, author, why, at }: NewVersion,
  hash: string,
): Promise<void> {
  await sql.query(
    `insert into rule_tables (name, version, body, hash, staff_no, why, at)
     values ($1::text, $2::int, $3::text::json, $4::text, $5::text, $6::text, $7::bigint)`,
    [name, version, text, hash, author, why, at],
  )
}
