import type { Article } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'

/** Role sanxin_kb. Stores versions of articles; gives back the ids of those that are new or whose content differs. */
export async function upsertArticles(sql: Tx, articles: readonly Article[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `insert into articles as old (id, version, content)
     select value->>'id', (value->>'version')::int, value from json_array_elements($1::text::json)
     on conflict (id, version) do update set content = excluded.content
       where old.content::text is distinct from excluded.content::text
     returning id`,
    [JSON.stringify(articles)],
  )
  return rows.map(({ id }) => id)
}

/** The current (highest) versions of some articles, each the bytes of its JSON; withdrawn ones are not among them. */
export async function selectCurrent(sql: Tx, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await sql.bytes(
    // One look-up each: a planner without statistics (after filling, after a restore) would read the whole table.
    `select current.id, current.content::text as content
     from json_array_elements_text($1::text::json) as wanted(id)
     cross join lateral (
       select id, content from articles where articles.id = wanted.id order by version desc limit 1
     ) as current
     where not exists (select from articles_withdrawn where articles_withdrawn.id = wanted.id)`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.flatMap(([id, content]) => (id && content ? [[String(id), content] as const] : [])))
}

/** Which of these articles stand here, in whatever version, withdrawn or not. */
export async function selectKnownIds(sql: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    `select distinct wanted.id from json_array_elements_text($1::text::json) as wanted(id)
     where exists (select from articles where articles.id = wanted.id)`,
    [JSON.stringify([...new Set(ids)])],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Role sanxin_kb. False where the article was withdrawn before. */
export async function insertWithdrawn(sql: Tx, id: string): Promise<boolean> {
  const rows = await sql.query(
    'insert into articles_withdrawn (id) values ($1::text) on conflict do nothing returning id',
    [id],
  )
  return rows.length > 0
}

/** Role sanxin_kb. Which of the ids were withdrawn and are so no longer. */
export async function deleteWithdrawn(sql: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    'delete from articles_withdrawn where id in (select value from json_array_elements_text($1::text::json)) returning id',
    [JSON.stringify(ids)],
  )
  return rows.map(({ id }) => id)
}
