/** What the keys of the search put into the reply: the answer of the tables, an article, or a row of its tables. */
import type { Said } from '../../../shared/kb/sheet-answer.ts'
import { insertArticle, insertWords } from '../stores/insert-article.ts'
import { useKnowledge } from './knowledge-store.ts'
import { chooseRow, rowChosen } from './sheet-row-choice.ts'

type InTongue = (said: Said) => string

/** Puts what is chosen into the reply; nothing where nothing was found. */
export function insertChosen(said: InTongue): void {
  const { answer, chosen } = useKnowledge.getState()
  const hit = answer?.hits[chosen]
  if (hit) insertArticle(hit)
  else if (chosen < 0 && answer?.sheet) insertWords(said(answer.sheet.say), answer.sheet.sources)
}

/** A key with Shift, about the rows of the open article: false where it is about nothing there. */
export function pressRowKey(key: string, said: InTongue): boolean {
  const now = rowChosen()
  if (now === null) return false
  if (key === 'Enter') insertWords(said(now.row.say), [now.hit])
  else if (key === 'ArrowDown') chooseRow(Math.min(now.of - 1, now.at + 1))
  else if (key === 'ArrowUp') chooseRow(Math.max(0, now.at - 1))
  else return false
  return true
}
