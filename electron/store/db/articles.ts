import type { Database } from 'better-sqlite3'
import { foldText, indexTokens, queryTerms, type Term } from '../../../shared/kb/grams.ts'
import type { ArticleHit, SearchAnswer } from '../../../shared/kb/hit.ts'
import type { Article } from '../../../shared/sync/protocol.ts'

export type Articles = {
  /** `initials` are the pinyin initials of the title, for asking by them. */
  put(article: Article, initials: string): void
  withdraw(id: string): void
  count(): number
  /** The best `limit` articles; `today` (2026-11-23) tells which are no longer valid. */
  search(query: string, limit: number, today: string): SearchAnswer
}

type Row = { rowid: number; article: string }

const CANDIDATES = 60

/** FTS5 quotes each token, so nothing that a caller says can be read as its syntax. */
const quoted = (token: string) => `"${token.replaceAll('"', '""')}"`

function matchAll(terms: readonly Term[]): string {
  return terms.flatMap((term) => term.tokens.map((token) => quoted(token) + (term.prefix ? '*' : ''))).join(' AND ')
}

function matchAny(terms: readonly Term[]): string {
  return [...new Set(terms.flatMap((term) => term.tokens))].map(quoted).join(' OR ')
}

const searchable = (article: Article) => [article.title, ...article.questions, article.body, article.unit].join('\n')

/** A gram index finds candidates; a hit must show every term in order and unbroken (but 8 路 is 8路). */
function showsAll(article: Article, terms: readonly Term[]): boolean {
  const text = foldText(searchable(article)).replaceAll(' ', '')
  return terms.every(({ text: wanted }) => text.includes(wanted))
}

/**
 * Two contentless FTS5 tables over 2-grams of our own: titles (with the citizens' questions) ranked by bm25,
 * then bodies unranked, because a global bm25 over a frequent word costs forty milliseconds.
 */
export function createArticles(db: Database): Articles {
  const byId = db.prepare<[string], Row>('SELECT rowid, article FROM articles WHERE id = ?')
  const insert = db.prepare('INSERT INTO articles (id, article, initials) VALUES (@id, @article, @initials)')
  const remove = db.prepare<[number]>('DELETE FROM articles WHERE rowid = ?')
  const unindexTitle = db.prepare<[number]>('DELETE FROM article_titles WHERE rowid = ?')
  const unindexBody = db.prepare<[number]>('DELETE FROM article_bodies WHERE rowid = ?')
  const indexTitle = db.prepare<[number | bigint, string]>('INSERT INTO article_titles (rowid, tokens) VALUES (?, ?)')
  const indexBody = db.prepare<[number | bigint, string]>('INSERT INTO article_bodies (rowid, tokens) VALUES (?, ?)')
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM articles')
  const inTitles = db.prepare<[string, number], Row>(
    `SELECT a.rowid, a.article FROM article_titles t JOIN articles a ON a.rowid = t.rowid
     WHERE article_titles MATCH ? ORDER BY bm25(article_titles) LIMIT ?`,
  )
  const inBodies = db.prepare<[string, number], Row>(
    `SELECT a.rowid, a.article FROM article_bodies b JOIN articles a ON a.rowid = b.rowid
     WHERE article_bodies MATCH ? LIMIT ?`,
  )
  const byInitials = db.prepare<[string, number], Row>(
    `SELECT rowid, article FROM articles WHERE instr(initials, ?) > 0 LIMIT ?`,
  )

  function withdraw(id: string): void {
    const row = byId.get(id)
    if (row === undefined) return
    unindexTitle.run(row.rowid)
    unindexBody.run(row.rowid)
    remove.run(row.rowid)
  }

  function put(article: Article, initials: string): void {
    withdraw(article.id)
    const { lastInsertRowid } = insert.run({ id: article.id, article: JSON.stringify(article), initials })
    const title = indexTokens([article.title, ...article.questions].join('\n'))
    indexTitle.run(lastInsertRowid, title.join(' '))
    // As often as they stand: this table keeps only whether a token is there, and telling them apart costs more.
    const body = indexTokens(`${article.body}\n${article.unit}`)
    indexBody.run(lastInsertRowid, `${title.join(' ')} ${body.join(' ')}`)
  }

  /** Candidates in the order of the policy; each source is asked only while there is room. */
  function* candidates(terms: readonly Term[], query: string): Generator<{ row: Row; sure: boolean }> {
    const all = matchAll(terms)
    if (all !== '') {
      for (const row of inTitles.all(all, CANDIDATES)) yield { row, sure: false }
      for (const row of inBodies.all(all, CANDIDATES)) yield { row, sure: false }
    }
    const letters = foldText(query).replace(/\s/g, '')
    if (/^[a-z0-9]{2,}$/.test(letters)) for (const row of byInitials.all(letters, CANDIDATES)) yield { row, sure: true }
    // A whole question rarely stands in an article as it was asked: then whatever shares most with it.
    const any = matchAny(terms)
    if (any !== '') for (const row of inTitles.all(any, CANDIDATES)) yield { row, sure: true }
  }

  function search(query: string, limit: number, today: string): SearchAnswer {
    const terms = queryTerms(query)
    const found = new Map<number, ArticleHit>()
    const marks = new Set<string>()
    for (const { row, sure } of candidates(terms, query)) {
      if (found.size >= limit) break
      if (found.has(row.rowid)) continue
      const article = JSON.parse(row.article) as Article
      if (!sure && !showsAll(article, terms)) continue
      const exact = !sure || showsAll(article, terms)
      for (const term of terms) for (const mark of exact ? [term.text] : term.tokens) marks.add(mark)
      const { id, version, title, body, source, validUntil } = article
      found.set(row.rowid, { id, version, title, body, source, validUntil, expired: validUntil < today })
    }
    return { query, hits: [...found.values()], marks: [...marks] }
  }

  return { put, withdraw, count: () => count.get()?.n ?? 0, search }
}
