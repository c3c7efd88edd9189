/** Lists of cases: which ones (role sanxin_find, ids alone), and their lines as a reader may see them. */
import { SUMMARY_CHARS, type CaseCounts, type CaseQuery, type ListPlace } from '../../shared/case/case-line.ts'
import type { CallerIdentity } from '../../shared/case/case-record.ts'
import type { Values } from '../../shared/case/particulars.ts'
import { CASE_NO } from '../../shared/case/search-words.ts'
import { owedStates, type CaseState, type PublicEvent } from '../../shared/case/case-step.ts'
import type { Tx, Value } from '../db/db.ts'
import { queryHashes } from './word-hashes.ts'

/** What a list is asked for, beside the query: central's time in ms, whose cases alone, whether callers may be looked for. */
export type FindContext = {
  readonly now: number
  readonly onlyUnit: string | null
  /** Whose reports alone may be found by the caller's number; null: everybody's. */
  readonly reportsOf: string | null
  /** The key of the caller's number that the words may be; null where they are none, or not for this reader. */
  readonly phoneKey: string | null
}

export type FoundCase = ListPlace & { readonly caseId: string }

/** Collects conditions with their parameters. */
function conditions() {
  const params: Value[] = []
  const where: string[] = []
  const bind = (value: Value, type: string) => `$${params.push(value)}::${type}`
  return { params, where, bind }
}
type Conditions = ReturnType<typeof conditions>

/** What must hold of the words of a case, as conditions on `w`; null where nothing can answer. */
function wordsWhere({ bind }: Conditions, words: string): string | null {
  const { hashes, terms } = queryHashes(words)
  if (hashes.length === 0) return null
  // Pairs of characters may stand apart, and hashes may meet: the term itself must be there.
  const there = terms.map((term) => `position(${bind(term, 'text')} in w.folded) > 0`)
  return [`w.tokens @> ${bind(`{${hashes.join(',')}}`, 'int4[]')}`, ...there].join(' and ')
}

/** Waits for another unit: the one that had it gave it back. */
const wasReturned = (cases: string) =>
  `(${cases}.state = 'toDispatch' and exists (
     select from case_events e where e.case_id = ${cases}.case_id and e.type = 'caseStepped'
       and e.data->'step'->>'type' = 'return'))`

/** How many citizens a case has that this one is to call; where all were called, one for settling it. */
const visitsOf = (cases: string, staffNo: string) =>
  `(case when ${cases}.state = 'answered' and ${cases}.owed_by = '{}' then 1
     else cardinality(array_remove(${cases}.owed_by, ${staffNo})) end)`

function addFilters({ where, bind }: Conditions, query: CaseQuery, { now, onlyUnit }: FindContext): void {
  const { states, kinds, unit, openedBy, notOpenedBy, openedFrom, openedTo, due, asked, returned, visitsFor } = query
  const among = (values: readonly string[]) => values.map((value) => bind(value, 'text')).join(', ')
  if (states !== undefined) where.push(`c.state in (${among(states)})`)
  if (kinds !== undefined) where.push(`c.kind in (${among(kinds)})`)
  if (unit !== undefined) where.push(`c.unit = ${bind(unit, 'text')}`)
  if (openedBy !== undefined) where.push(`c.opened_by = ${bind(openedBy, 'text')}`)
  if (notOpenedBy !== undefined) where.push(`c.opened_by <> ${bind(notOpenedBy, 'text')}`)
  if (openedFrom !== undefined) where.push(`c.opened_at >= ${bind(openedFrom, 'bigint')}`)
  if (openedTo !== undefined) where.push(`c.opened_at < ${bind(openedTo, 'bigint')}`)
  if (due === 'red') where.push(`c.due <= ${bind(now, 'bigint')}`)
  if (due === 'amber') where.push(`c.due > ${bind(now, 'bigint')} and c.amber <= ${bind(now, 'bigint')}`)
  if (asked === true) where.push('c.asked is not null')
  if (returned === true) where.push(wasReturned('c'))
  if (visitsFor !== undefined)
    where.push(`(c.state = 'answered' or c.owed_by <> '{}') and ${visitsOf('c', bind(visitsFor, 'text'))} > 0`)
  if (onlyUnit === null) return
  const own = bind(onlyUnit, 'text')
  where.push(`(c.unit = ${own} or ${own} = any (c.others))`)
}

function addPlace({ where, bind }: Conditions, { order, after }: CaseQuery): void {
  if (after === null) return
  const { key, caseNo } = after
  if (order === 'newest') where.push(`(c.opened_at, c.case_no) < (${bind(key, 'bigint')}, ${bind(caseNo, 'text')})`)
  else if (key === null) where.push(`c.due is null and c.case_no > ${bind(caseNo, 'text')}`)
  else where.push(`((c.due, c.case_no) > (${bind(key, 'bigint')}, ${bind(caseNo, 'text')}) or c.due is null)`)
}

/** Cases that she opened, and those about which she called besides; of reports, hers among them, by whom each call was taken. */
function addCaller({ where, bind }: Conditions, phoneKey: string, reportsOf: string | null): void {
  const hers = `(select caller_id from callers where phone_key = ${bind(phoneKey, 'text')})`
  const taker = reportsOf === null ? null : bind(reportsOf, 'text')
  const sees = (secret: string, by: string) => (taker === null ? '' : `and (${secret} is not true or ${by} = ${taker})`)
  where.push(`((c.caller_id in ${hers} ${sees('c.secret', 'c.opened_by')})
    or exists (select from case_callers k where k.case_id = c.case_id and k.left_at is null and k.who in ${hers}
      ${sees('c.secret', 'k.taken_by')} ${sees("(k.kind = 'report')", 'k.taken_by')}))`)
}

/** A word that no more cases have than these is rare. */
const RARE = 3000

async function isRare(sql: Tx, words: string, rare: number): Promise<boolean> {
  const alone = conditions()
  const found = `select from case_words w where ${wordsWhere(alone, words)} limit ${rare + 1}`
  const [row] = await sql.query<{ hits: number }>(`select count(*)::int as hits from (${found}) as hits`, alone.params)
  return (row?.hits ?? 0) <= rare
}

/**
 * The cases that answer a query, in its order, one more than its limit where there are more. Those that have a rare
 * word are all fetched by the index and put in order; one that many have stands near the beginning of the list, which
 * is walked until the page is full. Each way would be slow for the other. `rare` is set by tests only.
 */
export async function selectFound(sql: Tx, query: CaseQuery, context: FindContext, rare = RARE): Promise<FoundCase[]> {
  const all = conditions()
  const { words, limit } = query
  if (words !== undefined && context.phoneKey !== null) addCaller(all, context.phoneKey, context.reportsOf)
  const byNumber = words !== undefined && context.phoneKey === null && CASE_NO.test(words)
  if (byNumber) all.where.push(`c.case_no like ${all.bind(`${words.toUpperCase()}%`, 'text')}`)
  addFilters(all, query, context)
  addPlace(all, query)
  const [key, direction, tie] =
    query.order === 'newest' ? ['opened_at', 'desc', 'desc'] : ['due', 'asc nulls last', 'asc']
  const order = `order by c.${key} ${direction}, c.case_no ${tie}`
  const columns = `c.case_id as "caseId", c.case_no as "caseNo", c.${key} as key`
  const ask = (from: string) =>
    sql.query<FoundCase>(`select ${columns} from ${from} ${order} limit ${limit + 1}`, all.params)
  const where = all.where.length === 0 ? '' : `where ${all.where.join(' and ')}`
  if (words === undefined || context.phoneKey !== null || byNumber) return ask(`cases c ${where}`)

  const theirs = wordsWhere(all, words)
  if (theirs === null) return []
  if (await isRare(sql, words, rare))
    return ask(
      `(with hits as materialized (select w.case_id from case_words w where ${theirs}) select c.* from cases c join hits using (case_id) ${where}) c`,
    )
  // One by one, so that it ends with the last line of the page.
  return ask(
    `(select c.* from cases c ${where} ${order}) c
     cross join lateral (select from case_words w where w.case_id = c.case_id and ${theirs} offset 0) as there`,
  )
}

/** A line as its row has it. */
export type LineRow = {
  caseId: string
  caseNo: string
  state: string
  kind: string | null
  code: string | null
  district: string | null
  address: string
  summary: string
  openedAt: number
  openedBy: string
  unit: string | null
  others: string[]
  phase: string | null
  rule: string | null
  due: number | null
  amber: number | null
  provisional: boolean
  asked: number | null
  supervised: number
  rehandled: number
  callers: number
  owed: number
  event: PublicEvent | null
}

/** Role sanxin_reader: of these cases the lines that are the reader's to see. */
export function selectLines(sql: Tx, caseIds: readonly string[]): Promise<LineRow[]> {
  return sql.query<LineRow>(
    `select case_id as "caseId", case_no as "caseNo", state, kind, classification as code, district, address,
            left(content, ${SUMMARY_CHARS}) as summary, opened_at as "openedAt", opened_by as "openedBy", unit, others,
            due_phase as phase, due_rule as rule, due, amber, provisional, asked, supervised, rehandled,
            callers, cardinality(owed_by) as owed, event
     from cases where case_id = any ($1::text::uuid[])`,
    [`{${caseIds.join(',')}}`],
  )
}

/** What a table has beside the lines: the whole content, and the caller where she is the reader's to see. */
export type Exported = {
  readonly content: string
  readonly particulars: Values
  readonly score: number | null
  readonly secret: boolean
  readonly openedBy: string
  readonly caller: CallerIdentity | null
}

/** Role sanxin_reader: what of these cases goes into a table, by their ids. */
export async function selectExported(sql: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, Exported>> {
  const rows = await sql.query<{
    caseId: string
    content: string
    particulars: Values
    score: number | null
    secret: boolean
    openedBy: string
    callerId: string | null
    name: string
    phone: string
    papers: Values
  }>(
    `select c.case_id as "caseId", c.content, c.particulars, c.score,
            c.secret, c.opened_by as "openedBy", k.caller_id as "callerId", k.name, k.phone, k.papers
     from cases c left join callers k using (caller_id)
     where c.case_id = any ($1::text::uuid[])`,
    [`{${caseIds.join(',')}}`],
  )
  return new Map(
    rows.map(({ caseId, content, particulars, score, secret, openedBy, callerId, ...caller }) => [
      caseId,
      { content, particulars, score, secret, openedBy, caller: callerId === null ? null : { callerId, ...caller } },
    ]),
  )
}

const counted = ['accepted', ...owedStates].map((state) => `'${state}'`).join(', ')

/** Role sanxin_reader: how many of the reader's cases stand in each state in which something is owed. */
export function selectCounts(sql: Tx, now: number, staffNo: string): Promise<CaseCounts['states']> {
  return sql.query<CaseCounts['states'][number] & { state: CaseState }>(
    `select state, count(*)::int as cases, count(*) filter (where due <= $1::bigint)::int as red,
            count(*) filter (where due > $1::bigint and amber <= $1::bigint)::int as amber,
            count(asked)::int as asked, count(*) filter (where opened_by = $2::text)::int as own,
            count(*) filter (where ${wasReturned('cases')})::int as returned,
            sum(${visitsOf('cases', '$2::text')})::int as visits
     from cases where state in (${counted}) or owed_by <> '{}' group by state`,
    [now, staffNo],
  )
}
