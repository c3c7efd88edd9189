import type { Attachment } from '../../shared/unit/attachment.ts'
import type { Tx } from '../db/db.ts'

const columns = `attachment_id as "attachmentId", unit, staff_no as "staffNo", name, type, size, at, sent_at as "sentAt"`

/** Role sanxin_reader: the files of a case that the reader may see, the oldest first, without their bytes. */
export function selectAttachments(sql: Tx, caseId: string): Promise<Attachment[]> {
  return sql.query<Attachment>(
    `select ${columns} from attachments where case_id = $1::uuid order by at, attachment_id`,
    [caseId],
  )
}

/** Role sanxin_reader: one of them with its bytes, in base64; null where there is none to see. */
export async function selectAttachment(
  sql: Tx,
  caseId: string,
  attachmentId: string,
): Promise<(Attachment & { readonly data: string }) | null> {
  const [row] = await sql.query<Attachment & { data: string }>(
    `select ${columns}, encode(data, 'base64') as data from attachments
     where case_id = $1::uuid and attachment_id = $2::uuid`,
    [caseId, attachmentId],
  )
  return row ?? null
}

export type NewAttachment = Omit<Attachment, 'sentAt'> & {
  readonly caseId: string
  readonly sha256: string
  /** In base64: the adapters send text. */
  readonly data: string
}

/** Role sanxin_unit: a file of this id that the unit added to this case; null for none. */
export async function selectHash(sql: Tx, caseId: string, attachmentId: string): Promise<string | null> {
  const [row] = await sql.query<{ sha256: string }>(
    'select sha256 from attachments where case_id = $1::uuid and attachment_id = $2::uuid',
    [caseId, attachmentId],
  )
  return row?.sha256 ?? null
}

/** Role sanxin_unit: how many files the unit has added to a case; null where the case is none of its. */
export async function countAttachments(sql: Tx, caseId: string): Promise<number | null> {
  const [row] = await sql.query<{ files: number }>(
    `select (select count(*)::int from attachments where attachments.case_id = cases.case_id) as files
     from cases where case_id = $1::uuid`,
    [caseId],
  )
  return row?.files ?? null
}

/** Role sanxin_unit. False where the id is taken, by whomever. */
export async function insertAttachment(sql: Tx, file: NewAttachment): Promise<boolean> {
  const { attachmentId, caseId, unit, staffNo, name, type, size, sha256, data, at } = file
  const rows = await sql.query(
    `insert into attachments (attachment_id, case_id, unit, staff_no, name, type, size, sha256, data, at)
     values ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::int, $8::text,
       decode($9::text, 'base64'), $10::bigint)
     on conflict do nothing returning attachment_id`,
    [attachmentId, caseId, unit, staffNo, name, type, size, sha256, data, at],
  )
  return rows.length > 0
}

/** Role sanxin_unit. Takes a file back that was not sent; false where there is none such. */
export async function deleteAttachment(sql: Tx, caseId: string, attachmentId: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from attachments where case_id = $1::uuid and attachment_id = $2::uuid returning attachment_id',
    [caseId, attachmentId],
  )
  return rows.length > 0
}

/** Role sanxin_desk: the unit's files go along with its step. */
export async function sendAttachments(sql: Tx, caseId: string, unit: string, at: number): Promise<void> {
  await sql.query(
    `update attachments set sent_at = $3::bigint
     where case_id = $1::uuid and unit = $2::text and sent_at is null`,
    [caseId, unit, at],
  )
}

/** Role sanxin_desk: files that went with no step. */
export async function deleteUnsent(sql: Tx, caseId: string): Promise<void> {
  await sql.query('delete from attachments where case_id = $1::uuid and sent_at is null', [caseId])
}
