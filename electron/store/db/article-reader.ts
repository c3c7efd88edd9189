import { readableOf, type Readable } from '../../../shared/kb/readable.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import type { ArticleRow } from './article-lookup.ts'

export type ReadArticle = { readonly rowid: number; readonly article: Article; readonly readable: Readable }

export type ArticleReader = {
  /** The articles of these rows; the order is not theirs. */
  read(rowids: readonly number[]): ReadArticle[]
  /** The row is another one from now on, or none. */
  forget(rowid: number): void
}

/** So many are kept read: those of a few searches in a row, which mostly ask for more of the same. */
const KEPT = 600

export function createArticleReader(rows: (rowids: readonly number[]) => ArticleRow[]): ArticleReader {
  const kept = new Map<number, ReadArticle>()

  function keep(read: ReadArticle): ReadArticle {
    // The newest at the end, also where it was known.
    kept.delete(read.rowid)
    kept.set(read.rowid, read)
    return read
  }

  function trim(): void {
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) return
      kept.delete(oldest)
    }
  }

  return {
    read: (rowids) => {
      const known = rowids.flatMap((rowid) => kept.get(rowid) ?? [])
      const missing = rows(rowids.filter((rowid) => !kept.has(rowid))).map(({ rowid, article: text }) => {
        const article = JSON.parse(text) as Article
        return { rowid, article, readable: readableOf(article) }
      })
      const all = [...known, ...missing].map(keep)
      trim()
      return all
    },
    forget: (rowid) => void kept.delete(rowid),
  }
}
