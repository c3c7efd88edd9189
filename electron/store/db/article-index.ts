import type { Database } from 'better-sqlite3'
import { indexTokens, type Term } from '../../../shared/kb/grams.ts'
import type { InitialsOf } from '../../../shared/kb/initials.ts'
import type { Article } from '../../../shared/sync/protocol.ts'

/** An article as it lies in its table: its JSON text. */
export type ArticleRow = { readonly rowid: number; readonly article: string }

export type ArticleIndex = {
  /** Says that an article is still to be indexed; call it in the transaction that writes its row. */
  mark(rowid: number | bigint): void
  /** Takes an article out, indexed or not; call it in the transaction that takes away its row. */
  remove(rowid: number): void
  /** How many articles are not indexed yet. */
  unindexed(): number
  /** The articles not indexed yet, the newest first. */
  newest(limit: number): ArticleRow[]
  /**
   * One turn of the work that is left, in one commit: joins `size` pages of the index where that is due, else takes
   * the `size` newest articles in. False when nothing was left to do. Throws what SQLite throws; then all is as it was.
   */
  turn(size: number, initialsOf: InitialsOf): boolean
  /** Articles whose title or questions have all terms, the best first. */
  inTitles(terms: readonly Term[], limit: number): ArticleRow[]
  /** Articles that have all terms anywhere, in no order. */
  anywhere(terms: readonly Term[], limit: number): ArticleRow[]
  /** Articles whose title or questions have some of the terms, those that have most of them first. */
  sharing(terms: readonly Term[], limit: number): ArticleRow[]
  byInitials(letters: string, limit: number): ArticleRow[]
}

/** FTS5 quotes each token, so nothing that a caller says can be read as its syntax. */
const quoted = (token: string) => `"${token.replaceAll('"', '""')}"`

function matchAll(terms: readonly Term[]): string {
  return terms.flatMap((term) => term.tokens.map((token) => quoted(token) + (term.prefix ? '*' : ''))).join(' AND ')
}

function matchAny(terms: readonly Term[]): string {
  return [...new Set(terms.flatMap((term) => term.tokens))].map(quoted).join(' OR ')
}

/** What is ranked: how the article is called, and how citizens ask for it. */
export const headOf = (article: Article) => [article.title, ...article.questions].join('\n')

/**
 * Two contentless FTS5 tables over 2-grams of our own: titles (with the citizens' questions) ranked by bm25,
 * then bodies unranked, because a global bm25 over a frequent word costs forty milliseconds. Both are behind the
 * articles by what stands in `articles_unindexed`.
 */
export function createArticleIndex(db: Database): ArticleIndex {
  const mark = db.prepare<[number | bigint]>('INSERT INTO articles_unindexed (rowid) VALUES (?)')
  const unmark = db.prepare<[number]>('DELETE FROM articles_unindexed WHERE rowid = ?')
  const countMarks = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM articles_unindexed')
  // By the marks first: there may be few of them among a hundred thousand articles.
  const newest = db.prepare<[number], ArticleRow>(
    `SELECT a.rowid, a.article FROM articles_unindexed u CROSS JOIN articles a ON a.rowid = u.rowid
     ORDER BY u.rowid DESC LIMIT ?`,
  )
  const removeTitle = db.prepare<[number]>('DELETE FROM article_titles WHERE rowid = ?')
  const removeBody = db.prepare<[number]>('DELETE FROM article_bodies WHERE rowid = ?')
  const removeInitials = db.prepare<[number]>('DELETE FROM article_initials WHERE rowid = ?')
  const addTitle = db.prepare<[number, string]>('INSERT INTO article_titles (rowid, tokens) VALUES (?, ?)')
  const addBody = db.prepare<[number, string]>('INSERT INTO article_bodies (rowid, tokens) VALUES (?, ?)')
  const addInitials = db.prepare<[number, string]>('INSERT INTO article_initials (rowid, initials) VALUES (?, ?)')
  const merges = ['article_titles', 'article_bodies'].map((table) =>
    db.prepare<[number]>(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`),
  )
  const changes = db.prepare<[], { n: number }>('SELECT total_changes() AS n')
  const inTitles = db.prepare<[string, number], ArticleRow>(
    `SELECT a.rowid, a.article FROM article_titles t JOIN articles a ON a.rowid = t.rowid
     WHERE article_titles MATCH ? ORDER BY bm25(article_titles) LIMIT ?`,
  )
  const inBodies = db.prepare<[string, number], ArticleRow>(
    `SELECT a.rowid, a.article FROM article_bodies b JOIN articles a ON a.rowid = b.rowid
     WHERE article_bodies MATCH ? LIMIT ?`,
  )
  const byInitials = db.prepare<[string, number], ArticleRow>(
    `SELECT a.rowid, a.article FROM article_initials i JOIN articles a ON a.rowid = i.rowid
     WHERE instr(i.initials, ?) > 0 LIMIT ?`,
  )

  /** Joins some pages where sixteen segments have come together; false where none have. */
  function mergeSome(pages: number): boolean {
    return merges.some((merge) => {
      const before = changes.get()?.n ?? 0
      merge.run(pages)
      // The command itself counts as one: FTS5's own way to say that it did nothing.
      return (changes.get()?.n ?? 0) - before > 1
    })
  }

  function add({ rowid, article: text }: ArticleRow, initialsOf: InitialsOf): void {
    const article = JSON.parse(text) as Article
    const title = indexTokens(headOf(article)).join(' ')
    addTitle.run(rowid, title)
    // As often as they stand: this table keeps only whether a token is there, and telling them apart costs more.
    addBody.run(rowid, `${title} ${indexTokens(`${article.body}\n${article.unit}`).join(' ')}`)
    addInitials.run(rowid, initialsOf(article.title))
    unmark.run(rowid)
  }

  const turn = db.transaction((size: number, initialsOf: InitialsOf): boolean => {
    if (mergeSome(size)) return true
    // From below: FTS5 would write out a segment wherever a number is smaller than the one before.
    const rows = newest.all(size).toReversed()
    for (const row of rows) add(row, initialsOf)
    return rows.length > 0
  })

  const asked = (all: (match: string) => ArticleRow[], match: string) => (match === '' ? [] : all(match))

  return {
    mark: (rowid) => void mark.run(rowid),
    remove: (rowid) => {
      if (unmark.run(rowid).changes > 0) return
      removeTitle.run(rowid)
      removeBody.run(rowid)
      removeInitials.run(rowid)
    },
    unindexed: () => countMarks.get()?.n ?? 0,
    newest: (limit) => newest.all(limit),
    turn: (size, initialsOf) => turn.immediate(size, initialsOf),
    inTitles: (terms, limit) => asked((match) => inTitles.all(match, limit), matchAll(terms)),
    anywhere: (terms, limit) => asked((match) => inBodies.all(match, limit), matchAll(terms)),
    sharing: (terms, limit) => asked((match) => inTitles.all(match, limit), matchAny(terms)),
    byInitials: (letters, limit) => byInitials.all(letters, limit),
  }
}
