/** Whether what stands sealed can be opened here, and how it comes under the key that seals. */
import type { Db, Tx } from '../db/db.ts'
import { isSealed, SecretUnreadable, type Seal } from './seal.ts'
import { KEYS_FILE_VARIABLE, KEYS_VARIABLE } from './secret-keys.ts'
import { replaceTotpSecret, selectTotpSecrets } from './totp-sql.ts'
import { replaceWebhookSecret, secretOwner, selectWebhookSecrets } from '../webhooks/secret.ts'

/** Central must not start: whoever needs a second factor could not sign in, and no event could be signed. Its words are for who starts it. */
export class SecretsRefused extends Error {
  readonly code = 'secretsRefused'
}

/** How many secrets there are, and how many of them were sealed now. */
export type Settled = { readonly secrets: number; readonly sealed: number }

function refuse(missing: ReadonlySet<string>): never {
  const why = [...missing].join('; ')
  throw new SecretsRefused(
    `数据库中有动态验证码密钥或推送密钥，但 ${KEYS_VARIABLE} 中没有能打开它们的密钥 · the database holds second factors or secrets of webhooks that no key in ` +
      `${KEYS_VARIABLE} opens: ${why}. 恢复原来的密钥再启动 · start with the keys as they were (central/README.md: People).`,
  )
}

/** There never was a key: what stands is of before there were any. */
function askForKey(): never {
  throw new SecretsRefused(
    `数据库中有动态验证码密钥或推送密钥，须先设置密钥才能启动 · the database holds second factors or secrets of webhooks, ` +
      `and central starts with a key only: node central/ops/secret-keys.ts new ID，写入 · into ${KEYS_VARIABLE} ` +
      `或其文件 · or the file of ${KEYS_FILE_VARIABLE} (central/README.md: People).`,
  )
}

/** One that stands, whose it is, and how it is put in other words. */
type Standing = {
  readonly stored: string
  readonly owner: string
  readonly replace: (fresh: string) => Promise<void>
}

async function selectStanding(sql: Tx): Promise<Standing[]> {
  const factors = (await selectTotpSecrets(sql)).map(({ staffNo, stored }) => ({
    ...{ stored, owner: staffNo },
    replace: (fresh: string) => replaceTotpSecret(sql, { staffNo, stored, fresh }),
  }))
  const webhooks = (await selectWebhookSecrets(sql)).map(({ webhookId, stored }) => ({
    ...{ stored, owner: secretOwner(webhookId) },
    replace: (fresh: string) => replaceWebhookSecret(sql, webhookId, stored, fresh),
  }))
  return [...factors, ...webhooks]
}

async function settle(sql: Tx, seal: Seal, mustMove: (stored: string) => boolean): Promise<Settled> {
  const all = await selectStanding(sql)
  if (all.length > 0 && !seal.canSeal) {
    if (all.every(({ stored }) => !isSealed(stored))) askForKey()
    refuse(new Set(['there is none']))
  }
  const missing = new Set<string>()
  const moving: { readonly one: Standing; readonly fresh: string }[] = []
  for (const one of all) {
    const { stored, owner } = one
    try {
      const secret = isSealed(stored) ? seal.open(stored, owner) : stored
      if (mustMove(stored)) moving.push({ one, fresh: seal.seal(secret, owner) })
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error
      missing.add(error.message)
    }
  }
  if (missing.size > 0) refuse(missing)
  for (const { one, fresh } of moving) await one.replace(fresh)
  return { secrets: all.length, sealed: moving.length }
}

/** Seals what stands in clear, from before there were keys; throws SecretsRefused where something cannot be opened. */
export const settleSecrets = (db: Db, seal: Seal) =>
  db.tx('sanxin_people', (sql) => settle(sql, seal, (stored) => !isSealed(stored)))

/** Seals everything under the first key, all or nothing: the others may go then. */
export const resealSecrets = (db: Db, seal: Seal) =>
  db.tx('sanxin_people', (sql) => settle(sql, seal, (stored) => !seal.isCurrent(stored)))
