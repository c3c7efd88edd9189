/** What is asked of fees and papers, and the rows that answer it (rule KT5). */
import { foldChinese } from './fold.ts'
import { indexTokens } from './grams.ts'
import type { TableSheet } from './sheet.ts'

const FEES = /多少钱|几多钱|几钱|费用|收费|价钱|价格|工本费|要钱|要唔要钱|收唔收钱/u
const PAPERS = /要?带什么|要?带咩|要?带乜|要什么|准备什么|什么材料|材料|资料|证件|手续/u
const FILLING = /请问一?下?|想问一?下?|麻烦|你好|您好|唔该|咨询|需要|要|怎么|如何|点样|吗|呢|啊|呀|的|嘅|办理?|申请/gu

export type TableOf<A> = { readonly article: A; readonly title: string; readonly sheet: TableSheet }
export type RowsFound<A> = TableOf<A> & { readonly rows: readonly (readonly string[])[] }

const MOST_ROWS = 4
/** So much of what is asked has to stand in the title or at the head of the row. */
const ENOUGH = 0.75

const pairs = (text: string) => indexTokens(foldChinese(text)).filter((token) => [...token].length > 1)

function share(wanted: readonly string[], text: string): number {
  const there = new Set(pairs(text))
  return wanted.filter((pair) => there.has(pair)).length / wanted.length
}

type Scored = {
  readonly row: readonly string[]
  /** What is asked stands there unbroken. */
  readonly whole: number
  readonly score: number
  /** By what the row has and the heading of its table has not. */
  readonly own: number
}

function scored(asked: string, wanted: readonly string[], { title, sheet }: TableOf<unknown>): Scored[] {
  const heading = new Set(pairs(sheet.title))
  const further = wanted.filter((pair) => !heading.has(pair))
  return sheet.rows.map((row) => {
    const [own = ''] = row
    const text = `${title}\n${sheet.title}\n${own}`
    const whole = Number(foldChinese(text).includes(asked))
    return { row, whole, score: share(wanted, text), own: further.length === 0 ? 0 : share(further, own) }
  })
}

const isMore = (a: Scored, b: Scored) => a.whole - b.whole || a.score - b.score || a.own - b.own

/** The rows that answer a question about fees or papers, of one table; null where it asks for neither, or of no table. */
export function rowsAsked<A>(query: string, tables: readonly TableOf<A>[]): RowsFound<A> | null {
  const folded = foldChinese(query)
  const kind = FEES.test(folded) ? 'fees' : PAPERS.test(folded) ? 'papers' : null
  if (kind === null) return null
  const asked = folded
    .replace(new RegExp(kind === 'fees' ? FEES : PAPERS, 'gu'), ' ')
    .replace(FILLING, ' ')
    .trim()
  const wanted = pairs(asked)
  if (wanted.length === 0) return null
  let best: { readonly table: TableOf<A>; readonly top: Scored; readonly rows: readonly Scored[] } | null = null
  for (const table of tables) {
    if (table.sheet.kind !== kind) continue
    const rows = scored(asked, wanted, table)
    const [top] = rows.toSorted((a, b) => isMore(b, a))
    if (top && top.score >= ENOUGH && (best === null || isMore(top, best.top) > 0)) best = { table, top, rows }
  }
  if (best === null) return null
  const { table, top, rows } = best
  const found = rows.filter((row) => isMore(row, top) === 0).slice(0, MOST_ROWS)
  return { ...table, rows: found.map(({ row }) => row) }
}
