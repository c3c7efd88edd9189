/** What became of what was owed, as it stood last: a restore tells nobody a second time, nor who was to be told no more. */
import type { Tx } from '../db/db.ts'

/** Times in ms. */
type Done = {
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

/** Role: owner. Those of these that are done. */
export function selectDone(sql: Tx, owed: readonly string[]): Promise<Done[]> {
  return sql.query<Done>(
    `select id::text, status, reason, done_at as "doneAt", settled_by as "settledBy" from outbox
     where id in (select value::uuid from json_array_elements_text($1::text::json))
       and status not in ('pending', 'dead', 'byVoice')`,
    [JSON.stringify(owed)],
  )
}

/** Role: owner. They are done here as well. */
export async function updateDone(sql: Tx, done: readonly Done[]): Promise<void> {
  await sql.query(
    `update outbox set status = last.status, reason = last.reason, done_at = last."doneAt",
       settled_by = last."settledBy", data = null, lease = null, leased_until = 0
     from jsonb_to_recordset($1::text::jsonb)
       as last(id uuid, status text, reason text, "doneAt" bigint, "settledBy" text)
     where outbox.id = last.id`,
    [JSON.stringify(done)],
  )
}
