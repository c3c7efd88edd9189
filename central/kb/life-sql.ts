import { foldText } from '../../shared/kb/grams.ts'
import type { ArticleFields } from '../../shared/kb/article-life-fields.ts'
import { stateOf, type ArticleLife, type ArticleParty } from '../../shared/kb/article-life.ts'
import type { ArticleEvent } from '../../shared/kb/article-life-page.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'

/** All of these: role sanxin_kb for an editor or the program, sanxin_unit for somebody of a unit, whose policies leave her own. */

/** Whoever changes articles waits for whoever does, until the end of the transaction. */
export const lockArticles = (sql: Tx): Promise<void> => lockName(sql, 'sanxin.kb')

type LifeRow = Omit<ArticleLife, 'published' | 'draft'> & {
  readonly published: Article | null
  readonly draft: ArticleFields | null
  readonly draftState: 'draft' | 'review' | null
  readonly draftBase: number | null
  readonly draftBy: string | null
}

const lifeColumns = `article_id as id, owner, kb_lives.version, withdrawn, edition, draft, draft_state as "draftState",
  draft_base as "draftBase", draft_by as "draftBy", articles.content as published`

function lifeOf({ published, draft, draftState, draftBase, draftBy, ...life }: LifeRow): ArticleLife {
  const { id: _id, version: _version, ...fields } = published ?? { id: '', version: 0 }
  return {
    ...life,
    published: published === null ? null : (fields as ArticleFields),
    draft:
      draft === null || draftState === null
        ? null
        : { state: draftState, fields: draft, base: draftBase ?? 0, by: draftBy ?? '' },
  }
}

/** Some articles as they stand, by their ids; role sanxin_reader too. */
export async function selectLives(sql: Tx, ids: readonly string[]): Promise<Map<string, ArticleLife>> {
  const rows = await sql.query<LifeRow>(
    `select ${lifeColumns} from json_array_elements_text($1::text::json) as wanted(id)
     join kb_lives on kb_lives.article_id = wanted.id
     left join articles on articles.id = article_id and articles.version = kb_lives.version`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.map((row) => [row.id, lifeOf(row)]))
}

/** All that are published or being written, by their ids. */
export async function selectAllLives(sql: Tx): Promise<ArticleLife[]> {
  const rows = await sql.query<LifeRow>(
    `select ${lifeColumns} from kb_lives
     left join articles on articles.id = article_id and articles.version = kb_lives.version order by article_id`,
  )
  return rows.map(lifeOf)
}

/** What a list finds an article by. */
const findText = (id: string, { title, questions, words = [], body }: ArticleFields): string =>
  foldText([id, title, ...questions, ...words, body].join(' '))

/** The columns of what is shown, of the draft where there is one. */
function shownOf({ id, draft, published }: ArticleLife) {
  const fields = draft?.fields ?? published
  return {
    title: fields?.title ?? '',
    unitName: fields?.unit ?? '',
    district: fields?.district ?? null,
    findText: fields === null || fields === undefined ? id : findText(id, fields),
  }
}

const draftValues = ({ draft }: ArticleLife) => [
  draft === null ? null : JSON.stringify(draft.fields),
  draft?.state ?? null,
  draft?.base ?? null,
  draft?.by ?? null,
]

/** A draft of an article that there was not. False where the id is taken. */
export async function insertLife(sql: Tx, life: ArticleLife, made: string, at: number): Promise<boolean> {
  const { title, unitName, district, findText: text } = shownOf(life)
  const rows = await sql.query(
    `insert into kb_lives (article_id, owner, edition, draft, draft_state, draft_base, draft_by, made, title, unit_name,
       district, find_text, changed_at)
     values ($1::text, $2::text, $3::int, $4::text::json, $5::text, $6::int, $7::text, $8::uuid, $9::text, $10::text,
       $11::text, $12::text, $13::bigint)
     on conflict do nothing returning article_id`,
    [life.id, life.owner, life.edition, ...draftValues(life), made, title, unitName, district, text, at],
  )
  return rows.length > 0
}

/** What of an article a unit may change, too: its draft. */
export async function updateDraft(sql: Tx, life: ArticleLife, at: number): Promise<void> {
  const { title, unitName, district, findText: text } = shownOf(life)
  await sql.query(
    `update kb_lives set edition = $2::int, draft = $3::text::json, draft_state = $4::text, draft_base = $5::int,
       draft_by = $6::text, title = $7::text, unit_name = $8::text, district = $9::text, find_text = $10::text,
       changed_at = $11::bigint
     where article_id = $1::text`,
    [life.id, life.edition, ...draftValues(life), title, unitName, district, text, at],
  )
}

/** Role sanxin_kb. What only the centre changes. */
export async function updateStanding(
  sql: Tx,
  { id, owner, version, withdrawn, published }: ArticleLife,
): Promise<void> {
  await sql.query(
    `update kb_lives set owner = $2::text, version = $3::int, withdrawn = $4::boolean, valid_until = $5::text
     where article_id = $1::text`,
    [id, owner, version, withdrawn, published?.validUntil ?? null],
  )
}

/**
 * Role sanxin_kb. What the program publishes: an article that was not here begins its life, one that was goes on. Of one
 * that is being changed the draft is left as it is.
 */
export async function upsertPublished(sql: Tx, articles: readonly Article[], at: number): Promise<void> {
  const rows = articles.map(({ id, version, ...fields }) => ({ id, version, text: findText(id, fields), ...fields }))
  await sql.query(
    `with told as (
       insert into kb_lives as old (article_id, owner, version, edition, valid_until, title, unit_name, district, find_text,
         changed_at)
       select value->>'id', (select min(directory.id) from directory
           where not directory.withdrawn and entry->>'kind' = 'unit' and entry->>'name' = value->>'unit'),
         (value->>'version')::int, 1, value->>'validUntil', value->>'title', value->>'unit', value->>'district',
         value->>'text', $2::bigint
       from json_array_elements($1::text::json)
       on conflict (article_id) do update set edition = old.edition + 1, withdrawn = false,
         version = greatest(old.version, excluded.version), valid_until = excluded.valid_until,
         title = case when old.draft is null then excluded.title else old.title end,
         unit_name = case when old.draft is null then excluded.unit_name else old.unit_name end,
         district = case when old.draft is null then excluded.district else old.district end,
         find_text = case when old.draft is null then excluded.find_text else old.find_text end,
         changed_at = excluded.changed_at
       returning article_id, edition, version, state
     )
     insert into kb_events (article_id, edition, step, staff_no, at, why, version, state)
     select article_id, edition, 'import', null, $2::bigint, '', version, state from told`,
    [JSON.stringify(rows), at],
  )
}

/** Role sanxin_kb. What the program takes from all desks; one that it does not know is not there. */
export async function withdrawLife(sql: Tx, id: string, at: number): Promise<void> {
  await sql.query(
    `with told as (
       update kb_lives set edition = edition + 1, withdrawn = true, changed_at = $2::bigint where article_id = $1::text
       returning article_id, edition, version, state
     )
     insert into kb_events (article_id, edition, step, staff_no, at, why, version, state)
     select article_id, edition, 'withdraw', null, $2::bigint, '', version, state from told`,
    [id, at],
  )
}

/** Which of the articles people have taken a step with. */
export async function selectTouched(sql: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `select distinct article_id as id from kb_events
     where staff_no is not null and article_id in (select value from json_array_elements_text($1::text::json))`,
    [JSON.stringify(ids)],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Which of the articles have a draft that a member unit has written since it was last begun; role sanxin_reader too. */
export async function selectDraftsOfUnits(sql: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `select distinct article_id as id from kb_events as told join kb_lives using (article_id)
     where draft is not null and party = 'unit' and article_id in (select value from json_array_elements_text($1::text::json))
       and told.edition > coalesce((select max(edition) from kb_events as ended
         where ended.article_id = told.article_id and ended.step in ('publish', 'discard')), 0)`,
    [JSON.stringify(ids)],
  )
  return new Set(rows.map(({ id }) => id))
}

/** An id that no article was given yet. */
export async function nextArticleId(sql: Tx): Promise<string> {
  const [row] = await sql.query<{ id: string }>(`select 'KB-' || nextval('kb_ids') as id`)
  return row?.id ?? ''
}

/** The article that was begun by this id of a beginning; null where none was. */
export async function selectMade(sql: Tx, made: string): Promise<string | null> {
  const [row] = await sql.query<{ id: string }>('select article_id as id from kb_lives where made = $1::uuid', [made])
  return row?.id ?? null
}

export type NewEvent = {
  readonly step: ArticleEvent['step']
  readonly by: string
  readonly party: ArticleParty
  readonly at: number
  readonly why: string
  readonly content: ArticleFields | null
  /** The step as it was sent. */
  readonly said: string
}

export async function insertEvent(sql: Tx, life: ArticleLife, event: NewEvent): Promise<void> {
  const { step, by, party, at, why, content, said } = event
  await sql.query(
    `insert into kb_events (article_id, edition, step, staff_no, party, at, why, version, state, content, said)
     values ($1::text, $2::int, $3::text, $4::text, $5::text, $6::bigint, $7::text, $8::int, $9::text, $10::text::json,
       $11::text)`,
    [
      ...[life.id, life.edition, step, by, party, at, why, life.version, stateOf(life)],
      ...[content === null ? null : JSON.stringify(content), said],
    ],
  )
}

/** What happened to an article, the newest first; role sanxin_reader too. */
export function selectEvents(sql: Tx, id: string, most: number): Promise<ArticleEvent[]> {
  return sql.query<ArticleEvent>(
    `select edition, step, staff_no as by, party, at, why, version, state from kb_events
     where article_id = $1::text order by edition desc limit $2::int`,
    [id, most],
  )
}

/** Who said what at an edition; null where there is none. */
export async function selectSaid(
  sql: Tx,
  id: string,
  edition: number,
): Promise<{ readonly by: string | null; readonly said: string | null } | null> {
  const [row] = await sql.query<{ by: string | null; said: string | null }>(
    'select staff_no as by, said from kb_events where article_id = $1::text and edition = $2::int',
    [id, edition],
  )
  return row ?? null
}

/** What was written at an edition, or was published then; null where nothing was. Role sanxin_reader too. */
export async function selectEdition(sql: Tx, id: string, edition: number): Promise<unknown> {
  const [row] = await sql.query<{ fields: unknown }>(
    `select coalesce(kb_events.content, articles.content) as fields from kb_events
     left join articles on articles.id = article_id and articles.version = kb_events.version
     where article_id = $1::text and edition = $2::int`,
    [id, edition],
  )
  return row?.fields ?? null
}

/** A version that was published; null where there is none. */
export async function selectPublished(sql: Tx, id: string, version: number): Promise<Article | null> {
  const [row] = await sql.query<{ content: Article }>(
    'select content from articles where id = $1::text and version = $2::int',
    [id, version],
  )
  return row?.content ?? null
}
