import type { Tx } from '../db/db.ts'

/** Role sanxin_outbox, but where it is said. */

export type Addressee = {
  readonly caseNo: string
  /** Nothing is told of the matter. */
  readonly secret: boolean
  /** '' where no number was presented. */
  readonly phoneKey: string
  /** She wants no messages. */
  readonly unwanted: boolean
}

/** Who raised a case, or somebody who called besides, as it stands now; under the number that she was told. Null where she left it. */
export async function selectAddressee(
  sql: Tx,
  caseId: string,
  besides: { readonly callerId: string; readonly from: string | null } | null,
): Promise<Addressee | null> {
  const [row] = await sql.query<Addressee>(
    `select coalesce((select case_no from cases where case_id = $3::uuid), case_no) as "caseNo",
       coalesce(k.kind = 'report', false) or cases.secret as secret, phone_key as "phoneKey",
       exists (select from no_messages where no_messages.phone_key = callers.phone_key) as unwanted
     from cases left join case_callers k on k.case_id = cases.case_id and k.caller_id = $2::uuid
     join callers on callers.caller_id = coalesce(k.who, $2::uuid, cases.caller_id)
     where cases.case_id = $1::uuid and k.left_at is null`,
    [caseId, besides?.callerId ?? null, besides?.from ?? null],
  )
  return row ?? null
}

export type Ask = {
  readonly askId: string
  readonly caseId: string
  /** Who called besides; null: who opened the case. */
  readonly callerId: string | null
  readonly phoneKey: string
  readonly at: number
  readonly expiresAt: number
}

/** She is asked to rate; asked again by the same message it is the same question. */
export async function insertAsk(sql: Tx, { askId, caseId, callerId, phoneKey, at, expiresAt }: Ask): Promise<void> {
  await sql.query(
    `insert into rating_asks (ask_id, case_id, phone_key, at, expires_at, caller_id)
     values ($1::uuid, $2::uuid, $3::text, $4::bigint, $5::bigint, $6::uuid) on conflict do nothing`,
    [askId, caseId, phoneKey, at, expiresAt, callerId],
  )
}

export async function insertRateToken(sql: Tx, tokenHash: string, askId: string): Promise<void> {
  await sql.query('insert into rating_tokens (token_hash, ask_id) values ($1::text, $2::uuid)', [tokenHash, askId])
}

/** She wants no messages from now on. False where that was known. */
export async function insertNoMessages(sql: Tx, phoneKey: string, at: number, by: string | null): Promise<boolean> {
  const rows = await sql.query(
    `insert into no_messages (phone_key, at, by) values ($1::text, $2::bigint, $3::text)
     on conflict do nothing returning at`,
    [phoneKey, at, by],
  )
  return rows.length > 0
}

/** She wants messages again. False where she never wanted none. */
export async function deleteNoMessages(sql: Tx, phoneKey: string): Promise<boolean> {
  return (await sql.query('delete from no_messages where phone_key = $1::text returning at', [phoneKey])).length > 0
}
