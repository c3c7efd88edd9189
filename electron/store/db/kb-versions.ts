import type { Database } from 'better-sqlite3'
import { saysTheSame, type ArticleNews, type ArticleWords, type UsedArticle } from '../../../shared/kb/article-news.ts'
import type { Article } from '../../../shared/sync/protocol.ts'

/** What articles said before, for those who still use a version of them. */
export type KbVersions = {
  /** Another version comes in an article's place, or none: what stands is kept aside; call it before, in the same transaction. */
  keep(id: string, next: number | null, at: number): void
  /** What became of versions that are in use; one that stands as it was is not among them. `today` as 2026-11-23. */
  news(used: readonly UsedArticle[], today: string): ArticleNews[]
  /** Lets go of what was replaced before; answers how many rows, at most `limit`. */
  purge(before: number, limit: number): number
  /** How often something was kept aside by this process. */
  changes(): number
}

type Row = { readonly article: string }

export function createKbVersions(db: Database): KbVersions {
  const keep = db.prepare<{ id: string; next: number | null; at: number }>(
    `INSERT INTO article_versions (id, version, article, until)
     SELECT id, article ->> '$.version', article, @at FROM articles
     WHERE id = @id AND article ->> '$.version' IS NOT @next
     ON CONFLICT (id, version) DO UPDATE SET article = excluded.article, until = excluded.until`,
  )
  const standing = db.prepare<[string], Row>('SELECT article FROM articles WHERE id = ?')
  const version = db.prepare<[string, number], Row>('SELECT article FROM article_versions WHERE id = ? AND version = ?')
  const last = db.prepare<[string], { until: number | null }>(
    'SELECT max(until) AS until FROM article_versions WHERE id = ?',
  )
  const purge = db.prepare<[number, number]>(
    `DELETE FROM article_versions WHERE (id, version) IN (
       SELECT id, version FROM article_versions WHERE until < ? ORDER BY until LIMIT ?)`,
  )
  let changes = 0

  const articleOf = (row: Row | undefined) => (row === undefined ? null : (JSON.parse(row.article) as Article))

  function wordsOf(article: Article | null, today: string): ArticleWords | null {
    if (article === null) return null
    const { id, version: number, title, body, source, validUntil, sheets } = article
    const words = { id, version: number, title, body, source, validUntil, expired: validUntil < today }
    return sheets === undefined ? words : { ...words, sheets }
  }

  function newsOf(used: UsedArticle, today: string): ArticleNews[] {
    const stands = articleOf(standing.get(used.id))
    const was = stands?.version === used.version ? stands : articleOf(version.get(used.id, used.version))
    const [before, now] = [wordsOf(was, today), wordsOf(stands, today)]
    const at = last.get(used.id)?.until ?? null
    // Of one that this desk never had nothing is known: it may come yet.
    if (stands === null || now === null) return at === null ? [] : [{ ...used, kind: 'withdrawn', at, before, now }]
    if (was === null || !saysTheSame(was, stands)) return [{ ...used, kind: 'changed', at, before, now }]
    return now.expired ? [{ ...used, kind: 'expired', at: null, before, now }] : []
  }

  return {
    keep: (id, next, at) => {
      changes += keep.run({ id, next, at }).changes
    },
    news: (used, today) => used.flatMap((one) => newsOf(one, today)),
    purge: (before, limit) => purge.run(before, limit).changes,
    changes: () => changes,
  }
}
