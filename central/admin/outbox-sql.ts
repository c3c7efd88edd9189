/** Role sanxin_outbox. What is owed still, as people see it who look after it. */
import type { Tx } from '../db/db.ts'
import type { Channel } from '../outbox/carrier.ts'
import { isSuperseded } from '../outbox/sql.ts'

/** One that is owed, with the key of the number that it is for; times in ms. */
export type OwedRow = {
  readonly id: string
  readonly channel: Channel
  readonly kind: string
  readonly caseNo: string
  readonly status: 'dead' | 'pending' | 'byVoice'
  readonly at: number
  readonly tries: number
  readonly reason: string | null
  readonly doneAt: number | null
  readonly nextAt: number | null
  /** '' where no number was presented; null of an event. */
  readonly phoneKey: string | null
  /** She reports something. */
  readonly secret: boolean
  /** A newer one of its kind says what holds by now: it is not sent again. */
  readonly superseded: boolean
  /** Of an event: where it goes to, and of which unit that is. */
  readonly url: string | null
  readonly unit: string | null
}

/** Of who called besides, who she is by now, and whether hers is a report. */
const columns = `o.id, o.channel, o.kind, c.case_no as "caseNo", o.status, o.at, o.tries, o.reason, o.done_at as "doneAt",
  case when o.status = 'pending' then o.next_at end as "nextAt",
  case when o.channel = 'message' then p.phone_key end as "phoneKey",
  coalesce(c.secret, false) or coalesce(k.kind = 'report', false)
    or coalesce(o.data -> 'to' ->> 'report' = 'true', false) as secret, ${isSuperseded} as superseded, w.url, w.unit`
const from = `from outbox o join cases c using (case_id)
  left join case_callers k on k.case_id = o.case_id and k.caller_id = (o.data -> 'to' ->> 'callerId')::uuid
  left join callers p on p.caller_id = coalesce(k.who, (o.data -> 'to' ->> 'callerId')::uuid, c.caller_id)
  left join webhooks w on o.channel = 'webhook' and w.webhook_id::text = o.target`

const ofChannels = (parameter: string) =>
  `o.channel in (select value from json_array_elements_text(${parameter}::text::json))`

/** What is dead, and after that what failed and is tried again by itself; the oldest first. */
export function selectTroubled(sql: Tx, channels: readonly Channel[], limit: number): Promise<OwedRow[]> {
  return sql.query<OwedRow>(
    `select ${columns} ${from} where ${ofChannels('$1')}
       and (o.status = 'dead' or (o.status = 'pending' and o.tries > 0 and o.reason is not null))
     order by o.status, o.at, o.id limit $2::int`,
    [JSON.stringify(channels), limit],
  )
}

/** What somebody must say; an answer until the return visit, for without one the case is not settled. */
export function selectByVoice(sql: Tx, limit: number): Promise<OwedRow[]> {
  return sql.query<OwedRow>(
    `select ${columns} ${from} where o.status = 'byVoice' and (o.kind <> 'answered' or c.state = 'answered')
     order by o.at, o.id limit $1::int`,
    [limit],
  )
}

/** `again`: how many of these can be sent again. */
export type DeadCount = {
  readonly channel: Channel
  readonly kind: string
  readonly number: number
  readonly again: number
}

/** How many are dead, by kind. */
export function countDead(sql: Tx, channels: readonly Channel[]): Promise<DeadCount[]> {
  return sql.query<DeadCount>(
    `select channel, kind, count(*) as number, count(*) filter (where not ${isSuperseded}) as again from outbox o where status = 'dead' and ${ofChannels('$1')}
     group by channel, kind order by channel, kind`,
    [JSON.stringify(channels)],
  )
}

/** All dead ones of a kind are to be tried again, from the start, but those that newer ones stand for; how many there were. */
export async function reviveKind(sql: Tx, channel: Channel, kind: string, now: number): Promise<number> {
  const rows = await sql.query(
    `update outbox o set status = 'pending', tries = 0, next_at = $3::bigint, leased_until = 0, done_at = null
     where channel = $1::text and kind = $2::text and status = 'dead' and not ${isSuperseded} returning id`,
    [channel, kind, now],
  )
  return rows.length
}
