import type { Article } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/db.ts'
import { appendFeed } from '../feed/sql.ts'
import { storable } from '../storable.ts'
import { deleteWithdrawn, insertWithdrawn, upsertArticles } from './sql.ts'

/** Stores articles and tells all desks of those that changed; a withdrawn one comes back. Returns how many changed. */
export async function publishArticles(db: Db, articles: readonly Article[]): Promise<number> {
  return db.tx('sanxin_kb', async (sql) => {
    const changed = await upsertArticles(sql, storable(articles))
    const back = await deleteWithdrawn(
      sql,
      articles.map(({ id }) => id),
    )
    const ids = [...new Set([...changed, ...back])].toSorted()
    await appendFeed(
      sql,
      ids.map((id) => ({ kind: 'article', ref: id, storeId: null, team: null })),
    )
    return ids.length
  })
}

/** Takes an article from all desks; its versions stay, for the cases that quote them. */
export async function withdrawArticle(db: Db, id: string): Promise<boolean> {
  return db.tx('sanxin_kb', async (sql) => {
    const withdrawn = await insertWithdrawn(sql, id)
    if (withdrawn) await appendFeed(sql, [{ kind: 'article', ref: id, storeId: null, team: null }])
    return withdrawn
  })
}
