/** Files of a unit on a case: added while an answer is written, sent with it, read by who may read the case. */
import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { LARGEST_FILE, MOST_FILES, safeName, typeOfBytes, type Attachment } from '../../shared/unit/attachment.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Reader } from '../cases/service.ts'
import type { Tx } from '../db/db.ts'
import * as files from './attachment-sql.ts'
import type { UnitDeps, UnitSession } from './service.ts'

export type FileInput = {
  /** A UUID that stands for this file: sent again, it is there once. */
  readonly attachmentId: string
  readonly caseId: string
  /** As the person's machine calls it. */
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Adds a file. `invalidInput` says why it is not taken: `empty`, `tooLarge`, `foreignType` (told by its bytes),
 * `tooMany`, `id`; `notFound` where the case is not the unit's.
 */
export async function addAttachment(
  { db, clock }: UnitDeps,
  { attachmentId, caseId, name, bytes }: FileInput,
  who: UnitSession,
): Promise<Result<Attachment>> {
  if (bytes.length === 0) return fail('invalidInput', 'empty')
  if (bytes.length > LARGEST_FILE) return fail('invalidInput', 'tooLarge')
  const type = typeOfBytes(bytes)
  if (type === null) return fail('invalidInput', 'foreignType')
  const { staffNo, unit } = who
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const told = { attachmentId, unit, staffNo, name: safeName(name, type), type, size: bytes.length, at: clock.now() }
  const add = async (sql: Tx): Promise<Result<Attachment>> => {
    const there = await files.countAttachments(sql, caseId)
    if (there === null) return fail('notFound')
    const known = await files.selectHash(sql, caseId, attachmentId)
    if (known === sha256) return ok({ ...told, sentAt: null })
    if (there >= MOST_FILES) return fail('invalidInput', 'tooMany')
    const added = await files.insertAttachment(sql, { ...told, caseId, sha256, data: bytes.toString('base64') })
    if (!added) return fail('invalidInput', 'id')
    const detail = { type, size: bytes.length }
    await appendAudit(sql, { at: told.at, actor: staffNo, place: null, action: 'file.added', object: caseId, detail })
    return ok({ ...told, sentAt: null })
  }
  return db.tx('sanxin_unit', add, who)
}

/** Takes a file back that went with no step yet. */
export async function takeBackAttachment(
  { db }: UnitDeps,
  caseId: string,
  attachmentId: string,
  who: UnitSession,
): Promise<Result<null>> {
  const gone = await db.tx('sanxin_unit', (sql) => files.deleteAttachment(sql, caseId, attachmentId), who)
  return gone ? ok(null) : fail('notFound')
}

/** The files of a case that the reader may see. */
export function listAttachments({ db }: UnitDeps, caseId: string, reader: Reader): Promise<Attachment[]> {
  return db.tx('sanxin_reader', (sql) => files.selectAttachments(sql, caseId), reader)
}

/** One file with its bytes; null where there is none to see. Who looked is recorded. */
export async function readAttachment(
  { db, clock }: UnitDeps,
  caseId: string,
  attachmentId: string,
  reader: Reader,
): Promise<{ readonly file: Attachment; readonly bytes: Buffer } | null> {
  const read = async (sql: Tx) => {
    const found = await files.selectAttachment(sql, caseId, attachmentId)
    const { staffNo: actor, storeId: place } = reader
    const detail = { found: found !== null }
    await appendAudit(sql, { at: clock.now(), actor, place, action: 'file.read', object: caseId, detail })
    return found
  }
  const found = await db.tx('sanxin_reader', read, reader)
  if (found === null) return null
  const { data, ...file } = found
  return { file, bytes: Buffer.from(data, 'base64') }
}
