import type { Tx } from '../db/db.ts'

/** Role sanxin_people, but where it is said. */

export type NewKey = {
  readonly keyId: string
  readonly secretHash: string
  readonly unit: string
  readonly name: string
  readonly at: number
  readonly by: string
}

export async function insertKey(sql: Tx, { keyId, secretHash, unit, name, at, by }: NewKey): Promise<void> {
  await sql.query(
    `insert into api_keys (key_id, secret_hash, unit, name, created_at, created_by)
     values ($1::uuid, $2::text, $3::text, $4::text, $5::bigint, $6::text)`,
    [keyId, secretHash, unit, name, at, by],
  )
}

/** False where there is no such key, or it was revoked before. */
export async function revokeKey(sql: Tx, keyId: string, at: number): Promise<boolean> {
  const rows = await sql.query(
    'update api_keys set revoked_at = $2::bigint where key_id = $1::uuid and revoked_at is null returning key_id',
    [keyId, at],
  )
  return rows.length > 0
}

/** A key as administrators see it; times in ms. */
export type ListedKey = {
  readonly keyId: string
  readonly unit: string
  readonly name: string
  readonly createdAt: number
  readonly createdBy: string
  readonly revokedAt: number | null
}

export function selectKeys(sql: Tx): Promise<ListedKey[]> {
  return sql.query<ListedKey>(
    `select key_id as "keyId", unit, name, created_at as "createdAt", created_by as "createdBy",
       revoked_at as "revokedAt" from api_keys order by created_at, key_id`,
  )
}

export type KeyHolder = { readonly keyId: string; readonly unit: string; readonly name: string }

/** Role sanxin_gate. Whose key it is, unless it was revoked. */
export async function selectKeyHolder(sql: Tx, keyId: string, secretHash: string): Promise<KeyHolder | null> {
  const [row] = await sql.query<KeyHolder>(
    `select key_id as "keyId", unit, name from api_keys
     where key_id = $1::uuid and secret_hash = $2::text and revoked_at is null`,
    [keyId, secretHash],
  )
  return row ?? null
}
