/** Secrets of webhooks as they stand in the database: sealed, bound to the webhook whose they are (rules W3.4). */
import type { Tx } from '../db/db.ts'
import type { Seal } from '../people/seal.ts'

/** No staff number has a space: what was put beside a person opens nothing. */
export const secretOwner = (webhookId: string): string => `webhook ${webhookId}`

export const sealSecret = (seal: Seal, secret: string, webhookId: string): string =>
  seal.seal(secret, secretOwner(webhookId))

/** Throws SecretUnreadable. */
export const openSecret = (seal: Seal, stored: string, webhookId: string): string =>
  seal.open(stored, secretOwner(webhookId))

export type StoredWebhookSecret = { readonly webhookId: string; readonly stored: string }

/** Role sanxin_people. The secrets that are still in use, held until the end of the transaction. */
export function selectWebhookSecrets(sql: Tx): Promise<StoredWebhookSecret[]> {
  return sql.query<StoredWebhookSecret>(
    'select webhook_id as "webhookId", secret as stored from webhooks where ended_at is null order by webhook_id for no key update',
  )
}

/** Role sanxin_people. The same secret in other words. */
export async function replaceWebhookSecret(sql: Tx, webhookId: string, stored: string, fresh: string): Promise<void> {
  await sql.query('update webhooks set secret = $3::text where webhook_id = $1::uuid and secret = $2::text', [
    webhookId,
    stored,
    fresh,
  ])
}
