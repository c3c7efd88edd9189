import type { ArticleGap } from '../../shared/kb/article-life-page.ts'
import { gapWords } from '../../shared/kb/mask-digits.ts'
import type { Tx } from '../db/db.ts'

/** What was looked for in vain at a desk; `at` in ms. */
export type NewGap = { readonly words: string; readonly storeId: string; readonly at: number }

/** Role sanxin_desk, in the transaction of the mutation. Counts once more; one that was closed is open again. */
export async function countGap(sql: Tx, { words, storeId, at }: NewGap): Promise<void> {
  const folded = gapWords(words)
  if (folded === '') return
  await sql.query(
    `insert into kb_gaps as old (words, times, first_at, last_at) values ($1::text, 1, $2::bigint, $2::bigint)
     on conflict (words) do update set times = old.times + 1, last_at = greatest(old.last_at, excluded.last_at),
       closed_at = null`,
    [folded, at],
  )
  await sql.query(
    `insert into kb_gap_desks as old (words, store_id, times) values ($1::text, $2::uuid, 1)
     on conflict (words, store_id) do update set times = old.times + 1`,
    [folded, storeId],
  )
}

/** Role sanxin_reader. Those that are open, or those that are closed; what was looked for most often first. */
export function selectGaps(sql: Tx, closed: boolean, most: number): Promise<ArticleGap[]> {
  return sql.query<ArticleGap>(
    `select words, times, first_at as "firstAt", last_at as "lastAt", closed_at as "closedAt", closed_by as "closedBy",
       why, (select count(*) from kb_gap_desks where kb_gap_desks.words = kb_gaps.words)::int as desks
     from kb_gaps where (closed_at is not null) = $1::boolean
     order by case when $1::boolean then closed_at else times end desc, last_at desc, words limit $2::int`,
    [closed, most],
  )
}

/** Role sanxin_kb. False where there is none, or it is closed already. */
export async function closeGap(sql: Tx, words: string, by: string, at: number, why: string): Promise<boolean> {
  const rows = await sql.query(
    `update kb_gaps set times = 0, closed_at = $2::bigint, closed_by = $3::text, why = $4::text
     where words = $1::text and closed_at is null returning words`,
    [words, at, by, why],
  )
  return rows.length > 0
}
