/** The least that makes the same articles searchable: FTS5 as it comes, fed with whole pages and nothing between. */
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { indexTokens } from '../../../shared/kb/grams.ts'
import { loadInitials } from '../../../shared/kb/initials.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import { PAGE } from '../../../shared/sync/protocol.ts'

/**
 * Indexes the articles that stand in a desk's file into a new one in `dir`; answers how many ms it took. One commit
 * for each page of the feed, all of FTS5's settings as they come, synced as the desk's own file.
 */
export async function indexByDefault(from: Database.Database, dir: string): Promise<number> {
  const initialsOf = await loadInitials()
  const db = new Database(join(dir, 'floor-index.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`CREATE VIRTUAL TABLE titles USING fts5 (tokens, content = '', contentless_delete = 1);
    CREATE VIRTUAL TABLE bodies USING fts5 (tokens, content = '', contentless_delete = 1, detail = none);
    CREATE TABLE initials (rowid INTEGER PRIMARY KEY, initials TEXT NOT NULL)`)
  const add = ['titles (rowid, tokens)', 'bodies (rowid, tokens)', 'initials (rowid, initials)'].map((place) =>
    db.prepare<[number, string]>(`INSERT INTO ${place} VALUES (?, ?)`),
  )
  const page = from.prepare<[number, number], { rowid: number; article: string }>(
    'SELECT rowid, article FROM articles WHERE rowid > ? ORDER BY rowid LIMIT ?',
  )
  const began = performance.now()
  let last = 0
  const take = db.transaction(() => {
    const rows = page.all(last, PAGE)
    for (const { rowid, article } of rows) {
      const { title, questions, body, unit } = JSON.parse(article) as Article
      const head = indexTokens([title, ...questions].join('\n')).join(' ')
      const texts = [head, `${head} ${indexTokens(`${body}\n${unit}`).join(' ')}`, initialsOf(title)]
      add.forEach((statement, at) => statement.run(rowid, texts[at] ?? ''))
      last = rowid
    }
    return rows.length
  })
  while (take() > 0) continue
  const took = performance.now() - began
  db.close()
  return took
}
