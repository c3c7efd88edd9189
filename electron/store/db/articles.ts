import type { Database } from 'better-sqlite3'
import { must } from '../../../shared/errors.ts'
import { headOf } from '../../../shared/kb/article-text.ts'
import type { SearchAnswer, SearchScope } from '../../../shared/kb/hit.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import { shippedFinder, type SynonymFinder } from '../../../shared/kb/synonyms.ts'
import { createArticleIndex, type ArticleIndex } from './article-index.ts'
import { createArticleLookup, type ArticleRow } from './article-lookup.ts'
import { createArticleReader } from './article-reader.ts'
import { createArticleSearch, holds } from './article-search.ts'

export type Articles = {
  /**
   * Writes the article's row; its index follows by `indexTurn`. The same once more changes nothing. `bytes`: its JSON
   * in UTF-8, where there is that already. `before` is called where another stands in its place, while it does.
   */
  put(article: Article, how?: { readonly bytes?: Uint8Array | undefined; readonly before?: () => void }): void
  /** `before` is called where it is here, while it is. */
  withdraw(id: string, before?: () => void): void
  count(): number
  /** The title of an article that holds on that day; null for one that does not, or is not here. */
  titleOf(id: string, today: string): string | null
  /** How many of them are not in the index yet. */
  unindexed(): number
  /** One turn of indexing, in one commit (article-index.ts); null when nothing was left to do. */
  indexTurn: ArticleIndex['turn']
  /**
   * The best `limit` articles; `today` (2026-11-23) tells which are no longer valid. Of those not in the index the
   * newest few are looked through all the same (shared/kb/indexing.ts).
   */
  search(query: string, limit: number, today: string, scope?: SearchScope): SearchAnswer
}

const utf8 = new TextDecoder()

/**
 * The knowledge base of the desk: what central published, and its index. `meantIn` gives the words that mean the same
 * as they hold now; those that come with the product where nothing is said.
 */
export function createArticles(db: Database, meantIn: () => SynonymFinder = shippedFinder): Articles {
  const index = createArticleIndex(db)
  const byId = db.prepare<[string], ArticleRow>('SELECT rowid, article FROM articles WHERE id = ?')
  const insert = db.prepare<[string, string | Uint8Array]>(
    'INSERT INTO articles (id, article) VALUES (?, CAST(? AS TEXT)) ON CONFLICT (id) DO NOTHING',
  )
  const noteSheets = db.prepare<[number | bigint]>('INSERT INTO article_sheets (article_rowid) VALUES (?)')
  const countSheets = db.prepare('UPDATE article_sheet_changes SET n = n + 1')
  const remove = db.prepare<[number]>('DELETE FROM articles WHERE rowid = ?')
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM articles')

  const lookup = createArticleLookup(db)
  const reader = createArticleReader(lookup.rows)

  function takeAway({ rowid }: ArticleRow): void {
    index.remove(rowid)
    lookup.forget()
    reader.forget(rowid)
    remove.run(rowid)
  }

  return {
    put: (article, { bytes, before } = {}) => {
      // What has no head cannot be indexed; it is refused now, while somebody can be told.
      headOf(article)
      const text = bytes ?? JSON.stringify(article)
      // Of a first load each is new: only one that is not is looked for.
      let written = insert.run(article.id, text)
      if (written.changes === 0) {
        const stored = must(byId.get(article.id), 'an article that stands')
        if (stored.article === (typeof text === 'string' ? text : utf8.decode(text))) return
        before?.()
        takeAway(stored)
        written = insert.run(article.id, text)
      }
      const { lastInsertRowid } = written
      if ((article.sheets?.length ?? 0) > 0) {
        noteSheets.run(lastInsertRowid)
        countSheets.run()
      }
      index.mark(lastInsertRowid)
    },
    withdraw: (id, before) => {
      const stored = byId.get(id)
      if (stored === undefined) return
      before?.()
      takeAway(stored)
    },
    count: () => count.get()?.n ?? 0,
    titleOf: (id, today) => {
      const stored = byId.get(id)
      const article = stored === undefined ? null : (JSON.parse(stored.article) as Article)
      return article !== null && holds(article, today) ? article.title : null
    },
    unindexed: index.unindexed,
    indexTurn: (...turn) => {
      lookup.forget()
      return index.turn(...turn)
    },
    search: createArticleSearch(index, lookup, reader, meantIn),
  }
}
