import type { Tx } from './db.ts'

export type AppliedMigration = { number: number; name: string; checksum: string }

/** One migrator at a time, over all nodes; held until the end of the transaction. */
export async function lockMigrations(sql: Tx): Promise<void> {
  await sql.query('set local statement_timeout = 0')
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('sanxin.migrations', 0))`)
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

export async function insertApplied(sql: Tx, migration: AppliedMigration): Promise<void> {
  const { number, name, checksum } = migration
  await sql.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
    number,
    name,
    checksum,
  ])
}

/** Waits for, and holds until the end of the transaction, the lock that `name` stands for. */
export async function lockName(sql: Tx, name: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [name])
}
