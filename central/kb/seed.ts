/** Loads the articles that come with the program: central/seed/articles/*.json, one file a family. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Log } from '../../shared/ports.ts'
import { articleSchema, type Article } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/db.ts'
import { selectTouched } from './life-sql.ts'
import { publishArticles } from './service.ts'

export const articlesFolder = join(import.meta.dirname, '..', 'seed', 'articles')

const familySchema = z.object({
  family: z.string().min(1).max(60),
  name: z.string(),
  articles: z.array(z.looseObject({})),
})

async function readFamily(path: string, file: string, log: Log): Promise<Article[]> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    log('articlesUnreadable', { file })
    return []
  }
  const family = familySchema.safeParse(json)
  if (!family.success) {
    log('articlesUnreadable', { file })
    return []
  }
  return family.data.articles.flatMap((entry, index) => {
    const article = articleSchema.safeParse({ ...entry, family: family.data.family })
    if (article.success) return [article.data]
    log('articleRefused', { file, index, field: article.error.issues[0]?.path.join('.') ?? '' })
    return []
  })
}

/**
 * Publishes all articles of the folder; what is unreadable is logged and left out. The same files again change nothing,
 * and what people here have taken a step with is theirs from then on.
 */
export async function seedArticles(
  db: Db,
  log: Log,
  folder: string = articlesFolder,
  at = 0,
): Promise<{ articles: number; changed: number }> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).toSorted()
  const families = await Promise.all(files.map((file) => readFamily(join(folder, file), file, log)))
  const byKey = new Map(families.flat().map((article) => [`${article.id} ${article.version}`, article]))
  const articles = [...byKey.values()]
  const ids = articles.map(({ id }) => id)
  const touched = await db.tx('sanxin_kb', (sql) => selectTouched(sql, ids))
  const ours = articles.filter(({ id }) => !touched.has(id))
  return { articles: articles.length, changed: ours.length === 0 ? 0 : await publishArticles(db, ours, at) }
}
