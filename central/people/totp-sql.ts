/** Role: sanxin_people; no other reads or writes these two columns. */
import type { Tx } from '../db/db.ts'

/** A secret as it stands: sealed, or in clear where no node has started since there were keys. */
export type StoredSecret = { readonly staffNo: string; readonly stored: string }

/** All secrets, held until the end of the transaction. */
export function selectTotpSecrets(sql: Tx): Promise<StoredSecret[]> {
  return sql.query<StoredSecret>(
    `select staff_no as "staffNo", totp_secret as stored from staff
     where totp_secret is not null order by staff_no for no key update`,
  )
}

/** The same secret in other words: which codes were used stays. */
export async function replaceTotpSecret(
  sql: Tx,
  { staffNo, stored, fresh }: StoredSecret & { readonly fresh: string },
): Promise<void> {
  await sql.query('update staff set totp_secret = $3::text where staff_no = $1::text and totp_secret = $2::text', [
    staffNo,
    stored,
    fresh,
  ])
}

/** A new secret, of which no code was used yet; false where nobody has the number. */
export async function updateTotpSecret(sql: Tx, staffNo: string, totpSecret: string): Promise<boolean> {
  const rows = await sql.query(
    'update staff set totp_secret = $2::text, totp_last_step = null where staff_no = $1::text returning staff_no',
    [staffNo, totpSecret],
  )
  return rows.length > 0
}

/** Gives a secret to who has none; changes no other. */
export async function giveTotpSecret(sql: Tx, staffNo: string, totpSecret: string): Promise<void> {
  await sql.query('update staff set totp_secret = $2::text where staff_no = $1::text and totp_secret is null', [
    staffNo,
    totpSecret,
  ])
}

export type StepClaim = { readonly staffNo: string; readonly totpSecret: string; readonly step: number }

/** Takes the code of a step, once; false where it or a later one was taken, or the secret is another by now. */
export async function claimStep(sql: Tx, { staffNo, totpSecret, step }: StepClaim): Promise<boolean> {
  const rows = await sql.query(
    `update staff set totp_last_step = $3::bigint
     where staff_no = $1::text and totp_secret = $2::text and (totp_last_step is null or totp_last_step < $3::bigint)
     returning staff_no`,
    [staffNo, totpSecret, step],
  )
  return rows.length > 0
}
