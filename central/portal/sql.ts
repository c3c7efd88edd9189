import type { Deputy, Draft, DraftKind, Member, Returned, Signer } from '../../shared/unit/unit-page.ts'
import type { Tx } from '../db/db.ts'

/** All of these: role sanxin_unit, for the person whom the transaction serves; the policies leave hers alone. */

/** Her words on a case. */
export function selectDrafts(sql: Tx, caseId: string): Promise<Draft[]> {
  return sql.query<Draft>(
    `select kind, text, changed_at as "changedAt" from unit_drafts where case_id = $1::uuid order by kind`,
    [caseId],
  )
}

export type NewDraft = Draft & { readonly staffNo: string; readonly caseId: string }

/** Keeps her words; false where the case is not there for her (any more). */
export async function upsertDraft(sql: Tx, { staffNo, caseId, kind, text, changedAt }: NewDraft): Promise<boolean> {
  const rows = await sql.query(
    `insert into unit_drafts (staff_no, case_id, kind, text, changed_at)
     select $1::text, case_id, $3::text, $4::text, $5::bigint from cases where case_id = $2::uuid
     on conflict (staff_no, case_id, kind) do update set text = excluded.text, changed_at = excluded.changed_at
     returning kind`,
    [staffNo, caseId, kind, text, changedAt],
  )
  return rows.length > 0
}

export async function deleteDraft(sql: Tx, caseId: string, kind: DraftKind): Promise<void> {
  await sql.query('delete from unit_drafts where case_id = $1::uuid and kind = $2::text', [caseId, kind])
}

/** Role sanxin_desk: what somebody said by a step is no draft any more. */
export async function deleteDraftOf(sql: Tx, staffNo: string, caseId: string, kind: DraftKind): Promise<void> {
  await sql.query('delete from unit_drafts where staff_no = $1::text and case_id = $2::uuid and kind = $3::text', [
    staffNo,
    caseId,
    kind,
  ])
}

/** Role sanxin_desk: whatever anybody had begun to write on a case. */
export async function deleteDraftsOf(sql: Tx, caseId: string): Promise<void> {
  await sql.query('delete from unit_drafts where case_id = $1::uuid', [caseId])
}

export function selectReturned(sql: Tx, most: number): Promise<Returned[]> {
  return sql.query<Returned>(
    `select case_id as "caseId", case_no as "caseNo", kind, at, by, reason from unit_returned($1::int)`,
    [most],
  )
}

export function selectSigners(sql: Tx): Promise<Signer[]> {
  return sql.query<Signer>(
    `select case_id as "caseId", staff_no as "staffNo", name, due, amber, supervised > 0 as supervised
     from unit_signers() join cases using (case_id)`,
  )
}

/** How many of the unit's cases that are not answered yet the centre supervises. */
export async function countSupervised(sql: Tx): Promise<number> {
  const [row] = await sql.query<{ cases: number }>(
    `select count(*)::int as cases from cases where supervised > 0 and state in ('toSign', 'inHand')`,
  )
  return row?.cases ?? 0
}

export function selectMembers(sql: Tx): Promise<Member[]> {
  return sql.query<Member>('select staff_no as "staffNo", name from unit_members()')
}

export function selectDeputies(sql: Tx): Promise<Deputy[]> {
  return sql.query<Deputy>(
    `select staff_no as "staffNo", deputy, from_day as "fromDay", until_day as "untilDay" from deputies
     order by staff_no`,
  )
}

export async function upsertDeputy(
  sql: Tx,
  one: Deputy & { readonly unit: string; readonly at: number },
): Promise<void> {
  const { staffNo, deputy, unit, fromDay, untilDay, at } = one
  await sql.query(
    `insert into deputies (staff_no, deputy, unit, from_day, until_day, set_at)
     values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::bigint)
     on conflict (staff_no) do update set deputy = excluded.deputy, unit = excluded.unit,
       from_day = excluded.from_day, until_day = excluded.until_day, set_at = excluded.set_at`,
    [staffNo, deputy, unit, fromDay, untilDay, at],
  )
}

export async function deleteDeputy(sql: Tx, staffNo: string): Promise<void> {
  await sql.query('delete from deputies where staff_no = $1::text', [staffNo])
}
