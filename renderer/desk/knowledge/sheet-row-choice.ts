/** Which row of the open article's tables is chosen: the first that was found, till she moves. */
import type { ArticleHit } from '../../../shared/kb/hit.ts'
import { isRowFound, tableOf, type SheetRow } from '../../../shared/kb/sheet-rows.ts'
import { useKnowledge } from './knowledge-store.ts'

/** All rows of an article's tables, one table after the other. */
export const rowsOf = ({ sheets = [] }: ArticleHit): readonly SheetRow[] =>
  sheets.flatMap((sheet) => tableOf(sheet).rows)

/** The first row that shows what was found, else the first of all. */
export function firstRow(rows: readonly SheetRow[], marks: readonly string[]): number {
  return Math.max(
    0,
    rows.findIndex((row) => isRowFound(row, marks)),
  )
}

type Chosen = { readonly hit: ArticleHit; readonly row: SheetRow; readonly at: number; readonly of: number }

/** The row that the keys are about; null where no article with tables is open. */
export function rowChosen(): Chosen | null {
  const { answer, chosen, row } = useKnowledge.getState()
  const hit = answer?.hits[chosen]
  if (answer === null || hit === undefined) return null
  const rows = rowsOf(hit)
  const at = row ?? firstRow(rows, answer.marks)
  const there = rows[at]
  return there === undefined ? null : { hit, row: there, at, of: rows.length }
}

export function chooseRow(row: number): void {
  useKnowledge.setState({ row })
}
