/** Whether what stands sealed can be opened here, and how it comes under the key that seals. */
import type { Db, Tx } from '../db/db.ts'
import { isSealed, SecretUnreadable, type Seal } from './seal.ts'
import { KEYS_VARIABLE } from './secret-keys.ts'
import { replaceTotpSecret, selectTotpSecrets, type StoredSecret } from './totp-sql.ts'

/** Central must not start: whoever needs a second factor could not sign in. Its words are for who starts it. */
export class SecretsRefused extends Error {
  readonly code = 'secretsRefused'
}

/** How many secrets there are, and how many of them were sealed now. */
export type Settled = { readonly secrets: number; readonly sealed: number }

function refuse(missing: ReadonlySet<string>): never {
  const why = [...missing].join('; ')
  throw new SecretsRefused(
    `数据库中有动态验证码密钥，但 ${KEYS_VARIABLE} 中没有能打开它们的密钥 · the database holds second factors that no key in ` +
      `${KEYS_VARIABLE} opens: ${why}. 恢复原来的密钥再启动 · start with the keys as they were (central/README.md: People).`,
  )
}

async function settle(sql: Tx, seal: Seal, mustMove: (stored: string) => boolean): Promise<Settled> {
  const all = await selectTotpSecrets(sql)
  if (all.length > 0 && !seal.canSeal) refuse(new Set(['there is none']))
  const missing = new Set<string>()
  const moving: (StoredSecret & { readonly fresh: string })[] = []
  for (const { staffNo, stored } of all) {
    try {
      const secret = isSealed(stored) ? seal.open(stored, staffNo) : stored
      if (mustMove(stored)) moving.push({ staffNo, stored, fresh: seal.seal(secret, staffNo) })
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error
      missing.add(error.message)
    }
  }
  if (missing.size > 0) refuse(missing)
  for (const one of moving) await replaceTotpSecret(sql, one)
  return { secrets: all.length, sealed: moving.length }
}

/** Seals what stands in clear, from before there were keys; throws SecretsRefused where something cannot be opened. */
export const settleSecrets = (db: Db, seal: Seal) =>
  db.tx('sanxin_people', (sql) => settle(sql, seal, (stored) => !isSealed(stored)))

/** Seals everything under the first key, all or nothing: the others may go then. */
export const resealSecrets = (db: Db, seal: Seal) =>
  db.tx('sanxin_people', (sql) => settle(sql, seal, (stored) => !seal.isCurrent(stored)))
