import type { MutationAnswer } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'

type AnswerRow = { status: MutationAnswer['status']; code: string | null; revision: number | null }

/** The answer that a mutation was given before, or null. */
export async function selectAnswer(sql: Tx, id: string): Promise<Omit<MutationAnswer, 'id'> | null> {
  const [row] = await sql.query<AnswerRow>('select status, code, revision from mutations where id = $1::uuid', [id])
  if (row === undefined) return null
  const { status, code, revision } = row
  return { status, ...(code === null ? {} : { code }), ...(revision === null ? {} : { revision }) }
}

export type MutationRow = {
  id: string
  storeId: string
  deviceId: string
  author: string | null
  sessionId: string | null
  /** Whether the session was seen to be the author's, at this device. */
  sessionChecked: boolean
  at: number | null
  receivedAt: number
  kind: string | null
  caseId: string | null
  status: MutationAnswer['status']
  code: string | null
  revision: number | null
  seenRevision: number | null
}

export async function insertMutation(sql: Tx, row: MutationRow): Promise<void> {
  await sql.query(
    `insert into mutations (id, store_id, device_id, author, at, received_at, kind, case_id, status, code, revision, seen_revision,
       session_id, session_checked)
     values ($1::uuid, $2::uuid, $3::uuid, $4::text, $5::bigint, $6::bigint, $7::text, $8::uuid, $9::text, $10::text, $11::int, $12::int,
       $13::uuid, $14::boolean)`,
    [
      row.id,
      row.storeId,
      row.deviceId,
      row.author,
      row.at,
      row.receivedAt,
      row.kind,
      row.caseId,
      row.status,
      row.code,
      row.revision,
      row.seenRevision,
      row.sessionId,
      row.sessionChecked,
    ],
  )
}

/** Keeps what could not be applied word for word, as the JSON that came. */
export async function insertQuarantine(sql: Tx, id: string, reason: string, raw: string): Promise<void> {
  await sql.query('insert into quarantine (mutation_id, reason, raw) values ($1::uuid, $2::text, $3::text)', [
    id,
    reason,
    raw,
  ])
}

/** What the author of an earlier mutation on the case, from the same desk, had seen of others' work; null if unknown. */
export async function selectSeen(sql: Tx, id: string, caseId: string, storeId: string): Promise<number | null> {
  const [row] = await sql.query<{ seen: number | null }>(
    `select seen_revision as seen from mutations where id = $1::uuid and case_id = $2::uuid and store_id = $3::uuid`,
    [id, caseId, storeId],
  )
  return row?.seen ?? null
}

/** Whose a session is and at which device; null for one that is not known here. Sessions are kept after their end. */
export async function selectSessionAuthor(
  sql: Tx,
  sessionId: string,
): Promise<{ staffNo: string; deviceId: string } | null> {
  const [row] = await sql.query<{ staffNo: string; deviceId: string }>(
    'select staff_no as "staffNo", device_id as "deviceId" from sessions where session_id = $1::uuid',
    [sessionId],
  )
  return row ?? null
}
