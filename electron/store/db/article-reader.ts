import { readableOf, type Readable } from '../../../shared/kb/readable.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import type { ArticleRow } from './article-lookup.ts'

export type ReadArticle = { readonly rowid: number; readonly article: Article; readonly readable: Readable }

/** So many are kept read: those of a few searches in a row, which mostly ask for more of the same. */
const KEPT = 1000

/** Reads rows; one that was read lately and is as it was is not read again. */
export function createArticleReader(): (row: ArticleRow) => ReadArticle {
  const kept = new Map<number, { readonly text: string; readonly read: ReadArticle }>()
  return ({ rowid, article: text }) => {
    const known = kept.get(rowid)
    kept.delete(rowid)
    const article = known?.text === text ? known.read.article : (JSON.parse(text) as Article)
    const read = known?.text === text ? known.read : { rowid, article, readable: readableOf(article) }
    kept.set(rowid, { text, read })
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break
      kept.delete(oldest)
    }
    return read
  }
}
