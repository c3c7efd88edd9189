import type { Actor, Tx } from './db.ts'

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

/** For the rest of the transaction; the row-level policies read it. */
export async function setActor(sql: Tx, { staffNo, role, storeId, unit, tokenHash }: Actor): Promise<void> {
  await sql.query(
    `select set_config('sanxin.staff_no', $1::text, true), set_config('sanxin.staff_role', $2::text, true),
       set_config('sanxin.store_id', $3::text, true), set_config('sanxin.unit', $4::text, true),
       set_config('sanxin.token_hash', $5::text, true)`,
    [staffNo ?? '', role ?? '', storeId ?? '', unit ?? '', tokenHash ?? ''],
  )
}

/** Waits for, and holds until the end of the transaction, the lock that `name` stands for. */
export async function lockName(sql: Tx, name: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [name])
}
