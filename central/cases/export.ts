/** A search as a table to be taken away: CSV or a workbook, page by page, with callers as its reader may see them. */
import { caseQuerySchema, MOST_LINES, type CaseLine, type CaseQuery } from '../../shared/case/case-line.ts'
import type { FormBody } from '../../shared/case/form.ts'
import { particularLines } from '../../shared/case/particular-lines.ts'
import type { Values } from '../../shared/case/particulars.ts'
import type { TableKind } from '../../shared/case/table-kind.ts'
import { chinaDay } from '../../shared/china-day.ts'
import { BYTE_ORDER_MARK, csvLine } from '../../shared/csv.ts'
import { zh } from '../../shared/i18n/zh.ts'
import { maskCaller } from '../../shared/people/mask-caller.ts'
import { may } from '../../shared/people/roles.ts'
import { caseRulesOf, type CaseRules } from '../../shared/tables/case-rules.ts'
import { seesReporter } from '../../shared/people/sees-reporter.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import { selectUnits } from '../directory/sql.ts'
import { findCases } from './find.ts'
import { selectExported, type Exported } from './find-sql.ts'
import type { CaseDeps, Reader } from './service.ts'
import type { WordIndex } from './word-index.ts'
import { xlsx } from './xlsx.ts'

/** The names of the units by their ids, and the classes and fields that hold. */
type Known = { readonly units: ReadonlyMap<string, string>; readonly rules: CaseRules }

const heads = [
  '工单号',
  '受理日',
  '类型',
  '分类',
  '区县',
  '地址',
  '内容',
  '补充项',
  '完整度',
  '状态',
  '主办单位',
  '期限',
  '登记人',
  '来电人',
  '电话',
]

/** Particulars in one cell. */
const toldIn = (form: FormBody, values: Values) =>
  particularLines(form, values)
    .map(({ label, value }) => `${label?.zh ?? zh.form.otherRecord}：${value.zh}`)
    .join('；')

function cellsOf(line: CaseLine, { units, rules }: Known, { content, particulars, score, caller }: Told): string[] {
  const { caseNo, openedAt, kind, code, district, address, state, unit, deadline, openedBy } = line
  // The day on which it is due ends with the moment before.
  const due = deadline === null || deadline.due === null ? '' : chinaDay(deadline.due - 1)
  return [
    ...[
      caseNo,
      chinaDay(openedAt),
      kind === null ? '' : zh.form.kinds[kind],
      rules.classes.of(code)?.name ?? code ?? '',
      district ?? '',
      address,
    ],
    ...[content, toldIn(rules.form, { ...particulars, ...caller?.papers }), score === null ? '' : String(score)],
    ...[zh.earlier.state[state], unit === null ? '' : (units.get(unit) ?? unit), due, openedBy],
    ...[caller?.name ?? '', caller?.phone ?? ''],
  ]
}

/** What of it goes into the table. */
type Told = Omit<Exported, 'secret' | 'openedBy'>

/** Of a case that went from the reader's sight meanwhile. */
const unread = { particulars: {}, score: null, caller: null }

async function readKnown(sql: Tx, { tables }: CaseDeps): Promise<Known> {
  const [units, holding] = await Promise.all([selectUnits(sql), tables.read(sql)])
  return { units: new Map(units.map(({ id, name }) => [id, name])), rules: caseRulesOf(holding) }
}

/** By what a question is narrowed: the names of its conditions, never what they say. */
const conditionsOf = (query: CaseQuery) =>
  Object.entries(query)
    .filter(([name, value]) => value !== undefined && !['order', 'after', 'limit'].includes(name))
    .map(([name]) => name)
    .toSorted()
    .join(',')

/**
 * The rows of the table, its heads first, a page of cases at a time. That it is begun stands in the audit before the first line, and
 * how many cases it came to after the last; one that was broken off has no second entry.
 */
async function* rowsOf(
  deps: CaseDeps,
  index: WordIndex,
  asked: CaseQuery,
  reader: Reader,
): AsyncGenerator<readonly string[][]> {
  const { db, clock } = deps
  const { staffNo: actor, storeId: place } = reader
  const note = (detail: Record<string, string | number>) =>
    db.tx(
      'sanxin_reader',
      (sql) => appendAudit(sql, { at: clock.now(), actor, place, action: 'cases.exported', detail }),
      reader,
    )
  const conditions = conditionsOf(asked)
  await note({ conditions })
  const known = await db.tx('sanxin_reader', (sql) => readKnown(sql, deps), reader)
  const shownOf = (line: CaseLine, all: ReadonlyMap<string, Exported>): Told => {
    const found = all.get(line.caseId)
    if (found === undefined) return { content: line.summary, ...unread }
    const { content, particulars, score, caller } = found
    const told = { content, particulars, score }
    if (caller === null || !seesReporter(found, reader)) return { ...told, caller: null }
    return { ...told, caller: may(reader.role, 'callers.whole') ? caller : maskCaller(caller, known.rules.form) }
  }
  yield [heads]
  let count = 0
  let after: CaseQuery['after'] = null
  do {
    const query = caseQuerySchema.parse({ ...asked, after, limit: MOST_LINES })
    const { cases, next } = await findCases(deps, index, query, reader)
    const ids = cases.map(({ caseId }) => caseId)
    const shown = await db.tx('sanxin_reader', (sql) => selectExported(sql, ids), reader)
    count += cases.length
    yield cases.map((line) => cellsOf(line, known, shownOf(line, shown)))
    after = next
  } while (after !== null)
  await note({ conditions, cases: count })
}

async function* csv(pages: AsyncIterable<readonly string[][]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK
  for await (const rows of pages) yield rows.map(csvLine).join('')
}

/** The bytes of the table, as it is asked for. */
export function exportCases(
  deps: CaseDeps,
  index: WordIndex,
  asked: CaseQuery,
  reader: Reader,
  as: TableKind,
): AsyncGenerator<string | Buffer> {
  const rows = rowsOf(deps, index, asked, reader)
  return as === 'csv' ? csv(rows) : xlsx('工单', rows)
}
