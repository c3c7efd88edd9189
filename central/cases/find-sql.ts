/** Lists of cases: which ones (role sanxin_find, ids alone), and their lines as a reader may see them. */
import { queryTerms } from '../../shared/kb/grams.ts'
import { SUMMARY_CHARS, type CaseCounts, type CaseQuery, type ListPlace } from '../../shared/case/case-line.ts'
import { owedStates, type CaseState } from '../../shared/case/life.ts'
import type { Tx, Value } from '../db/db.ts'

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

/** The words of a text query, quoted: they are letters and digits only. */
function tsquery(words: string): { query: string; terms: string[] } | null {
  const terms = queryTerms(words)
  const parts = terms.flatMap(({ tokens, prefix }) =>
    tokens.map((token, index) => `'${token}'${prefix && index === tokens.length - 1 ? ':*' : ''}`),
  )
  return parts.length === 0 ? null : { query: parts.join(' & '), terms: terms.map(({ text }) => text) }
}

const CASE_NO = /^[a-z]{2}\d{4,8}(?:-[0-9a-z]{0,4}(?:-\d*)?)?$/i

function addWords({ where, bind }: Conditions, words: string): boolean {
  if (CASE_NO.test(words)) {
    where.push(`c.case_no like ${bind(`${words.toUpperCase()}%`, 'text')}`)
    return true
  }
  const asked = tsquery(words)
  if (asked === null) return false
  where.push(`w.tokens @@ ${bind(asked.query, 'tsquery')}`)
  // Pairs of characters may stand apart: the term itself must be there.
  for (const term of asked.terms) where.push(`position(${bind(term, 'text')} in w.folded) > 0`)
  return true
}

function addFilters({ where, bind }: Conditions, query: CaseQuery, { now, onlyUnit }: FindContext): void {
  const { states, kinds, unit, openedBy, openedFrom, openedTo, due, asked } = query
  const among = (values: readonly string[]) => values.map((value) => bind(value, 'text')).join(', ')
  if (states !== undefined) where.push(`c.state in (${among(states)})`)
  if (kinds !== undefined) where.push(`c.kind in (${among(kinds)})`)
  if (unit !== undefined) where.push(`c.unit = ${bind(unit, 'text')}`)
  if (openedBy !== undefined) where.push(`c.opened_by = ${bind(openedBy, 'text')}`)
  if (openedFrom !== undefined) where.push(`c.opened_at >= ${bind(openedFrom, 'bigint')}`)
  if (openedTo !== undefined) where.push(`c.opened_at < ${bind(openedTo, 'bigint')}`)
  if (due === 'red') where.push(`c.due <= ${bind(now, 'bigint')}`)
  if (due === 'amber') where.push(`c.due > ${bind(now, 'bigint')} and c.amber <= ${bind(now, 'bigint')}`)
  if (asked === true) where.push('c.asked is not null')
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

/** The cases that answer a query, in its order, one more than its limit where there are more. */
export async function selectFound(sql: Tx, query: CaseQuery, context: FindContext): Promise<FoundCase[]> {
  const all = conditions()
  let from = 'cases c'
  if (query.words !== undefined && context.phoneKey !== null) {
    all.where.push(
      `c.caller_id in (select caller_id from callers where phone_key = ${all.bind(context.phoneKey, 'text')})`,
    )
    if (context.reportsOf !== null)
      all.where.push(`(c.kind is distinct from 'report' or c.opened_by = ${all.bind(context.reportsOf, 'text')})`)
  } else if (query.words !== undefined) {
    if (!addWords(all, query.words)) return []
    if (!CASE_NO.test(query.words)) from = 'cases c join case_words w using (case_id)'
  }
  addFilters(all, query, context)
  addPlace(all, query)
  const [key, direction] = query.order === 'newest' ? ['c.opened_at', 'desc'] : ['c.due', 'asc nulls last']
  return sql.query<FoundCase>(
    `select c.case_id as "caseId", c.case_no as "caseNo", ${key} as key from ${from}
     ${all.where.length === 0 ? '' : `where ${all.where.join(' and ')}`}
     order by ${key} ${direction}, c.case_no ${query.order === 'newest' ? 'desc' : 'asc'} limit ${query.limit + 1}`,
    all.params,
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
}

/** Role sanxin_reader: of these cases the lines that are the reader's to see. */
export function selectLines(sql: Tx, caseIds: readonly string[]): Promise<LineRow[]> {
  return sql.query<LineRow>(
    `select case_id as "caseId", case_no as "caseNo", state, kind, classification as code, district, address,
            left(content, ${SUMMARY_CHARS}) as summary, opened_at as "openedAt", opened_by as "openedBy", unit, others,
            due_phase as phase, due_rule as rule, due, amber, provisional, asked, supervised, rehandled
     from cases where case_id in (select value::uuid from json_array_elements_text($1::text::json))`,
    [JSON.stringify(caseIds)],
  )
}

const listed = ['accepted', ...owedStates].map((state) => `'${state}'`).join(', ')

/** Role sanxin_reader: how many of the reader's cases stand in each state in which something is owed. */
export function selectCounts(sql: Tx, now: number): Promise<CaseCounts['states']> {
  return sql.query<CaseCounts['states'][number] & { state: CaseState }>(
    `select state, count(*)::int as cases, count(*) filter (where due <= $1::bigint)::int as red,
            count(*) filter (where due > $1::bigint and amber <= $1::bigint)::int as amber,
            count(asked)::int as asked
     from cases where state in (${listed}) group by state`,
    [now],
  )
}
