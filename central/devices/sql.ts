import type { Tx } from '../db/db.ts'
import type { Device } from '../http/access.ts'

export async function selectDeskCode(sql: Tx, storeId: string): Promise<string | null> {
  const [row] = await sql.query<{ code: string }>('select desk_code as code from stores where store_id = $1::uuid', [
    storeId,
  ])
  return row?.code ?? null
}

/** The number of the next desk; call it under the lock that serialises enrolment. */
export async function selectNextOrdinal(sql: Tx): Promise<number> {
  const [row] = await sql.query<{ next: number }>(
    'select greatest((select max(ordinal) + 1 from stores), first_ordinal) as next from feed_head',
  )
  return row?.next ?? 0
}

export async function insertStore(
  sql: Tx,
  storeId: string,
  ordinal: number,
  deskCode: string,
  at: number,
): Promise<void> {
  await sql.query(
    'insert into stores (store_id, ordinal, desk_code, created_at) values ($1::uuid, $2::int, $3::text, $4::bigint)',
    [storeId, ordinal, deskCode, at],
  )
}

/** What a code enrols: under which words of the administrator, with which team (null: none). */
export type Enrolment = { codeHash: string; name: string; team: string | null; expiresAt: number; reusable: boolean }

/** Adds a code; one that is there already stays as it is. */
export async function insertEnrolment(sql: Tx, enrolment: Enrolment): Promise<void> {
  const { codeHash, name, team, expiresAt, reusable } = enrolment
  await sql.query(
    `insert into enrolments (code_hash, name, expires_at, reusable, team)
     values ($1::text, $2::text, $3::bigint, $4::boolean, $5::text) on conflict do nothing`,
    [codeHash, name, expiresAt, reusable, team],
  )
}

/** Uses a code up, in one statement, so that two who come at once do not both get in. */
export async function useEnrolment(
  sql: Tx,
  codeHash: string,
  at: number,
): Promise<Pick<Enrolment, 'name' | 'team'> | null> {
  const [row] = await sql.query<Pick<Enrolment, 'name' | 'team'>>(
    `update enrolments set used_at = $2::bigint
     where code_hash = $1::text and expires_at > $2::bigint and (used_at is null or reusable) returning name, team`,
    [codeHash, at],
  )
  return row ?? null
}

export type NewDevice = { deviceId: string; secretHash: string; name: string; team: string | null; at: number }

export async function insertDevice(sql: Tx, { deviceId, secretHash, name, team, at }: NewDevice): Promise<void> {
  await sql.query(
    `insert into devices (device_id, secret_hash, name, enrolled_at, team)
     values ($1::uuid, $2::text, $3::text, $4::bigint, $5::text)`,
    [deviceId, secretHash, name, at, team],
  )
}

/** The store speaks through this device from now on, and through no other. */
export async function updateDeviceStore(sql: Tx, deviceId: string, storeId: string): Promise<void> {
  const ids = [deviceId, storeId]
  // Another device may sit with another team: what the store holds begins anew.
  await sql.query(
    `update stores set entered_epoch = null where store_id = $2::uuid
       and not exists (select from devices where device_id = $1::uuid and store_id = $2::uuid)`,
    ids,
  )
  await sql.query('update devices set store_id = null where store_id = $2::uuid and device_id <> $1::uuid', ids)
  await sql.query('update devices set store_id = $2::uuid where device_id = $1::uuid', ids)
}

/** False where there is no such device, or it was revoked before. */
export async function revokeDevice(sql: Tx, deviceId: string, at: number): Promise<boolean> {
  const rows = await sql.query(
    `update devices set revoked_at = $2::bigint where device_id = $1::uuid and revoked_at is null returning device_id`,
    [deviceId, at],
  )
  return rows.length > 0
}

export type ListedDevice = {
  deviceId: string
  name: string
  team: string | null
  deskCode: string | null
  enrolledAt: number
  revokedAt: number | null
  kind: 'desk' | 'exchange'
  seenAt: number | null
  version: string | null
}

export function selectDevices(sql: Tx): Promise<ListedDevice[]> {
  return sql.query<ListedDevice>(
    `select device_id as "deviceId", name, team, desk_code as "deskCode", enrolled_at as "enrolledAt", revoked_at as "revokedAt", kind,
       seen_at as "seenAt", version
     from devices left join stores using (store_id) order by enrolled_at`,
  )
}

/** The version stays where none is said. */
export async function updateSeen(sql: Tx, deviceId: string, at: number, version: string | null): Promise<void> {
  await sql.query(
    'update devices set seen_at = $2::bigint, version = coalesce($3::text, version) where device_id = $1::uuid',
    [deviceId, at, version],
  )
}

/** Codes that no desk has used and that still open, the one that ends first before the others. */
export function selectOpenCodes(sql: Tx, at: number): Promise<Pick<Enrolment, 'name' | 'team' | 'expiresAt'>[]> {
  return sql.query(
    `select name, team, expires_at as "expiresAt" from enrolments
     where used_at is null and not reusable and expires_at > $1::bigint order by expires_at`,
    [at],
  )
}

/** Role: sanxin_gate. The device of this id and secret, unless it was revoked. */
export async function selectDevice(sql: Tx, deviceId: string, secretHash: string): Promise<Device | null> {
  const [row] = await sql.query<Device>(
    `select device_id as "deviceId", store_id as "storeId", team from devices
     where device_id = $1::uuid and secret_hash = $2::text and revoked_at is null and kind = 'desk'`,
    [deviceId, secretHash],
  )
  return row ?? null
}

export type NewExchange = { deviceId: string; secretHash: string; exchange: string; at: number }

/** Adds the credential of an exchange; one that is there already stays as it is. */
export async function insertExchange(sql: Tx, { deviceId, secretHash, exchange, at }: NewExchange): Promise<void> {
  await sql.query(
    `insert into devices (device_id, secret_hash, name, enrolled_at, kind, exchange)
     values ($1::uuid, $2::text, $3::text, $4::bigint, 'exchange', $3::text) on conflict (device_id) do nothing`,
    [deviceId, secretHash, exchange, at],
  )
}

/** Role: sanxin_gate. The name of the exchange of this id and secret, unless it was revoked. */
export async function selectExchange(sql: Tx, deviceId: string, secretHash: string): Promise<string | null> {
  const [row] = await sql.query<{ exchange: string }>(
    `select exchange from devices
     where device_id = $1::uuid and secret_hash = $2::text and revoked_at is null and kind = 'exchange'`,
    [deviceId, secretHash],
  )
  return row?.exchange ?? null
}
