/** What desks tell the editors, taken with their batch (rules KE and KG in shared/kb/SPEC.md). */
import type { KbNote } from '../../shared/kb/note.ts'
import { namesCitizen } from '../../shared/kb/names-citizen.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import { countGap } from './gaps-sql.ts'
import { selectKnownIds } from './sql.ts'
import { insertTask, type NewTask } from './tasks-sql.ts'

/** `by` as the desk names her; `actor` the same where her sign-in at this desk is known, else null. */
export type NewNote = {
  readonly id: string
  readonly by: string
  readonly actor: string | null
  readonly at: number
  readonly note: KbNote
}

const noteOf = (mutation: Mutation | null) => (mutation?.body.kind === 'kb' ? mutation.body.note : null)

/** Role sanxin_desk. Which articles that these mutations are about stand here, in whatever version, withdrawn or not. */
export function selectArticlesOf(sql: Tx, mutations: readonly (Mutation | null)[]): Promise<ReadonlySet<string>> {
  const ids = mutations.flatMap((mutation) => {
    const note = noteOf(mutation)
    return note?.type === 'kb.wrong' ? [note.articleId] : []
  })
  return ids.length === 0 ? Promise.resolve(new Set()) : selectKnownIds(sql, ids)
}

/** Why a note is not taken; null where it is. What was looked for in vain is a fact: that is always. */
export function refusalOf(note: KbNote, articles: ReadonlySet<string>): 'unknownArticle' | 'namesCitizen' | null {
  if (note.type === 'kb.gap') return null
  if (!articles.has(note.articleId)) return 'unknownArticle'
  // The desk does not send such words (KE3); one of an older state of it must not bring them to the editors.
  return namesCitizen(note.words, []) ? 'namesCitizen' : null
}

const taskOf = ({ id, by, at, note }: NewNote): NewTask[] => {
  if (note.type !== 'kb.wrong') return []
  const { articleId, version, words, callId, caseId } = note
  return [{ id, articleId, version, words, callId, caseId, by, at }]
}

/** Role sanxin_desk, in the transaction of the batch. Each note is new: known mutations are not among them. */
export async function addNotes(sql: Tx, storeId: string, notes: readonly NewNote[]): Promise<void> {
  for (const task of notes.flatMap(taskOf)) await insertTask(sql, task)
  const gaps = notes.flatMap(({ note, at }) => (note.type === 'kb.gap' ? [{ words: note.words, storeId, at }] : []))
  // In one order, or two desks wait for each other.
  for (const gap of gaps.toSorted((a, b) => (a.words < b.words ? -1 : 1))) await countGap(sql, gap)
}

/** One entry an article: all others wait for the chain. Let it be the last of the transaction. */
export async function auditNotes(sql: Tx, storeId: string, notes: readonly NewNote[], now: number): Promise<void> {
  const wrong = notes.flatMap((one) => (one.note.type === 'kb.wrong' ? [{ ...one, article: one.note.articleId }] : []))
  for (const [object, those] of Map.groupBy(wrong, ({ article }) => article)) {
    const actor = those[0]?.actor ?? null
    await appendAudit(sql, {
      ...{ at: now, actor, place: storeId, action: 'article.doubted', object },
      detail: { task: those[0]?.id ?? '', times: those.length },
    })
  }
}
