/** Articles as editors and member units work on them: drafts, steps, versions (rules KA in shared/kb/SPEC.md). */
import type { AuditAction } from '../../shared/audit-action.ts'
import { chinaDay, chinaDayNumber, isoOfDay } from '../../shared/china-day.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { articleFieldsSchema, cleanFields, fieldsOf, type ArticleFields } from '../../shared/kb/article-life-fields.ts'
import {
  decideArticle,
  newLife,
  type ArticleContext,
  type ArticleLife,
  type ArticleParty,
  type ArticleStep,
} from '../../shared/kb/article-life.ts'
import type {
  ArticleDetail,
  ArticleLine,
  ArticleQuery,
  ArticleStepRequest,
  NewArticle,
  Waiting,
} from '../../shared/kb/article-life-page.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, DbRole, Tx } from '../db/db.ts'
import { selectUnits } from '../directory/sql.ts'
import { appendFeed } from '../feed/sql.ts'
import type { Session } from '../http/access.ts'
import * as lives from './life-sql.ts'
import { selectLines, selectWaiting } from './list-sql.ts'
import { deleteWithdrawn, insertWithdrawn, upsertArticles } from './sql.ts'

export type KbDeps = {
  readonly db: Db
  readonly clock: Clock
  /** Called once something may have been published. */
  readonly committed?: () => void
}
/** Who works on articles, and as whom. */
export type Writer = Pick<Session, 'staffNo' | 'role' | 'storeId' | 'unit'> & { readonly party: ArticleParty }

const PAGE = 50
const MOST_EVENTS = 200
/** What expires within so many days is said to the editors. */
const SOON_DAYS = 30

const roleOf = ({ party }: Writer): DbRole => (party === 'editor' ? 'sanxin_kb' : 'sanxin_unit')

const auditActionOf: { readonly [S in ArticleStep['type']]: AuditAction } = {
  edit: 'article.edited',
  submit: 'article.submitted',
  sendBack: 'article.sentBack',
  discard: 'article.discarded',
  publish: 'article.published',
  withdraw: 'article.withdrawn',
  rollBack: 'article.rolledBack',
}

/** Today, and the day from which on nothing expires soon. */
function daysOf(clock: Clock) {
  const now = clock.now()
  return { today: chinaDay(now), soon: isoOfDay(chinaDayNumber(now) + SOON_DAYS) }
}

/** How many articles, tasks and gaps wait for an editor. */
export function countWaiting({ db, clock }: KbDeps, reader: Omit<Writer, 'party'>): Promise<Waiting> {
  return db.tx('sanxin_reader', (sql) => selectWaiting(sql, daysOf(clock)), reader)
}

/** A list in pages, for who reads it: a unit finds its own alone. */
export async function listArticles(
  { db, clock }: KbDeps,
  query: ArticleQuery,
  reader: Omit<Writer, 'party'>,
): Promise<{ articles: ArticleLine[]; next: string | null }> {
  const days = daysOf(clock)
  const articles = await db.tx('sanxin_reader', (sql) => selectLines(sql, query, days, PAGE), reader)
  const last = articles.at(-1)
  return { articles, next: last === undefined || articles.length < PAGE ? null : `${last.changedAt} ${last.id}` }
}

/** `notFound` where there is none for this reader. */
export function readArticle({ db }: KbDeps, id: string, reader: Omit<Writer, 'party'>): Promise<Result<ArticleDetail>> {
  const read = async (sql: Tx): Promise<Result<ArticleDetail>> => {
    const life = (await lives.selectLives(sql, [id])).get(id)
    return life === undefined ? fail('notFound') : ok({ life, events: await lives.selectEvents(sql, id, MOST_EVENTS) })
  }
  return db.tx('sanxin_reader', read, reader)
}

/** What was written or published at an edition. */
export async function readEdition(
  { db }: KbDeps,
  id: string,
  edition: number,
  reader: Omit<Writer, 'party'>,
): Promise<Result<ArticleFields>> {
  const stored = await db.tx('sanxin_reader', (sql) => lives.selectEdition(sql, id, edition), reader)
  const fields = articleFieldsSchema.safeParse(stored)
  return fields.success ? ok(fields.data) : fail('notFound')
}

/** A unit writes in its own name, whatever was said. */
async function inOwnName(sql: Tx, fields: ArticleFields, { party, unit }: Writer): Promise<ArticleFields> {
  if (party === 'editor') return fields
  const own = (await selectUnits(sql)).find(({ id }) => id === unit)
  return own === undefined ? fields : { ...fields, unit: own.name }
}

async function unknownOwner(sql: Tx, owner: string | null | undefined, { party }: Writer): Promise<boolean> {
  if (party === 'unit' || owner === null || owner === undefined) return false
  return (await selectUnits(sql)).every(({ id }) => id !== owner)
}

type Written = { readonly before: ArticleLife; readonly after: ArticleLife; readonly step: ArticleStep }

/** Writes what a step made of an article, and tells of it: the audit, and all desks where they see something of it. */
async function write(
  sql: Tx,
  { before, after, step }: Written,
  said: string,
  writer: Writer,
  at: number,
): Promise<void> {
  await lives.updateDraft(sql, after, at)
  const { id, version, published, withdrawn } = after
  const moved = version !== before.version || withdrawn !== before.withdrawn
  if (writer.party === 'editor') await lives.updateStanding(sql, after)
  if (version !== before.version && published !== null) {
    await upsertArticles(sql, [{ id, version, ...published }])
    await deleteWithdrawn(sql, [id])
  }
  if (withdrawn && !before.withdrawn) await insertWithdrawn(sql, id)
  await record(sql, after, step, said, writer, at)
  if (moved) await appendFeed(sql, [{ kind: 'article', ref: id, storeId: null, team: null }])
}

/** The step in the article's own history and in the audit. */
async function record(
  sql: Tx,
  after: ArticleLife,
  step: ArticleStep,
  said: string,
  { staffNo: by, party, storeId: place }: Writer,
  at: number,
): Promise<void> {
  const why = 'why' in step ? step.why : ''
  const content = step.type === 'edit' ? step.fields : null
  await lives.insertEvent(sql, after, { step: step.type, by, party, at, why, content, said })
  const detail = { edition: after.edition, version: after.version, ...(why === '' ? {} : { why }) }
  await appendAudit(sql, { at, actor: by, place, action: auditActionOf[step.type], object: after.id, detail })
}

/**
 * Begins a draft of an article that there was not; answers its id, and the same once more where it is sent again.
 * `invalidInput`: `owner` where no such unit stands in the directory, or the field that cannot be.
 */
export function beginArticle(
  { db, clock }: KbDeps,
  asked: NewArticle,
  writer: Writer,
): Promise<Result<{ readonly id: string }>> {
  const begin = async (sql: Tx): Promise<Result<{ readonly id: string }>> => {
    await lives.lockArticles(sql)
    const again = await lives.selectMade(sql, asked.made)
    if (again !== null) return ok({ id: again })
    if (await unknownOwner(sql, asked.owner, writer)) return fail('invalidInput', 'owner')
    const fields = await inOwnName(sql, cleanFields(asked.fields), writer)
    const owner = writer.party === 'unit' ? writer.unit : asked.owner
    const step: ArticleStep = { type: 'edit', fields }
    const at = clock.now()
    const id = await lives.nextArticleId(sql)
    const begun = decideArticle(newLife(id, owner), step, contextOf(writer, at))
    if (!begun.ok) return begun
    // Somebody imported an article of this id: the number is left out, and whoever asks again has the next one.
    if (!(await lives.insertLife(sql, begun.value, asked.made, at))) return fail('illegalTransition', 'idTaken')
    await record(sql, begun.value, step, JSON.stringify(step), writer, at)
    return ok({ id })
  }
  return db.tx(roleOf(writer), begin, writer)
}

const contextOf = ({ staffNo: by, party }: Writer, at: number): ArticleContext => ({ by, party, today: chinaDay(at) })

async function asWritten(sql: Tx, step: ArticleStep, writer: Writer): Promise<Result<ArticleStep>> {
  if (step.type !== 'edit') return ok(step)
  if (await unknownOwner(sql, step.owner, writer)) return fail('invalidInput', 'owner')
  return ok({ ...step, fields: await inOwnName(sql, cleanFields(step.fields), writer) })
}

/**
 * Takes a step with an article; answers its new edition. `outdated` with the edition that stands where it is another
 * than the one that was seen; sent again it is answered again.
 */
export async function stepArticle(
  deps: KbDeps,
  id: string,
  asked: ArticleStepRequest,
  writer: Writer,
): Promise<Result<{ readonly edition: number }>> {
  const take = async (sql: Tx): Promise<Result<{ readonly edition: number }>> => {
    await lives.lockArticles(sql)
    const before = (await lives.selectLives(sql, [id])).get(id)
    if (before === undefined) return fail('notFound')
    const written = await asWritten(sql, asked.step, writer)
    if (!written.ok) return written
    const step = written.value
    const said = JSON.stringify(step)
    if (before.edition === asked.edition + 1) {
      const last = await lives.selectSaid(sql, id, before.edition)
      if (last?.by === writer.staffNo && last.said === said) return ok({ edition: before.edition })
    }
    if (before.edition !== asked.edition) return fail('outdated', String(before.edition))
    const at = deps.clock.now()
    const stored = step.type === 'rollBack' ? await lives.selectPublished(sql, id, step.version) : null
    const older = stored === null ? null : fieldsOf(stored)
    const decided = decideArticle(before, step, { ...contextOf(writer, at), older })
    if (!decided.ok) return decided
    await write(sql, { before, after: decided.value, step }, said, writer, at)
    return ok({ edition: decided.value.edition })
  }
  const taken = await deps.db.tx(roleOf(writer), take, writer)
  if (taken.ok) deps.committed?.()
  return taken
}
