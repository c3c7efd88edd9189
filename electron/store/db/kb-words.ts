import type { Database } from 'better-sqlite3'

/** What is being written about articles, and what was looked for in vain and is counted. */
export type KbWords = {
  get(articleId: string, author: string): string | null
  /** Empty words are none. */
  keep(articleId: string, author: string, words: string, now: number): void
  /** False where this was counted before. */
  count(during: string, words: string, now: number): boolean
  /** Lets go of what was counted before; answers how many rows, at most `limit`. */
  purge(before: number, limit: number): number
}

export function createKbWords(db: Database): KbWords {
  const get = db.prepare<[string, string], { words: string }>(
    'SELECT words FROM article_words WHERE article_id = ? AND author = ?',
  )
  const keep = db.prepare<[string, string, string, number]>(
    `INSERT INTO article_words (article_id, author, words, updated_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (article_id, author) DO UPDATE SET words = excluded.words, updated_at = excluded.updated_at`,
  )
  const drop = db.prepare<[string, string]>('DELETE FROM article_words WHERE article_id = ? AND author = ?')
  const count = db.prepare<[string, string, number]>(
    'INSERT INTO gaps_counted (during, words, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const purge = db.prepare<[number, number]>(
    `DELETE FROM gaps_counted WHERE (during, words) IN (
       SELECT during, words FROM gaps_counted WHERE at < ? ORDER BY at LIMIT ?)`,
  )
  return {
    get: (articleId, author) => get.get(articleId, author)?.words ?? null,
    keep: (articleId, author, words, now) => {
      if (words === '') drop.run(articleId, author)
      else keep.run(articleId, author, words, now)
    },
    count: (during, words, now) => count.run(during, words, now).changes > 0,
    purge: (before, limit) => purge.run(before, limit).changes,
  }
}
