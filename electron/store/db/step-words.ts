import type { Database } from 'better-sqlite3'
import type { CaseStep } from '../../../shared/case/case-step.ts'
import type { StepWords } from '../../../shared/case/step-words.ts'

/** What somebody has begun to say as a step; `sent` is what went under its id while nothing is known of that. */
export type BegunStep = { readonly stepId: string; readonly words: StepWords; readonly sent: CaseStep | null }

export type StepWordTable = {
  get(caseId: string, author: string): BegunStep | null
  /** `stepId` is for words that have none yet. */
  keep(caseId: string, author: string, words: StepWords, stepId: string, now: number): void
  /** It goes to central now. */
  markSent(caseId: string, author: string, step: CaseStep): void
  /** Central has refused it: what is said next is another step. */
  begin(caseId: string, author: string, stepId: string): void
  drop(caseId: string, author: string): void
}

type Row = { step_id: string; words: string; step: string | null }

/** The words of steps that are being written, by case and author. */
export function createStepWordTable(db: Database): StepWordTable {
  const get = db.prepare<[string, string], Row>(
    'SELECT step_id, words, step FROM step_words WHERE case_id = ? AND author = ?',
  )
  const keep = db.prepare(
    `INSERT INTO step_words (case_id, author, step_id, words, updated_at) VALUES (@caseId, @author, @stepId, @words, @now)
     ON CONFLICT (case_id, author) DO UPDATE SET words = excluded.words, updated_at = excluded.updated_at`,
  )
  const markSent = db.prepare<[string, string, string]>(
    'UPDATE step_words SET step = ? WHERE case_id = ? AND author = ?',
  )
  const begin = db.prepare<[string, string, string]>(
    'UPDATE step_words SET step_id = ?, step = NULL WHERE case_id = ? AND author = ?',
  )
  const drop = db.prepare<[string, string]>('DELETE FROM step_words WHERE case_id = ? AND author = ?')
  return {
    get: (caseId, author) => {
      const row = get.get(caseId, author)
      if (row === undefined) return null
      const { step_id: stepId, words, step } = row
      return { stepId, words: JSON.parse(words), sent: step === null ? null : JSON.parse(step) }
    },
    keep: (caseId, author, words, stepId, now) =>
      void keep.run({ caseId, author, stepId, words: JSON.stringify(words), now }),
    markSent: (caseId, author, step) => void markSent.run(JSON.stringify(step), caseId, author),
    begin: (caseId, author, stepId) => void begin.run(stepId, caseId, author),
    drop: (caseId, author) => void drop.run(caseId, author),
  }
}
