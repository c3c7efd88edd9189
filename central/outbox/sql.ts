import type { MessageKind } from '../../shared/case/message-kind.ts'
import type { Tx } from '../db/db.ts'
import type { Carried, Channel, Owed } from './carrier.ts'

export type NewOwed = Omit<Owed, 'tries'> & { readonly channel: Channel }

/** Role sanxin_desk, in the transaction of the fact. Messages only where the centre has a gateway; what is there stays. */
export async function insertMessages(sql: Tx, owed: readonly NewOwed[], now: number): Promise<void> {
  if (owed.length === 0) return
  await sql.query(
    `insert into outbox (id, channel, target, kind, case_id, revision, at, data, next_at, to_caller)
     select id, channel, target, kind, "caseId", revision, at, data, $2::bigint, (data -> 'to' ->> 'callerId')::uuid
     from json_to_recordset($1::text::json) as fresh(id uuid, channel text, target text, kind text, "caseId" uuid,
       revision int, at bigint, data json)
     where (select messages from outbox_channels)
     on conflict do nothing`,
    [JSON.stringify(owed), now],
  )
}

/** A message that had gone, or was on its way at this moment, to somebody who called about a case besides. */
export type SentTo = { readonly callerId: string; readonly kind: MessageKind }

/**
 * Role sanxin_desk, in the transaction in which these callers leave the case: they are told nothing more of it. What a
 * node is trying at this moment may arrive all the same, but is not tried again. Answers what they have by then.
 */
export function withdrawMessages(
  sql: Tx,
  caseId: string,
  callerIds: readonly string[],
  now: number,
): Promise<SentTo[]> {
  return sql.query<SentTo>(
    `with theirs as (
       select id, kind, to_caller, revision, status, status = 'pending' and leased_until > $3::bigint as trying
       from outbox where channel = 'message' and case_id = $1::uuid
         and to_caller in (select value::uuid from json_array_elements_text($2::text::json)) for update
     ), withdrawn as (
       update outbox set status = 'withdrawn', reason = 'left', done_at = $3::bigint, data = null
       from theirs where outbox.id = theirs.id and theirs.status in ('pending', 'dead', 'byVoice')
     )
     select to_caller as "callerId", kind from theirs where trying or status = 'sent' order by revision, kind`,
    [caseId, JSON.stringify(callerIds), now],
  )
}

/** Role sanxin_desk. Whether this centre sends messages to citizens, and whether any system outside hears of cases. */
export async function selectReceivers(sql: Tx): Promise<{ readonly messages: boolean; readonly webhooks: boolean }> {
  const [row] = await sql.query<{ messages: boolean; webhooks: boolean }>(
    'select messages, exists (select from webhooks where ended_at is null) as webhooks from outbox_channels',
  )
  return row ?? { messages: false, webhooks: false }
}

/** Role owner. Whether this centre sends messages. */
export async function updateChannels(sql: Tx, messages: boolean): Promise<void> {
  await sql.query('update outbox_channels set messages = $1::boolean where messages <> $1::boolean', [messages])
}

// All below: role sanxin_outbox -----------------------------------------------------------------------------------

/** What may be tried now: due, nobody's, of its case and receiver the first, and of no receiver that is paused. */
const free = `o.status = 'pending' and o.next_at <= $1::bigint and o.leased_until <= $1::bigint and not exists (
  select from outbox e where e.channel = o.channel and e.target = o.target and e.case_id = o.case_id
    and e.revision < o.revision and e.status = 'pending')
  and not exists (select from webhooks w
    where o.channel = 'webhook' and w.webhook_id::text = o.target and w.paused_at is not null)`

/** The receivers for whom there is something to be tried now. */
export function selectTargets(
  sql: Tx,
  now: number,
  of: readonly Channel[],
): Promise<{ channel: Channel; target: string }[]> {
  return sql.query(
    `select distinct channel, target from outbox o
     where channel in (select value from json_array_elements_text($2::text::json)) and ${free} order by 1, 2`,
    [now, JSON.stringify(of)],
  )
}

export type Lease = { readonly lease: string; readonly now: number; readonly until: number; readonly most: number }

/** Takes some of one receiver, the oldest first; what another node holds is left to it. Each is one try. */
export function leaseOwed(
  sql: Tx,
  { channel, target }: { readonly channel: Channel; readonly target: string },
  { lease, now, until, most }: Lease,
): Promise<Owed[]> {
  return sql.query<Owed>(
    `with taken as (
       select o.id from outbox o where channel = $2::text and target = $3::text and ${free}
       order by o.next_at, o.revision limit $4::int for update skip locked
     )
     update outbox set lease = $5::uuid, leased_until = $6::bigint, tries = tries + 1
     from taken where outbox.id = taken.id
     returning outbox.id, target, kind, case_id as "caseId", revision, at, data, tries`,
    [now, channel, target, most, lease, until],
  )
}

export type Outcome = { readonly id: string; readonly lease: string; readonly now: number }

/** It is over: taken, or not to be sent. False where another node has it by now, or it was withdrawn and did not arrive. */
export async function endOwed(
  sql: Tx,
  { id, lease, now }: Outcome,
  { status, reason }: { readonly status: string; readonly reason: string | null },
): Promise<boolean> {
  const rows = await sql.query(
    `update outbox set status = $3::text, reason = $4::text, done_at = $5::bigint, leased_until = 0,
       data = case when $3::text in ('sent', 'skipped') then null else data end
     where id = $1::uuid and lease = $2::uuid
       and (status = 'pending' or (status = 'withdrawn' and $3::text = 'sent')) returning id`,
    [id, lease, status, reason, now],
  )
  return rows.length > 0
}

/** It is tried again from then on. */
export async function delayOwed(sql: Tx, { id, lease }: Outcome, reason: string, nextAt: number): Promise<boolean> {
  const rows = await sql.query(
    `update outbox set reason = $3::text, next_at = $4::bigint, leased_until = 0
     where id = $1::uuid and lease = $2::uuid and status = 'pending' returning id`,
    [id, lease, reason, nextAt],
  )
  return rows.length > 0
}

/** One that is owed by other means; times in ms. */
export type ListedOwed = {
  readonly id: string
  readonly kind: string
  readonly caseId: string
  readonly caseNo: string
  readonly at: number
  readonly tries: number
  readonly reason: string | null
  readonly doneAt: number | null
}

/**
 * What is dead, or owed by voice, the oldest first; `target` null: of all receivers. An answer is owed by voice until the
 * return visit: without one the case is not settled.
 */
export function selectOwed(
  sql: Tx,
  { channel, status, target }: { readonly channel: Channel; readonly status: string; readonly target: string | null },
  limit: number,
): Promise<ListedOwed[]> {
  return sql.query<ListedOwed>(
    `select id, o.kind, case_id as "caseId", case_no as "caseNo", at, tries, reason, done_at as "doneAt"
     from outbox o join cases using (case_id)
     where channel = $1::text and o.status = $2::text and ($3::text is null or target = $3::text)
       and (o.status <> 'byVoice' or o.kind <> 'answered' or state = 'answered')
     order by at, id limit $4::int`,
    [channel, status, target, limit],
  )
}

type Named = { readonly channel: Channel; readonly id: string; readonly target: string | null }

/** Whether a newer message of its kind for the same person stands in the place of `o`: what it says holds no more. */
export const isSuperseded = `(o.channel = 'message' and exists (select from outbox newer
  where newer.channel = 'message' and newer.case_id = o.case_id and newer.kind = o.kind and newer.revision > o.revision
    and newer.to_caller is not distinct from o.to_caller))`

/** What became of a wish to try one again; `notDead` where none such is dead. */
export type Revived = 'revived' | 'superseded' | 'notDead'

/** A dead one is to be tried again, from the start, unless a newer one says what holds by now. */
export async function reviveOwed(sql: Tx, { channel, id, target }: Named, now: number): Promise<Revived> {
  const [row] = await sql.query<{ superseded: boolean }>(
    `with dead as (
       select id, ${isSuperseded} as superseded from outbox o
       where channel = $1::text and id = $2::uuid and status = 'dead' and ($4::text is null or target = $4::text) for update
     ), revived as (
       update outbox set status = 'pending', tries = 0, next_at = $3::bigint, leased_until = 0, done_at = null
       from dead where outbox.id = dead.id and not superseded
     )
     select superseded from dead`,
    [channel, id, now, target],
  )
  if (row === undefined) return 'notDead'
  return row.superseded ? 'superseded' : 'revived'
}

/** A person has told her, or says that nobody must; false where it is not owed. */
export async function settleOwed(
  sql: Tx,
  { channel, id }: Named,
  { at, by, reason }: { readonly at: number; readonly by: string; readonly reason: string },
): Promise<boolean> {
  const rows = await sql.query(
    `update outbox set status = 'settled', done_at = $3::bigint, settled_by = $4::text, reason = $5::text, data = null
     where channel = $1::text and id = $2::uuid and status in ('dead', 'byVoice') returning id`,
    [channel, id, at, by, reason],
  )
  return rows.length > 0
}

/** What a carrier says as it stands in the table. */
export const statusOf = { sent: 'sent', byVoice: 'byVoice', skipped: 'skipped', failed: 'dead' } as const satisfies {
  readonly [B in Carried['became']]: string
}
