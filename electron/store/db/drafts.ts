import type { Database } from 'better-sqlite3'
import type { CaseForm } from '../../../shared/case/case-form.ts'
import type { GroupName } from '../../../shared/case/case-record.ts'
import type { Base } from '../../../shared/case/commands.ts'
import { partsOfForm, sameParts, type FormParts } from '../../../shared/case/form-parts.ts'
import type { Draft } from '../../../shared/ipc.ts'
import { readForm, sameStoredForm } from '../stored-form.ts'

type Row = {
  case_id: string
  call_id: string | null
  form: string
  started_at: number
  updated_at: number
  case_no: string | null
  saved_form: string | null
  saved_base: string | null
}

/** What its author has seen of the case, as she last saved it or it was shown to her, and upon what each group was seen. */
export type SavedWords = { readonly form: CaseForm; readonly bases: Bases }
export type Bases = { readonly [G in GroupName]: Base }

/** A group of the case as it stood on the screen. */
export type SeenGroup = { readonly group: GroupName; readonly parts: FormParts; readonly base: Base }

type NewDraft = {
  readonly caseId: string
  readonly callId: string | null
  readonly form: CaseForm
  readonly startedAt: number
}

export type Drafts = {
  /** False where a draft of this case stands under another author: that one is left as it is. */
  save(draft: NewDraft, author: string, now: number): boolean
  /** Adds a draft of a case that has none; `caseNo` is that of the case, where it stands. */
  add(draft: NewDraft & { readonly caseNo: string | null }, author: string, now: number): void
  list(author: string): Draft[]
  find(caseId: string): { readonly author: string; readonly form: CaseForm } | null
  /** Null where nothing of the draft is saved. */
  savedWords(caseId: string): SavedWords | null
  markSaved(caseId: string, caseNo: string, saved: SavedWords): void
  /** The author was shown these groups of the case as they stand; words of hers that are not saved stay. */
  markSeen(caseId: string, author: string, seen: readonly SeenGroup[]): void
  /** The words stand nowhere but in the draft (any more). */
  markUnsaved(caseId: string): void
  discard(caseId: string, author: string): void
}

/** An older program kept one mutation for all groups. */
function readBases(text: string): Bases {
  if (text.startsWith('{')) {
    const bases = JSON.parse(text) as Omit<Bases, 'particulars'> & Partial<Pick<Bases, 'particulars'>>
    // Nor did it know of particulars: what it saved of a case was seen along with the content.
    return { ...bases, particulars: bases.particulars ?? bases.content }
  }
  return basesOf({ mutation: text })
}

/** The same base for every group. */
export function basesOf(base: Base): Bases {
  return { classification: base, place: base, caller: base, content: base, reply: base, particulars: base }
}

const toDraft = (row: Row): Draft => ({
  caseId: row.case_id,
  callId: row.call_id,
  form: readForm(row.form),
  startedAt: row.started_at,
  updatedAt: row.updated_at,
  caseNo: row.case_no,
  clean: row.saved_form !== null && sameStoredForm(row.form, row.saved_form),
})

/** Drafts of this desk, by author: nobody opens another's, and nobody writes over it. */
export function createDrafts(db: Database): Drafts {
  const insert = db.prepare(
    `INSERT INTO drafts (case_id, call_id, form, author, started_at, updated_at, case_no)
     VALUES (@caseId, @callId, @form, @author, @startedAt, @now, @caseNo)`,
  )
  const save = db.prepare(
    `INSERT INTO drafts (case_id, call_id, form, author, started_at, updated_at)
     VALUES (@caseId, @callId, @form, @author, @startedAt, @now)
     ON CONFLICT (case_id) DO UPDATE SET form = excluded.form, call_id = excluded.call_id, updated_at = excluded.updated_at
     WHERE drafts.author = excluded.author`,
  )
  const list = db.prepare<[string], Row>('SELECT * FROM drafts WHERE author = ? ORDER BY started_at')
  const find = db.prepare<[string], { author: string; form: string }>(
    'SELECT author, form FROM drafts WHERE case_id = ?',
  )
  const savedWords = db.prepare<[string], Pick<Row, 'saved_form' | 'saved_base'>>(
    'SELECT saved_form, saved_base FROM drafts WHERE case_id = ?',
  )
  const markSaved = db.prepare<[string, string, string, string]>(
    'UPDATE drafts SET case_no = ?, saved_form = ?, saved_base = ? WHERE case_id = ?',
  )
  const own = db.prepare<[string, string], Pick<Row, 'form'>>(
    'SELECT form FROM drafts WHERE case_id = ? AND author = ?',
  )
  const markSeen = db.prepare<[string, string, string, string]>(
    'UPDATE drafts SET form = ?, saved_form = ?, saved_base = ? WHERE case_id = ?',
  )
  const markUnsaved = db.prepare<[string]>('UPDATE drafts SET saved_form = NULL, saved_base = NULL WHERE case_id = ?')
  const discard = db.prepare<[string, string]>('DELETE FROM drafts WHERE case_id = ? AND author = ?')
  const stored = (form: CaseForm) => JSON.stringify(form)
  const readSaved = (caseId: string): SavedWords | null => {
    const { saved_form: form = null, saved_base: base = null } = savedWords.get(caseId) ?? {}
    return form === null || base === null ? null : { form: readForm(form), bases: readBases(base) }
  }
  return {
    save: ({ form, ...draft }, author, now) => save.run({ ...draft, form: stored(form), author, now }).changes > 0,
    add: ({ form, ...draft }, author, now) => void insert.run({ ...draft, form: stored(form), author, now }),
    list: (author) => list.all(author).map(toDraft),
    find: (caseId) => {
      const row = find.get(caseId)
      return row ? { author: row.author, form: readForm(row.form) } : null
    },
    savedWords: readSaved,
    markSaved: (caseId, caseNo, { form, bases }) =>
      void markSaved.run(caseNo, stored(form), JSON.stringify(bases), caseId),
    markSeen: (caseId, author, seen) => {
      const row = own.get(caseId, author)
      let saved = readSaved(caseId)
      if (row === undefined || saved === null) return
      let form = readForm(row.form)
      for (const { group, parts, base } of seen) {
        const untouched = sameParts(partsOfForm(form, group), partsOfForm(saved.form, group))
        if (untouched) form = { ...form, ...parts }
        saved = { form: { ...saved.form, ...parts }, bases: { ...saved.bases, [group]: base } }
      }
      markSeen.run(stored(form), stored(saved.form), JSON.stringify(saved.bases), caseId)
    },
    markUnsaved: (caseId) => void markUnsaved.run(caseId),
    discard: (caseId, author) => void discard.run(caseId, author),
  }
}
