import { must } from '../../shared/errors.ts'
import { foldText } from '../../shared/kb/grams.ts'
import type { ArticleLine, ArticleQuery, Waiting } from '../../shared/kb/article-life-page.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'

/**
 * Role sanxin_reader, for whom the transaction serves, and of which it sets how the rest is planned. The newest change
 * first, at most `most`; days of China.
 */
export async function selectLines(
  sql: Tx,
  {
    words,
    state = null,
    unit = null,
    district = null,
    expires = null,
    after,
  }: { [K in keyof ArticleQuery]: ArticleQuery[K] | null },
  { today, soon }: { readonly today: string; readonly soon: string },
  most: number,
): Promise<ArticleLine[]> {
  const [time, id] = after?.split(' ') ?? []
  const terms = foldText(words ?? '')
    .split(/\s+/)
    .filter((term) => term !== '')
  // Who reads is asked of each row, which the planner takes for a hundredth of them: it would read and sort the whole
  // table for its newest page, not go along the index.
  if ([state, unit, district, expires].every((one) => one === null)) await sql.query('set local enable_sort = off')
  return sql.query<ArticleLine>(
    `select article_id as id, title, state, version, withdrawn, owner, unit_name as unit, district,
       valid_until as "validUntil", changed_at as "changedAt"
     from kb_lives
     where ($1::text is null or state = $1::text) and ($2::text is null or owner = $2::text)
       and ($3::text is null or district = $3::text)
       and case $4::text when 'soon' then version > 0 and not withdrawn and valid_until >= $5::text and valid_until < $6::text
         when 'past' then version > 0 and not withdrawn and valid_until < $5::text else true end
       and not exists (
         select from json_array_elements_text($7::text::json) as term(word) where strpos(find_text, term.word) = 0
       )
       and ($8::bigint is null or (changed_at, article_id) < ($8::bigint, $9::text))
     order by changed_at desc, article_id desc limit $10::int`,
    [
      state,
      unit,
      district,
      expires,
      today,
      soon,
      JSON.stringify(terms),
      time === undefined ? null : Number(time),
      id ?? null,
      most,
    ],
  )
}

/** Role sanxin_reader or sanxin_kb. The articles that are called so now, by title, withdrawn ones too. */
export async function selectIdsByTitle(sql: Tx, titles: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ id: string; title: string }>(
    `select article_id as id, title from kb_lives
     where title in (select value from json_array_elements_text($1::text::json)) order by article_id`,
    [JSON.stringify(titles)],
  )
  const byTitle = new Map<string, string[]>()
  for (const { id, title } of rows) byTitle.set(title, [...(byTitle.get(title) ?? []), id])
  return byTitle
}

/** What is published, and the name of the member unit whose it is. */
export type OwnedArticle = { readonly article: Article; readonly owner: string | null }

/** Role sanxin_reader. What is published, by id, after one of them. */
export function selectPublishedPage(sql: Tx, after: string, most: number): Promise<OwnedArticle[]> {
  return sql.query<OwnedArticle>(
    `select articles.content as article, directory.entry->>'name' as owner from kb_lives
     join articles on articles.id = article_id and articles.version = kb_lives.version
     left join directory on directory.id = owner
     where not kb_lives.withdrawn and article_id > $1::text order by article_id limit $2::int`,
    [after, most],
  )
}

/** Role sanxin_reader. How many wait for an editor; days of China. */
export async function selectWaiting(
  sql: Tx,
  { today, soon }: { readonly today: string; readonly soon: string },
): Promise<Waiting> {
  const [row] = await sql.query<Waiting>(
    `select count(*) filter (where state = 'review')::int as review,
       count(*) filter (where stands and valid_until >= $1::text and valid_until < $2::text)::int as soon,
       count(*) filter (where stands and valid_until < $1::text)::int as past,
       (select count(*)::int from kb_tasks where done_at is null) as tasks,
       (select count(*)::int from kb_gaps where closed_at is null) as gaps
     from (select state, valid_until, version > 0 and not withdrawn as stands from kb_lives) as lives`,
    [today, soon],
  )
  return must(row, 'a row of counts')
}
