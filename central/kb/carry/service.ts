/** Articles carried in and out as files: shown first, and then done just so, or not at all (rules KA16 to KA18). */
import { createHash, randomUUID } from 'node:crypto'
import { chinaDay, chinaDayNumber, isoOfDay } from '../../../shared/china-day.ts'
import { BYTE_ORDER_MARK } from '../../../shared/csv.ts'
import { fail, ok, type Result } from '../../../shared/errors.ts'
import type { CarryCounts, CarryFormat, CarryPlan } from '../../../shared/kb/article-life-carry.ts'
import { articleIdSchema, fieldsOf, sameFields } from '../../../shared/kb/article-life-fields.ts'
import type { ArticleLife } from '../../../shared/kb/article-life.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import { appendAudit } from '../../audit/sql.ts'
import type { Tx } from '../../db/db.ts'
import { selectUnits } from '../../directory/sql.ts'
import { appendFeed } from '../../feed/sql.ts'
import type { KbDeps, Writer } from '../life-service.ts'
import * as lives from '../life-sql.ts'
import { selectIdsByTitle, selectPublishedPage, type OwnedArticle } from '../list-sql.ts'
import { upsertArticles } from '../sql.ts'
import { csvArticle, csvHead, readCsvArticles } from './csv-articles.ts'
import { readDocxArticles } from './docx-articles.ts'
import { readJsonArticles } from './json-articles.ts'
import { countsOf, itemsOf, planImport, statesOf, type Planned, type Standing } from './plan.ts'
import { titleOf, type ReadFile, type ReadRow } from './read-row.ts'

/** `owner`: whose the new ones are that do not say so, by the unit's id; null for the centre's own. */
export type Carried = {
  readonly format: CarryFormat
  readonly bytes: Uint8Array
  readonly owner: string | null | undefined
}

const DAYS_OF_A_YEAR = 365
const PAGE = 200

function readFile({ format, bytes }: Carried, now: number): ReadFile {
  if (format === 'csv') return readCsvArticles(bytes)
  if (format === 'json') return readJsonArticles(bytes)
  // A document does not say until when it holds: a year, for whoever completes the draft to change.
  return readDocxArticles(bytes, isoOfDay(chinaDayNumber(now) + DAYS_OF_A_YEAR))
}

async function standingOf(sql: Tx, rows: readonly ReadRow[]): Promise<Standing> {
  const titles = rows.flatMap((row) => (row.id === null ? [titleOf(row)] : []))
  const byTitle = await selectIdsByTitle(sql, titles)
  const named = rows.flatMap(({ id }) => (id !== null && articleIdSchema.safeParse(id).success ? [id] : []))
  const ids = [...new Set([...named, ...[...byTitle.values()].flat()])]
  const units = new Map((await selectUnits(sql)).map(({ id, name }) => [id, name]))
  const ofUnits = await lives.selectDraftsOfUnits(sql, ids)
  return { byId: await lives.selectLives(sql, ids), byTitle, ofUnits, units }
}

/** Of the file and of all that was shown: another file, or anything that stands otherwise, has another. */
function hashOf({ format, bytes }: Carried, planned: readonly Planned[]): string {
  const file = createHash('sha256').update(bytes).digest('hex')
  const told = planned.map((one) =>
    one.kind === 'refused'
      ? [one.row, one.reason]
      : [one.row, one.kind, one.life.id, one.life.edition, one.fields, one.owner, one.state],
  )
  return createHash('sha256')
    .update(JSON.stringify([format, file, told]))
    .digest('hex')
}

type Reckoned = { readonly planned: readonly Planned[]; readonly hash: string; readonly units: Standing['units'] }

async function reckon(sql: Tx, carried: Carried, by: string, now: number): Promise<Result<Reckoned>> {
  const read = readFile(carried, now)
  if ('reason' in read) return fail('invalidInput', read.reason)
  const standing = await standingOf(sql, read.rows)
  const { owner, format } = carried
  if (typeof owner === 'string' && !standing.units.has(owner)) return fail('invalidInput', 'owner')
  const context = { today: chinaDay(now), by, owner, guessed: format === 'docx' }
  const planned = planImport(read.rows, standing, context)
  return ok({ planned, hash: hashOf(carried, planned), units: standing.units })
}

/** What a file would change, and nothing is. `invalidInput` with a FileReason where it cannot be read. */
export function showImport({ db, clock }: KbDeps, carried: Carried, writer: Writer): Promise<Result<CarryPlan>> {
  const show = async (sql: Tx): Promise<Result<CarryPlan>> => {
    const reckoned = await reckon(sql, carried, writer.staffNo, clock.now())
    if (!reckoned.ok) return reckoned
    const { planned, hash, units } = reckoned.value
    return ok({ hash, states: statesOf(planned), counts: countsOf(planned), items: itemsOf(planned, units) })
  }
  return db.tx('sanxin_reader', show, writer)
}

type Taken = Extract<Planned, { kind: 'fresh' | 'changed' | 'same' }>

/** What stands after it: the next version, or a draft. */
function lifeAfter({ life, fields, owner, state }: Taken, id: string, by: string): ArticleLife {
  const next = { ...life, id, owner, edition: life.edition + 1 }
  if (state === 'published') {
    // A draft that was never published is what was imported by now; one beside what is published stays.
    const draft = life.version === 0 ? null : life.draft
    return { ...next, version: life.version + 1, published: fields, draft }
  }
  const stands = life.draft?.fields ?? life.published
  // Where whose it is changes alone, there is nothing to review.
  if (state === 'draft' && stands !== null && sameFields(stands, fields)) return next
  const kept = life.draft?.state === 'review' ? 'review' : state
  return { ...next, draft: { state: kept, fields, base: life.version, by } }
}

async function writeOne(sql: Tx, one: Taken, why: string, by: string, at: number): Promise<ArticleLife> {
  const id = one.life.id === '' ? await lives.nextArticleId(sql) : one.life.id
  const after = lifeAfter(one, id, by)
  if (one.life.edition === 0) {
    if (!(await lives.insertLife(sql, after, randomUUID(), at))) throw new Error('an id that was free a moment ago')
  } else await lives.updateDraft(sql, after, at)
  await lives.updateStanding(sql, after)
  const event = { step: 'import', by, party: 'editor', at, why, content: one.fields, said: '' } as const
  await lives.insertEvent(sql, after, event)
  return after
}

/**
 * Does just what was shown under `hash`. `outdated` where the file or anything that it was shown against is another by
 * now; nothing is changed then.
 */
export async function applyImport(
  deps: KbDeps,
  carried: Carried,
  { hash, why }: { readonly hash: string; readonly why: string },
  writer: Writer,
): Promise<Result<CarryCounts>> {
  const apply = async (sql: Tx): Promise<Result<CarryCounts>> => {
    await lives.lockArticles(sql)
    const at = deps.clock.now()
    const reckoned = await reckon(sql, carried, writer.staffNo, at)
    if (!reckoned.ok) return reckoned
    if (reckoned.value.hash !== hash) return fail('outdated')
    const told: Article[] = []
    for (const one of reckoned.value.planned)
      if (one.kind === 'fresh' || one.kind === 'changed') {
        const { id, version } = await writeOne(sql, one, why, writer.staffNo, at)
        if (one.state === 'published') told.push({ id, version, ...one.fields })
      }
    await upsertArticles(sql, told)
    const counts = countsOf(reckoned.value.planned)
    const detail = {
      format: carried.format,
      hash,
      why,
      fresh: counts.fresh,
      changed: counts.changed,
      published: told.length,
    }
    await appendAudit(sql, { at, actor: writer.staffNo, place: writer.storeId, action: 'articles.imported', detail })
    await appendFeed(
      sql,
      told.map(({ id }) => ({ kind: 'article', ref: id, storeId: null, team: null })),
    )
    return ok(counts)
  }
  const applied = await deps.db.tx('sanxin_kb', apply, writer)
  if (applied.ok) deps.committed?.()
  return applied
}

async function* publishedPages({ db }: KbDeps, reader: Omit<Writer, 'party'>): AsyncGenerator<OwnedArticle[]> {
  for (let after = ''; ;) {
    const page = await db.tx('sanxin_reader', (sql) => selectPublishedPage(sql, after, PAGE), reader)
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.article.id
  }
}

/** All that is published, with all fields; that it was taken away stands in the audit before the first line. */
export async function* exportArticles(
  deps: KbDeps,
  format: 'csv' | 'json',
  reader: Omit<Writer, 'party'>,
): AsyncGenerator<string> {
  const { staffNo: actor, storeId: place } = reader
  const note = { at: deps.clock.now(), actor, place, action: 'articles.exported', detail: { format } } as const
  await deps.db.tx('sanxin_reader', (sql) => appendAudit(sql, note), reader)
  yield format === 'csv' ? `${BYTE_ORDER_MARK}${csvHead()}` : '{"articles":['
  let first = true
  for await (const page of publishedPages(deps, reader)) {
    const lines = page.map(({ article, owner }) =>
      format === 'csv' ? csvArticle(article.id, fieldsOf(article), owner) : JSON.stringify({ ...article, owner }),
    )
    if (lines.length > 0) yield format === 'csv' ? lines.join('') : `${first ? '\n' : ',\n'}${lines.join(',\n')}`
    first &&= lines.length === 0
  }
  if (format === 'json') yield '\n]}\n'
}
