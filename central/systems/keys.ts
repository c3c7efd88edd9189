/**
 * Keys of the units' own systems: `sxk_ID_SECRET`, sent as a bearer token. Who has one is its unit at the routes of the
 * units' page, and nobody anywhere else; what it does stands in history and audit under the name of the key.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db } from '../db/db.ts'
import { unitExists } from '../directory/sql.ts'
import type { Session } from '../http/access.ts'
import { perMinute } from '../http/per-minute.ts'
import { Refusal } from '../http/refusal.ts'
import * as keys from './keys-sql.ts'

/** So many requests a minute a node answers of one key. */
export const MOST_A_MINUTE = 600
const SECRET_BYTES = 32
const shape = /^sxk_([\da-f]{32})_([\w-]{43})$/

const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')
const withHyphens = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

export type Keys = {
  /** The key is told once; `invalidInput` where there is no such unit. */
  add(
    asked: { readonly unit: string; readonly name: string },
    by: string,
  ): Promise<Result<{ keyId: string; key: string }>>
  revoke(keyId: string, by: string): Promise<boolean>
  list(): Promise<keys.ListedKey[]>
  /** Whom a bearer token of this shape stands for; null for any other, an unknown and a revoked one. `tooMany` is thrown. */
  find(token: string): Promise<Session | null>
}

/** As whom a key acts: it is no staff number. */
const nameOf = (keyId: string) => `api-${keyId.slice(0, 8)}`

export function createKeys(db: Db, clock: Clock): Keys {
  const limits = new Map<string, () => boolean>()

  function isTooMuch(keyId: string): boolean {
    const limit = limits.get(keyId) ?? perMinute(clock, MOST_A_MINUTE)
    limits.set(keyId, limit)
    return limit()
  }

  return {
    async add({ unit, name }, by) {
      const at = clock.now()
      const keyId = randomUUID()
      const secret = randomBytes(SECRET_BYTES).toString('base64url')
      const isThere = await db.tx('sanxin_desk', (sql) => unitExists(sql, unit))
      if (!isThere) return fail('invalidInput', 'unit')
      await db.tx('sanxin_people', async (sql) => {
        await keys.insertKey(sql, { keyId, secretHash: hashSecret(secret), unit, name, at, by })
        const record = { at, actor: by, place: null, object: keyId, detail: { unit } }
        await appendAudit(sql, { ...record, action: 'key.added' })
      })
      return ok({ keyId, key: `sxk_${keyId.replaceAll('-', '')}_${secret}` })
    },
    revoke: (keyId, by) =>
      db.tx('sanxin_people', async (sql) => {
        const at = clock.now()
        const revoked = await keys.revokeKey(sql, keyId, at)
        if (revoked) await appendAudit(sql, { at, actor: by, place: null, action: 'key.revoked', object: keyId })
        return revoked
      }),
    list: () => db.tx('sanxin_people', keys.selectKeys),
    async find(token) {
      const [, hex, secret] = shape.exec(token) ?? []
      if (hex === undefined || secret === undefined) return null
      const tokenHash = hashSecret(secret)
      const holder = await db.tx('sanxin_gate', (sql) => keys.selectKeyHolder(sql, withHyphens(hex), tokenHash))
      if (holder === null) return null
      const { keyId, unit, name } = holder
      if (isTooMuch(keyId)) throw new Refusal('tooMany')
      const at = { deviceId: null, storeId: null, expiresAt: Number.MAX_SAFE_INTEGER }
      return { tokenHash, staffNo: nameOf(keyId), name, role: 'unitMember', unit, keyId, ...at }
    },
  }
}
