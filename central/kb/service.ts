import type { Article } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/db.ts'
import { appendFeed } from '../feed/sql.ts'
import { storable } from '../storable.ts'
import { lockArticles, upsertPublished, withdrawLife } from './life-sql.ts'
import { deleteWithdrawn, insertWithdrawn, upsertArticles } from './sql.ts'

/**
 * Stores articles, as the program itself, and tells all desks of those that changed; a withdrawn one comes back. `at` is
 * when, in ms. Returns how many changed.
 */
export async function publishArticles(db: Db, articles: readonly Article[], at = 0): Promise<number> {
  return db.tx('sanxin_kb', async (sql) => {
    await lockArticles(sql)
    const changed = await upsertArticles(sql, storable(articles))
    const back = await deleteWithdrawn(
      sql,
      articles.map(({ id }) => id),
    )
    const ids = [...new Set([...changed, ...back])].toSorted()
    const newest = new Map(articles.toSorted((a, b) => a.version - b.version).map((one) => [one.id, one]))
    const told = ids.flatMap((id) => newest.get(id) ?? [])
    await upsertPublished(sql, storable(told), at)
    await appendFeed(
      sql,
      ids.map((id) => ({ kind: 'article', ref: id, storeId: null, team: null })),
    )
    return ids.length
  })
}

/** Takes an article from all desks; its versions stay, for the cases that quote them. */
export async function withdrawArticle(db: Db, id: string, at = 0): Promise<boolean> {
  return db.tx('sanxin_kb', async (sql) => {
    await lockArticles(sql)
    const withdrawn = await insertWithdrawn(sql, id)
    if (withdrawn) await withdrawLife(sql, id, at)
    if (withdrawn) await appendFeed(sql, [{ kind: 'article', ref: id, storeId: null, team: null }])
    return withdrawn
  })
}
