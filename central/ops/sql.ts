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

/** When the backup was taken that this database was restored from: the one that had just begun then. */
export async function selectOwnBackup(sql: Tx): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>('select max(at) as at from backups where not whole')
  return row?.at ?? null
}

/** The oldest backup after `usableAfter` whose file stands; null where there is none, or nobody recorded any yet. */
export async function selectOldestBackup(sql: Tx, usableAfter: number): Promise<number | null> {
  const [known] = await sql.query<{ known: boolean }>(`select to_regclass('backups') is not null as known`)
  if (known?.known !== true) return null
  const [row] = await sql.query<{ at: number | null }>(
    'select min(at) as at from backups where whole and at > $1::bigint',
    [usableAfter],
  )
  return row?.at ?? null
}
