/** The rows of a sheet, each as it is shown and as it is said. Rules KT (shared/kb/SPEC.md). */
import { foldChinese } from './fold.ts'
import { hoursRows } from './opening-words.ts'
import { busOf } from './route-words.ts'
import { same, type AnswerRow, type Said } from './sheet-answer.ts'
import type { LineSheet, Sheet, TableSheet } from './sheet.ts'

/** A row as cells under the sheet's columns, and in words that can stand in a reply by themselves. */
export type SheetRow = { readonly cells: readonly Said[]; readonly say: Said }
/** A sheet as a table; without columns its rows are name and value. */
export type SheetTable = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly SheetRow[]
}

/** A line row by row: both ways with their stops, how often, how much. */
export function lineRows(line: LineSheet): AnswerRow[] {
  const way = (stops: readonly string[], { first, last }: LineSheet['there']): AnswerRow => ({
    name: { zh: `往${stops.at(-1) ?? ''}`, en: `To ${stops.at(-1) ?? ''}` },
    value: {
      zh: `${stops[0] ?? ''}开出，首班 ${first}，末班 ${last}`,
      en: `from ${stops[0] ?? ''}, first bus ${first}, last ${last}`,
    },
  })
  const back = line.backStops ?? line.stops.toReversed()
  const stops = (name: Said, all: readonly string[]): AnswerRow => ({ name, value: same(all.join('、')) })
  return [
    way(line.stops, line.there),
    ...(line.back === null ? [] : [way(back, line.back)]),
    { name: { zh: '间隔', en: 'Every' }, value: same(line.interval) },
    { name: { zh: '票价', en: 'Fare' }, value: same(line.fare) },
    { name: { zh: '全程', en: 'Whole way' }, value: { zh: `约 ${line.minutes} 分`, en: `about ${line.minutes} min` } },
    stops({ zh: `${line.stops.length} 站`, en: `${line.stops.length} stops` }, line.stops),
    ...(line.backStops === undefined ? [] : [stops({ zh: '回程', en: 'Back' }, line.backStops)]),
  ]
}

/** 补领（遗失），收费：40 元；时限：10–20 个工作日 */
export function tableRowWords({ columns }: TableSheet, row: readonly string[]): string {
  const rest = row
    .map((cell, at) => ({ cell, column: columns[at] ?? '' }))
    .slice(1)
    .filter(({ cell }) => cell !== '')
    .map(({ cell, column }) => `${column}：${cell}`)
  return `${row[0] ?? ''}，${rest.join('；')}`
}

function named(title: string, rows: readonly AnswerRow[], of: Said): SheetTable {
  return {
    title,
    columns: [],
    rows: rows.map(({ name, value }) => ({
      cells: [name, value],
      say: { zh: `${of.zh}${name.zh}：${value.zh}。`, en: `${of.en}, ${name.en}: ${value.en}.` },
    })),
  }
}

/** A sheet as the table that is shown in its article. */
export function tableOf(sheet: Sheet): SheetTable {
  switch (sheet.kind) {
    case 'line':
      return named(sheet.name, lineRows(sheet), { zh: sheet.name, en: busOf(sheet) })
    case 'hours':
      return named(sheet.place, hoursRows(sheet), same(sheet.place))
    default:
      return {
        title: sheet.title,
        columns: sheet.columns,
        rows: sheet.rows.map((row) => ({ cells: row.map(same), say: same(`${tableRowWords(sheet, row)}。`) })),
      }
  }
}

/** The rows of all tables of an article, each as it is said. */
export const sheetLines = (sheets: readonly Sheet[] = []): string[] =>
  sheets.flatMap((sheet) => tableOf(sheet).rows.map(({ say }) => say.zh))

/** Whether a row shows one of the marks of a search (rule KT4). */
export function isRowFound(row: SheetRow, marks: readonly string[]): boolean {
  const text = foldChinese(row.cells.map(({ zh }) => zh).join('\n')).replaceAll(' ', '')
  return marks.some((mark) => mark.length > 1 && text.includes(foldChinese(mark)))
}
