/** What became of what was owed, as it stood last: a restore tells nobody a second time, nor who was to be told no more. */
import type { Tx } from '../db/db.ts'

/** Times in ms. */
export type Done = {
  readonly id: string
  readonly status: string
  readonly reason: string | null
  readonly doneAt: number | null
  readonly settledBy: string | null
}

/** Role: owner. The ids of what is still to be sent, sent again or told by voice. */
export async function selectOwed(sql: Tx): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id::text from outbox where status in ('pending', 'dead', 'byVoice')`,
  )
  return rows.map(({ id }) => id)
}

/** What a restored backup asks of what stood: what became of what it owes, and what was done since it was taken, in ms. */
export type Asked = { readonly owed: readonly string[]; readonly since: number }

/**
 * Role: owner. Those of these that are done, and whatever else was done since; also what an earlier restore knew to be done,
 * of which the desks have not brought why.
 */
export async function selectDone(sql: Tx, { owed, since }: Asked): Promise<Done[]> {
  const [known] = await sql.query<{ is: boolean }>(`select to_regclass('outbox_told') is not null as is`)
  const told = 'select id::text, status, reason, done_at as "doneAt", settled_by as "settledBy" from outbox_told'
  const before = known?.is === true ? await sql.query<Done>(told) : []
  const done = await sql.query<Done>(
    `select id::text, status, reason, done_at as "doneAt", settled_by as "settledBy" from outbox
     where status not in ('pending', 'dead', 'byVoice')
       and (done_at is null or done_at >= $2::bigint
         or id in (select value::uuid from json_array_elements_text($1::text::json)))`,
    [JSON.stringify(owed), since],
  )
  return [...new Map([...before, ...done].map((one) => [one.id, one])).values()]
}

/** Role: owner. They are done here as well: those that are owed here, and those that come once the desks bring why. */
export async function updateDone(sql: Tx, done: readonly Done[]): Promise<void> {
  await sql.query(
    `insert into outbox_told (id, status, reason, done_at, settled_by)
     select id, status, reason, "doneAt", "settledBy" from jsonb_to_recordset($1::text::jsonb)
       as last(id uuid, status text, reason text, "doneAt" bigint, "settledBy" text)
     where not exists (select from outbox where outbox.id = last.id)
     on conflict (id) do nothing`,
    [JSON.stringify(done)],
  )
  await sql.query(
    `update outbox set status = last.status, reason = last.reason, done_at = last."doneAt",
       settled_by = last."settledBy", data = null, lease = null, leased_until = 0
     from jsonb_to_recordset($1::text::jsonb)
       as last(id uuid, status text, reason text, "doneAt" bigint, "settledBy" text)
     where outbox.id = last.id`,
    [JSON.stringify(done)],
  )
}
