import type { Database } from 'better-sqlite3'
import { caseFormSchema, type CaseForm } from '../../../shared/case/case-form.ts'
import type { Draft } from '../../../shared/ipc.ts'

type Row = {
  case_id: string
  call_id: string | null
  form: string
  started_at: number
  updated_at: number
  case_no: string | null
}

export type Drafts = {
  save(
    draft: { caseId: string; callId: string | null; form: CaseForm; startedAt: number },
    author: string,
    now: number,
  ): void
  list(author: string): Draft[]
  markSaved(caseId: string, caseNo: string): void
  discard(caseId: string, author: string): void
}

const toDraft = (row: Row): Draft => ({
  caseId: row.case_id,
  callId: row.call_id,
  form: caseFormSchema.parse(JSON.parse(row.form)),
  startedAt: row.started_at,
  updatedAt: row.updated_at,
  caseNo: row.case_no,
})

/** Drafts of this desk, by author: nobody opens another's. */
export function createDrafts(db: Database): Drafts {
  const save = db.prepare(
    `INSERT INTO drafts (case_id, call_id, form, author, started_at, updated_at)
     VALUES (@caseId, @callId, @form, @author, @startedAt, @now)
     ON CONFLICT (case_id) DO UPDATE SET form = excluded.form, call_id = excluded.call_id, updated_at = excluded.updated_at`,
  )
  const list = db.prepare<[string], Row>('SELECT * FROM drafts WHERE author = ? ORDER BY started_at')
  const mark = db.prepare<[string, string]>('UPDATE drafts SET case_no = ? WHERE case_id = ?')
  const discard = db.prepare<[string, string]>('DELETE FROM drafts WHERE case_id = ? AND author = ?')
  return {
    save: ({ form, ...draft }, author, now) => void save.run({ ...draft, form: JSON.stringify(form), author, now }),
    list: (author) => list.all(author).map(toDraft),
    markSaved: (caseId, caseNo) => void mark.run(caseNo, caseId),
    discard: (caseId, author) => void discard.run(caseId, author),
  }
}
