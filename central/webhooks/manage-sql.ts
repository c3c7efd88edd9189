/** Where events go, as an administrator looks after it. */
import type { EventResult } from '../../shared/admin/systems-page.ts'
import type { Tx } from '../db/db.ts'

/** One that stands, without its secret; times in ms. */
export type ManagedWebhook = {
  readonly webhookId: string
  readonly unit: string | null
  readonly url: string
  readonly events: string[] | null
  readonly createdAt: number
  readonly pausedAt: number | null
}

/** Role sanxin_people. All that stand, the platform's first. */
export function selectManaged(sql: Tx): Promise<ManagedWebhook[]> {
  return sql.query<ManagedWebhook>(
    `select webhook_id as "webhookId", unit, url, array_to_json(events) as events, created_at as "createdAt",
       paused_at as "pausedAt" from webhooks where ended_at is null
     order by unit nulls first, created_at, webhook_id`,
  )
}

/** Role sanxin_people. Pauses one, whoever's it is, or ends the pause (`at` null); false where there is none such. */
export async function updatePaused(sql: Tx, webhookId: string, at: number | null): Promise<boolean> {
  const rows = await sql.query(
    `update webhooks set paused_at = $2::bigint
     where webhook_id = $1::uuid and ended_at is null returning webhook_id`,
    [webhookId, at],
  )
  return rows.length > 0
}

export type Results = { readonly target: string; readonly waiting: number; readonly results: EventResult[] }

/** Role sanxin_outbox. Of each of these receivers how many wait, and what became of the last ones, the newest first. */
export function selectResults(sql: Tx, targets: readonly string[], limit: number): Promise<Results[]> {
  return sql.query<Results>(
    `select target, (select count(*) from outbox w
         where w.channel = 'webhook' and w.target = one.target and w.status = 'pending') as waiting,
       coalesce((select json_agg(last) from (
         select kind, status, reason, tries, done_at as "doneAt" from outbox d
         where d.channel = 'webhook' and d.target = one.target and d.done_at is not null
         order by d.done_at desc limit $2::int) as last), '[]'::json) as results
     from json_array_elements_text($1::text::json) as one(target)`,
    [JSON.stringify(targets), limit],
  )
}
