import type { Database } from 'better-sqlite3'
import { articleTokens } from '../../../shared/kb/article-text.ts'
import type { InitialsOf } from '../../../shared/kb/initials.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import type { ArticleRow } from './article-lookup.ts'

export type ArticleIndex = {
  /** Says that an article is still to be indexed; call it in the transaction that writes its row. */
  mark(rowid: number | bigint): void
  /** Takes an article out, indexed or not; call it in the transaction that takes away its row. */
  remove(rowid: number): void
  /** How many articles are not indexed yet. */
  unindexed(): number
  /** The rows of articles not indexed yet, the newest first. */
  newest(limit: number): number[]
  /**
   * One turn of the work that is left, in one commit: joins so many `pages` of the index where that is due, else takes
   * so many of the newest articles in, and after the last of them joins what lies in many segments. Answers which of
   * both it did, null when nothing was left to do. Throws what SQLite throws; then all is as it was.
   */
  turn(articles: number, initialsOf: InitialsOf, pages?: number): TurnWork | null
}

/** What a turn did: to take an article in costs far more than to join a page. */
export type TurnWork = 'articles' | 'pages'

/** As many segments as are joined at once (`usermerge`); each commit that brings in articles writes one. */
const SEGMENTS = 16
/**
 * A search reads each segment: more than FEW are joined into one where the largest holds less than MOST of the pages.
 * By that share a page is written a few times only, however often articles come.
 */
const FEW = 4
const MOST = 7 / 8

/**
 * Three contentless FTS5 tables: 2-grams of our own of the heads (title, other names, citizens' questions), ranked by
 * bm25; of all the text, unranked, because a global bm25 over a frequent word costs forty milliseconds; and pairs of
 * sounds of the heads. They are behind the articles by what stands in `articles_unindexed`.
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
  const removeSounds = db.prepare<[number]>('DELETE FROM article_sounds WHERE rowid = ?')
  const removeInitials = db.prepare<[number]>('DELETE FROM article_initials WHERE rowid = ?')
  const addTitle = db.prepare<[number, string, string]>(
    'INSERT INTO article_titles (rowid, tokens, asked) VALUES (?, ?, ?)',
  )
  const addBody = db.prepare<[number, string]>('INSERT INTO article_bodies (rowid, tokens) VALUES (?, ?)')
  const addSounds = db.prepare<[number, string]>('INSERT INTO article_sounds (rowid, tokens) VALUES (?, ?)')
  const addInitials = db.prepare<[number, string]>('INSERT INTO article_initials (rowid, initials) VALUES (?, ?)')
  const tables = ['article_titles', 'article_bodies', 'article_sounds'].map((table) => ({
    merge: db.prepare<[number]>(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`),
    segments: db.prepare<[], number>(`SELECT count(*) FROM ${table}_idx GROUP BY segid`).pluck(),
  }))
  const changes = db.prepare<[], { n: number }>('SELECT total_changes() AS n')
  // How many segments an earlier run left, and of what sizes, is not known.
  let written = SEGMENTS
  let isLooked = false
  /** Joins some pages where so many segments may have come together; false where none have. */
  function mergeSome(pages: number): boolean {
    // Three commands that find nothing to do cost a tenth of what one article does.
    if (written < SEGMENTS) return false
    const some = tables.some(({ merge }) => {
      const before = changes.get()?.n ?? 0
      merge.run(pages)
      // The command itself counts as one: FTS5's own way to say that it did nothing.
      return (changes.get()?.n ?? 0) - before > 1
    })
    if (!some) written = 0
    return some
  }

  /** Begins to join all segments of what has come to lie in many, which `mergeSome` goes on with; false where nothing has. */
  function joinAll(pages: number): boolean {
    if (isLooked) return false
    isLooked = true
    const scattered = tables.filter(({ segments }) => {
      const sizes = segments.all()
      const all = sizes.reduce((sum, size) => sum + size, 0)
      return sizes.length > FEW && Math.max(...sizes) < all * MOST
    })
    // Less than nothing: FTS5's way to say that segments of all ages are joined.
    for (const { merge } of scattered) merge.run(-pages)
    if (scattered.length > 0) written = SEGMENTS
    return scattered.length > 0
  }

  function add({ rowid, article: text }: ArticleRow, initialsOf: InitialsOf): void {
    const article = JSON.parse(text) as Article
    const { names, questions, body, sounds } = articleTokens(article)
    addTitle.run(rowid, names, questions)
    addBody.run(rowid, body)
    addSounds.run(rowid, sounds)
    addInitials.run(rowid, [article.title, ...(article.words ?? [])].map(initialsOf).join(' '))
    unmark.run(rowid)
  }

  const turn = db.transaction((articles: number, initialsOf: InitialsOf, pages: number): TurnWork | null => {
    if (mergeSome(pages)) return 'pages'
    // From below: FTS5 would write out a segment wherever a number is smaller than the one before.
    const rows = newest.all(articles).toReversed()
    if (rows.length === 0) return joinAll(pages) ? 'pages' : null
    for (const row of rows) add(row, initialsOf)
    written += 1
    isLooked = false
    return 'articles'
  })

  return {
    mark: (rowid) => void mark.run(rowid),
    remove: (rowid) => {
      if (unmark.run(rowid).changes > 0) return
      removeTitle.run(rowid)
      removeBody.run(rowid)
      removeSounds.run(rowid)
      removeInitials.run(rowid)
    },
    unindexed: () => countMarks.get()?.n ?? 0,
    newest: (limit) => newest.all(limit).map(({ rowid }) => rowid),
    // The disk is waited for: else the save that comes next waits for all that the turns before it wrote.
    turn: (articles, initialsOf, pages = articles) => turn.immediate(articles, initialsOf, pages),
  }
}
