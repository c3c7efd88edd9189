import type { CaseRecord } from '../../shared/case/case-record.ts'
import { badRatings } from '../../shared/case/owed.ts'
import type { CaseState } from '../../shared/case/case-step.ts'
import type { Tx } from '../db/db.ts'

/** Role sanxin_desk, but where it is said. */

/** `callerId` null: who opened the case is asked. */
export type OpenAsk = { readonly askId: string; readonly caseId: string; readonly callerId: string | null }

/** The question of a token, held until the end of the transaction; null where it is none, was answered or is too old. */
export async function selectAskOf(sql: Tx, tokenHash: string, now: number): Promise<OpenAsk | null> {
  const [row] = await sql.query<OpenAsk>(
    `select ask_id as "askId", case_id as "caseId", caller_id as "callerId" from rating_asks join rating_tokens using (ask_id)
     where token_hash = $1::text and used_at is null and expires_at > $2::bigint for update of rating_asks`,
    [tokenHash, now],
  )
  return row ?? null
}

/** The newest question that whoever has this number was asked, held likewise. */
export async function selectAskOfNumber(sql: Tx, phoneKey: string, now: number): Promise<OpenAsk | null> {
  const [row] = await sql.query<OpenAsk>(
    `select ask_id as "askId", case_id as "caseId", caller_id as "callerId" from rating_asks
     where phone_key = $1::text and used_at is null and expires_at > $2::bigint order by at desc limit 1 for update`,
    [phoneKey, now],
  )
  return row ?? null
}

export async function useAsk(sql: Tx, askId: string, now: number): Promise<void> {
  await sql.query('update rating_asks set used_at = $2::bigint where ask_id = $1::uuid', [askId, now])
}

/** What came of a message from a citizen that came before; null for one that is new. */
export async function selectInbound(sql: Tx, id: string): Promise<string | null> {
  const [row] = await sql.query<{ outcome: string }>('select outcome from messages_inbound where id = $1::text', [id])
  return row?.outcome ?? null
}

export async function insertInbound(sql: Tx, id: string, at: number, outcome: string): Promise<void> {
  await sql.query('insert into messages_inbound (id, at, outcome) values ($1::text, $2::bigint, $3::text)', [
    id,
    at,
    outcome,
  ])
}

/** Whoever rated badly is on the list until she was spoken with; in the transaction of the step. */
export async function noteVisitsOwed(sql: Tx, before: CaseRecord | null, after: CaseRecord, at: number): Promise<void> {
  const [were, are] = [before === null ? [] : badRatings(before), badRatings(after)].map((some) => JSON.stringify(some))
  if (were === are) return
  const bad = `json_to_recordset($2::text::json) as bad("callerId" uuid, rating int)`
  await sql.query(
    `delete from ratings_owed o where case_id = $1::uuid
       and not exists (select from ${bad} where "callerId" is not distinct from o.caller_id)`,
    [after.caseId, are ?? '[]'],
  )
  await sql.query(
    `insert into ratings_owed (case_id, caller_id, rating, at)
     select $1::uuid, "callerId", rating, $3::bigint from ${bad} on conflict do nothing`,
    [after.caseId, are ?? '[]', at],
  )
}

/** A case whose citizen rated it badly, at a time in ms; `phoneKey` is '' where no number was presented. */
export type OwedVisit = {
  readonly phoneKey: string
  readonly secret: boolean
  readonly caseId: string
  readonly callerId: string | null
  readonly caseNo: string
  readonly state: CaseState
  readonly rating: number
  readonly at: number
}

/** Role sanxin_outbox. The oldest cases of which a visit is owed. */
export function selectOwedVisits(sql: Tx, limit: number): Promise<OwedVisit[]> {
  return sql.query<OwedVisit>(
    `select o.case_id as "caseId", o.caller_id as "callerId", case_no as "caseNo", state, rating, at,
       coalesce(phone_key, '') as "phoneKey",
       c.secret or coalesce(k.kind = 'report', false) as secret
     from ratings_owed o join cases c on c.case_id = o.case_id
     left join case_callers k on k.case_id = o.case_id and k.caller_id = o.caller_id
     left join callers p on p.caller_id = coalesce(k.who, o.caller_id, c.caller_id)
     order by at, o.case_id, o.caller_id limit $1::int`,
    [limit],
  )
}
