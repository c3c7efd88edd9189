import { REPLY_MOST, type CaseForm } from '../../../shared/case/case-form.ts'
import type { ArticleWords } from '../../../shared/kb/article-news.ts'
import { rememberArticle } from './cited-articles.ts'
import { edit, formOf, useDraft } from './draft-store.ts'

let cursor: { readonly caseId: string | undefined; readonly at: number } | null = null

/** Takes note of where the operator last stood in the reply. */
export function noteReplyCursor(at: number): void {
  cursor = { caseId: useDraft.getState().open?.caseId, at }
}

/** As much of a text as there is room for; never half of a character that takes two code units. */
function cut(text: string, room: number): string {
  const part = text.slice(0, Math.max(0, room))
  return part.length < text.length ? part.replace(/[\ud800-\udbff]$/, '') : part
}

/** The form with an article's words in its reply at `at`, and the article among its sources, once. */
export function withArticle(
  form: CaseForm,
  { id, version, body }: Pick<ArticleWords, 'id' | 'version' | 'body'>,
  at: number,
): CaseForm {
  const before = form.reply.slice(0, at)
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  const rest = form.reply.slice(at)
  return {
    ...form,
    reply: `${before}${cut(`${gap}${body}`, REPLY_MOST - form.reply.length)}${rest}`,
    articles: [...form.articles.filter((article) => article.id !== id), { id, version }].slice(-50),
    // Words for the citizen now are a reply at once, unless the operator said otherwise.
    replyMode: form.replyMode ?? 'atOnce',
  }
}

/** Puts an article into the reply where the operator last stood in it, or at its end. */
export function insertArticle(article: ArticleWords): void {
  rememberArticle(article)
  const draft = useDraft.getState()
  const form = formOf(draft)
  const at =
    cursor !== null && cursor.caseId === draft.open?.caseId ? Math.min(cursor.at, form.reply.length) : form.reply.length
  const next = withArticle(form, article, at)
  edit(next)
  cursor = { caseId: useDraft.getState().open?.caseId, at: at + next.reply.length - form.reply.length }
}
