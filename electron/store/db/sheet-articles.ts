import type { Database } from 'better-sqlite3'
import type { SheetArticle } from '../../../shared/kb/sheet-book.ts'
import type { Sheet } from '../../../shared/kb/sheet.ts'
import type { Article } from '../../../shared/sync/protocol.ts'

/** The articles that hold tables. */
export type SheetArticles = {
  /** All of them by their ids, at most a thousand. */
  all(): SheetArticle[]
  /** The tables of one article; none where it holds none. */
  of(id: string): readonly Sheet[]
  /** Another number whenever one of them came or went. */
  changes(): number
}

type Row = { readonly article: string }

/** All are held in memory at once: a base with more answers from its first thousand. */
const MOST = 1000

export function createSheetArticles(db: Database): SheetArticles {
  const all = db.prepare<[number], Row>(
    `SELECT a.article FROM article_sheets s CROSS JOIN articles a ON a.rowid = s.article_rowid ORDER BY a.id LIMIT ?`,
  )
  const one = db.prepare<[string], Row>(
    `SELECT a.article FROM articles a JOIN article_sheets s ON s.article_rowid = a.rowid WHERE a.id = ?`,
  )
  const changes = db.prepare<[], { n: number }>('SELECT n FROM article_sheet_changes')
  return {
    all: () =>
      all.all(MOST).map(({ article }) => {
        const { id, version, title, source, unit, district, validFrom, validUntil, ...rest } = JSON.parse(
          article,
        ) as Article
        return { id, version, title, source, unit, district, validFrom, validUntil, sheets: rest.sheets ?? [] }
      }),
    of: (id) => {
      const row = one.get(id)
      return row === undefined ? [] : ((JSON.parse(row.article) as Article).sheets ?? [])
    },
    changes: () => changes.get()?.n ?? 0,
  }
}
