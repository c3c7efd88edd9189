import type { ArticleTask } from '../../shared/kb/article-life-page.ts'
import { maskMobiles } from '../../shared/kb/names-citizen.ts'
import type { Tx } from '../db/db.ts'

/** An answer that somebody at a desk found wrong; `id` is the mutation's, `at` in ms, call and case where there were any. */
export type NewTask = {
  readonly id: string
  readonly articleId: string
  readonly version: number
  readonly words: string
  readonly callId: string | null
  readonly caseId: string | null
  readonly by: string
  readonly at: number
}

/** Role sanxin_desk, in the transaction of the mutation. The same id again: nothing. Mobile numbers in the words are masked. */
export async function insertTask(sql: Tx, task: NewTask): Promise<void> {
  const { id, articleId, version, words, callId, caseId, by, at } = task
  await sql.query(
    `insert into kb_tasks (id, article_id, version, words, call_id, case_id, staff_no, at)
     values ($1::uuid, $2::text, $3::int, $4::text, $5::text, $6::uuid, $7::text, $8::bigint) on conflict do nothing`,
    [id, articleId, version, maskMobiles(words), callId, caseId, by, at],
  )
}

/**
 * Role sanxin_reader. Those that are open, the oldest first, or those that are done, the newest first. With a case its call
 * is not told: the two together may name who reports something, and the case's page has it for who may know (K10.4).
 */
export function selectTasks(sql: Tx, done: boolean, most: number): Promise<ArticleTask[]> {
  return sql.query<ArticleTask>(
    `select id, article_id as "articleId", kb_tasks.version, words,
       case when case_id is null then call_id end as "callId", case_id as "caseId",
       staff_no as by, at, done_at as "doneAt", done_by as "doneBy", why, kb_lives.title
     from kb_tasks left join kb_lives using (article_id)
     where (done_at is not null) = $1::boolean
     order by case when $1::boolean then -done_at else at end, id limit $2::int`,
    [done, most],
  )
}

/** Role sanxin_kb. False where there is none, or it is done already. */
export async function closeTask(sql: Tx, id: string, by: string, at: number, why: string): Promise<boolean> {
  const rows = await sql.query(
    `update kb_tasks set done_at = $2::bigint, done_by = $3::text, why = $4::text
     where id = $1::uuid and done_at is null returning id`,
    [id, at, by, why],
  )
  return rows.length > 0
}
