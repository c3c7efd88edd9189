import type { Tx } from '../db/db.ts'

/** Roles sanxin_unit (of the actor's unit alone) and sanxin_people, but where it is said. */

export type NewWebhook = {
  readonly webhookId: string
  /** Null: the platform above. */
  readonly unit: string | null
  readonly url: string
  /** Sealed. */
  readonly secret: string
  /** Null: all that there are. */
  readonly events: readonly string[] | null
  readonly at: number
  readonly by: string
}

export async function insertWebhook(
  sql: Tx,
  { webhookId, unit, url, secret, events, at, by }: NewWebhook,
): Promise<void> {
  await sql.query(
    `insert into webhooks (webhook_id, unit, url, secret, events, created_at, created_by)
     select $1::uuid, $2::text, $3::text, $4::text,
       case when $5::text is null then null else array(select json_array_elements_text($5::text::json)) end,
       $6::bigint, $7::text`,
    [webhookId, unit, url, secret, events === null ? null : JSON.stringify(events), at, by],
  )
}

/** Nothing more is told there; false where there is none such. */
export async function endWebhook(sql: Tx, webhookId: string, unit: string | null, at: number): Promise<boolean> {
  const rows = await sql.query(
    `update webhooks set ended_at = $2::bigint
     where webhook_id = $1::uuid and unit is not distinct from $3::text and ended_at is null returning webhook_id`,
    [webhookId, at, unit],
  )
  return rows.length > 0
}

/** A webhook without its secret; times in ms. */
export type ListedWebhook = {
  readonly webhookId: string
  readonly url: string
  readonly events: string[] | null
  readonly createdAt: number
  /** Since when the centre lets it rest, and what is owed waits; null while it is told. */
  readonly pausedAt: number | null
}

export function selectWebhooks(sql: Tx, unit: string | null): Promise<ListedWebhook[]> {
  return sql.query<ListedWebhook>(
    `select webhook_id as "webhookId", url, array_to_json(events) as events, created_at as "createdAt",
       paused_at as "pausedAt" from webhooks
     where unit is not distinct from $1::text and ended_at is null order by created_at, webhook_id`,
    [unit],
  )
}

/** `secret` as it stands: sealed. */
export type Receiver = { readonly unit: string | null; readonly url: string; readonly secret: string }

/** Role sanxin_outbox. Null where it was ended. */
export async function selectReceiver(sql: Tx, webhookId: string): Promise<Receiver | null> {
  const [row] = await sql.query<Receiver>(
    'select unit, url, secret from webhooks where webhook_id = $1::uuid and ended_at is null',
    [webhookId],
  )
  return row ?? null
}

/** An event of a case, with the units that hear of it. */
export type EventRow = {
  readonly kind: string
  /** What tells it from the other events of its mutation. */
  readonly key: string
  readonly caseId: string
  readonly revision: number
  readonly at: number
  readonly units: readonly string[]
  readonly data: object
}

/**
 * Role sanxin_desk, in the transaction of the fact: one row for each webhook that hears of it. Its id is made of webhook
 * and mutation (shaped as a UUIDv8, RFC 9562 §5.8): a fact that a restore brings back is the same event.
 */
export async function insertDeliveries(sql: Tx, rows: readonly EventRow[], now: number): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into outbox (id, channel, target, kind, case_id, revision, at, data, next_at)
     select overlay(overlay(left(encode(sha256(convert_to(webhook_id || ' ' || key, 'UTF8')), 'hex'), 32)
         placing '8' from 13) placing '8' from 17)::uuid, 'webhook', webhook_id::text, kind, "caseId", revision, at, data, $2::bigint
     from json_to_recordset($1::text::json) as fresh(kind text, key text, "caseId" uuid, revision int, at bigint,
       units text[], data json)
     join webhooks on ended_at is null and (unit is null or unit = any (units)) and (events is null or kind = any (events))
     on conflict do nothing`,
    [JSON.stringify(rows), now],
  )
}
