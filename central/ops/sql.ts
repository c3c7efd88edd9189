import type { Tx } from '../db/db.ts'

/** Role: owner. A backup begins; answers its time, by the database's clock, in ms. */
export async function insertBackup(sql: Tx): Promise<number> {
  const [row] = await sql.query<{ at: number }>(
    'insert into backups (at) values (floor(extract(epoch from clock_timestamp()) * 1000)::bigint) returning at',
  )
  if (row === undefined) throw new Error('a backup that was recorded')
  return row.at
}

/** Role: owner. The file of a backup stands. */
export async function markWhole(sql: Tx, at: number): Promise<void> {
  await sql.query('update backups set whole = true where at = $1::bigint', [at])
}

export async function deleteBackup(sql: Tx, at: number): Promise<void> {
  await sql.query('delete from backups where at = $1::bigint', [at])
}

/** Role: owner. When the backup was taken that this database was restored from: the one that had just begun then. */
export async function selectOwnBackup(sql: Tx): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>('select max(at) as at from backups where not whole')
  return row?.at ?? null
}

/** What stood in a database before another takes its place: of its desks, and of what it told them. */
export type Before = {
  /** The ordinal of the next desk. */
  readonly ordinal: number
  /** When the oldest backup was taken that they may have been told of; null for none. */
  readonly oldestBackup: number | null
}

/** Reads of a database of this version what a restore over it at this time (ms) must know. */
export async function selectBefore(sql: Tx, at: number): Promise<Before> {
  const [row] = await sql.query<Before>(
    `select greatest((select max(ordinal) + 1 from stores), first_ordinal) as ordinal,
       (select min(backups.at) from backups
        where whole and backups.at > $1::bigint - backup_days * 86400000::bigint) as "oldestBackup"
     from feed_head`,
    [at],
  )
  if (row === undefined) throw new Error('feed_head is empty')
  return row
}

/** The tables that tell what a backup is. */
export const tellingTables = ['schema_migrations', 'backups'] as const

/** Role: owner. They were restored for that alone. */
export async function dropTellingTables(sql: Tx): Promise<void> {
  await sql.script(`drop table if exists ${tellingTables.join(', ')}`)
}

/** When the first migration of a database ran, to the microsecond: its copies have it too, and no other database. */
export async function selectBorn(sql: Tx): Promise<string | null> {
  const [row] = await sql.query<{ born: string }>(
    'select extract(epoch from applied_at)::text as born from schema_migrations order by number limit 1',
  )
  return row?.born ?? null
}
