import type { Tx } from '../db/db.ts'

export type StatusRow = {
  readonly staffNo: string
  readonly storeId: string
  readonly connectionId: string
  readonly status: string
  readonly since: number
  readonly seenAt: number
}

/** Role sanxin_live. What an operator at a desk is doing; the newest connection speaks for the desk. */
export async function upsertStatus(sql: Tx, row: StatusRow): Promise<void> {
  await sql.query(
    `insert into operator_status (staff_no, store_id, connection_id, connected, status, since, seen_at)
     values ($1::text, $2::uuid, $3::uuid, true, $4::text, $5::bigint, $6::bigint)
     on conflict (staff_no, store_id) do update set connection_id = excluded.connection_id, connected = true,
       status = excluded.status, since = excluded.since, seen_at = excluded.seen_at`,
    [row.staffNo, row.storeId, row.connectionId, row.status, row.since, row.seenAt],
  )
}

/** Marks a desk as out of reach, unless a newer connection speaks for it. */
export async function markGone(sql: Tx, connectionId: string, seenAt: number): Promise<void> {
  await sql.query('update operator_status set connected = false, seen_at = $2::bigint where connection_id = $1::uuid', [
    connectionId,
    seenAt,
  ])
}

/**
 * Marks whatever an earlier connection said for this store as out of reach: a node that died, or a backup that was put
 * back, leaves behind who was there.
 */
export async function markEarlierGone(sql: Tx, storeId: string, connectionId: string, seenAt: number): Promise<void> {
  await sql.query(
    `update operator_status set connected = false, seen_at = $3::bigint
     where store_id = $1::uuid and connected and connection_id <> $2::uuid`,
    [storeId, connectionId, seenAt],
  )
}

export type StatusNow = { staffNo: string; status: string; since: number; connected: boolean }

/** What all operators are doing, by staff number. */
export function selectStatuses(sql: Tx): Promise<StatusNow[]> {
  return sql.query<StatusNow>(
    `select staff_no as "staffNo", status, since, connected from operator_status order by staff_no, seen_at`,
  )
}
