import { REPLY_MOST, type CaseForm } from '../../../shared/case/case-form.ts'
import type { ArticleWords } from '../../../shared/kb/article-news.ts'
import type { Source } from '../../../shared/kb/sheet-answer.ts'
import { noteTaken } from '../knowledge/gap-note.ts'
import { rememberArticle } from './cited-articles.ts'
import { edit, formOf, useDraft } from './draft-store.ts'
import { refuseLongAnswer } from './paste-note.ts'

let cursor: { readonly caseId: string | undefined; readonly at: number } | null = null

/** Takes note of where the operator last stood in the reply. */
export function noteReplyCursor(at: number): void {
  cursor = { caseId: useDraft.getState().open?.caseId, at }
}

type Quoted = Pick<Source, 'id' | 'version'>

/**
 * The form with words in its reply at `at`, and the articles that they come from among its sources, each once; null where
 * they do not fit in whole.
 */
export function withWords(form: CaseForm, words: string, sources: readonly Quoted[], at: number): CaseForm | null {
  const others = form.articles.filter((article) => !sources.some(({ id }) => id === article.id))
  const before = form.reply.slice(0, at)
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  const reply = `${before}${gap}${words}${form.reply.slice(at)}`
  if (reply.length > REPLY_MOST) return null
  return {
    ...form,
    reply,
    articles: [...others, ...sources.map(({ id, version }) => ({ id, version }))].slice(-50),
    // Words for the citizen now are a reply at once, unless the operator said otherwise.
    replyMode: form.replyMode ?? 'atOnce',
  }
}

/**
 * Puts words into the reply where the operator last stood in it, or at its end, and quotes where they come from. What
 * does not fit in whole is refused in words, and all stays.
 */
export function insertWords(words: string, sources: readonly Source[]): void {
  noteTaken()
  const draft = useDraft.getState()
  const form = formOf(draft)
  const at =
    cursor !== null && cursor.caseId === draft.open?.caseId ? Math.min(cursor.at, form.reply.length) : form.reply.length
  const next = withWords(form, words, sources, at)
  if (next === null) return refuseLongAnswer({ answer: words.length, room: REPLY_MOST - form.reply.length })
  for (const source of sources) rememberArticle(source)
  edit(next)
  cursor = { caseId: useDraft.getState().open?.caseId, at: at + next.reply.length - form.reply.length }
}

/** Puts a whole article into the reply. */
export function insertArticle(article: ArticleWords): void {
  insertWords(article.body, [article])
}
