/** Of which changes of an article the operator has said that her reply stays as it is; they are not told her again. */
import type { ArticleNews } from '../../../shared/kb/article-news.ts'

type Kept = { readonly caseId: string; readonly id: string; readonly now: number | null }

const KEY = 'sanxin.keptArticles'
const MOST = 100

function remembered(): Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as Kept[]) : []
  } catch {
    return []
  }
}

const isOne = (kept: Kept, caseId: string, { id, now }: ArticleNews) =>
  kept.caseId === caseId && kept.id === id && kept.now === (now?.version ?? null)

/** Whether she kept her words beside just this change in a case; the next one is told anew. */
export function isKept(caseId: string, news: ArticleNews): boolean {
  return remembered().some((kept) => isOne(kept, caseId, news))
}

export function rememberKept(caseId: string, news: ArticleNews): void {
  const others = remembered().filter((kept) => !isOne(kept, caseId, news))
  localStorage.setItem(
    KEY,
    JSON.stringify([...others, { caseId, id: news.id, now: news.now?.version ?? null }].slice(-MOST)),
  )
}
