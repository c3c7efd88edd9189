/** Articles as a spreadsheet has them: a line an article, lists one a line within their cell. */
import { MOST_CARRIED } from '../../../shared/kb/article-life-carry.ts'
import { sayField, type ArticleFields, type FieldName } from '../../../shared/kb/article-life-fields.ts'
import { csvLine } from '../../../shared/csv.ts'
import { decodeText, readCsv } from '../../directory/csv.ts'
import type { ReadFile } from './read-row.ts'

/** The columns by their heads, in their order: Chinese as they are written, or the field's own name. */
const columns = {
  编号: 'id',
  标题: 'title',
  正文: 'body',
  市民问法: 'questions',
  别名: 'words',
  类别: 'family',
  单位: 'unit',
  依据: 'source',
  区县: 'district',
  生效日: 'validFrom',
  有效至: 'validUntil',
  相关: 'related',
  归属单位: 'owner',
  状态: 'state',
} as const satisfies Record<string, FieldName | 'id' | 'owner' | 'state'>
type Column = (typeof columns)[keyof typeof columns]
/** What stands further right is none of ours. */
const MOST_COLUMNS = 60
const lists: ReadonlySet<Column> = new Set(['questions', 'words', 'related'])
/** Where nothing stands in these nothing is said. */
const mayBeSilent: ReadonlySet<Column> = new Set(['validFrom', 'owner', 'state'])

/** What csvCell puts before a text that a spreadsheet would take for a formula, and before one that has that already. */
const GUARDED = /^'+\s*[=+\-@\t\r\n＝＋－＠]/
const guard = (text: string) => (GUARDED.test(text) ? `'${text}` : text)
const unguard = (text: string) => (GUARDED.test(text) ? text.slice(1) : text)

/** The head of the file, with its mark. */
export const csvHead = (): string => csvLine(Object.keys(columns))

/** An article in a line, with whose it is, by name; its state is left empty, for whoever brings it back to say. */
export function csvArticle(id: string, fields: ArticleFields, owner: string | null): string {
  const told: Readonly<Record<string, unknown>> = { id, ...fields, owner }
  return csvLine(Object.values(columns).map((column) => guard(sayField(told[column]))))
}

const columnOf = (head: string): Column | null =>
  Object.entries(columns).find(([zh, en]) => head === zh || head.toLowerCase() === en.toLowerCase())?.[1] ?? null

function saidIn(column: Column, cell: string): unknown {
  const text = unguard(cell)
  if (lists.has(column)) return text.split('\n').filter((line) => line.trim() !== '')
  if (column === 'district') return text === '' ? null : text
  return mayBeSilent.has(column) && text === '' ? undefined : text
}

/** Reads a table; a column that it does not have leaves the field as it is. */
export function readCsvArticles(bytes: Uint8Array): ReadFile {
  const decoded = decodeText(bytes)
  if (decoded === null || decoded.text.includes('\u0000')) return { reason: 'format' }
  const [first, ...rows] = readCsv(decoded.text.replace(/^\uFEFF/, ''))
  const head = first?.cells.slice(0, MOST_COLUMNS).map(columnOf) ?? []
  if (!head.includes('title') || !head.includes('body')) return { reason: 'columns' }
  if (rows.length === 0) return { reason: 'empty' }
  if (rows.length > MOST_CARRIED) return { reason: 'tooMany' }
  return {
    rows: rows.map(({ line, cells }) => {
      const said = Object.fromEntries(
        head.flatMap((column, at) => (column === null ? [] : [[column, saidIn(column, cells[at] ?? '')] as const])),
      )
      const { id = '', ...fields } = said
      return { row: line, id: String(id) === '' ? null : String(id), said: fields }
    }),
  }
}
