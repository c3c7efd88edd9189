import { Input } from '@mantine/core'
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../../ui/composing.ts'
import { replaced, shifted } from '../../list-changes.ts'
import { RowKeys } from '../../row-keys.tsx'
import { Rows } from '../../rows.tsx'
import css from './sheets.module.css'

type Cells = readonly (readonly string[])[]
type Props = {
  /** What the table is called, for who hears the page. */
  readonly label: string
  readonly columns: readonly string[]
  /** The heads as they are edited, one a column; without them nothing stands above the cells. */
  readonly heads?: React.ReactNode
  readonly rows: Cells
  readonly maxLength: number
  readonly onChange: (rows: string[][]) => void
  readonly isWrong: (row: number, column: number) => boolean
}

/** What a spreadsheet puts on the clipboard: cells between tabs, rows between line ends. */
const pastedCells = (text: string): string[][] =>
  text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))

/** The rows with a block put over them from a cell on; of one column all that comes stands below each other. */
function withBlock(rows: Cells, width: number, block: Cells, [row, column]: readonly [number, number]): string[][] {
  const put = width === 1 ? block.flat().map((cell) => [cell]) : block
  const lines = Array.from({ length: Math.max(rows.length, row + put.length) }, (_, at) => [
    ...(rows[at] ?? Array.from({ length: width }, () => '')),
  ])
  for (const [down, cells] of put.entries())
    for (const [right, cell] of cells.entries())
      if (column + right < width) lines[row + down]?.splice(column + right, 1, cell)
  return lines
}

/**
 * Cells to write in. Enter goes to the row below, and adds one after the last; Shift with Enter puts one between; the
 * arrows go up and down, with Alt the row goes along; a block of a spreadsheet is pasted cell by cell.
 */
export function CellGrid({ label, columns, heads, rows, maxLength, onChange, isWrong }: Props) {
  const { t } = useTranslation('articles')
  const table = useRef<HTMLTableElement>(null)
  const focus = (row: number, column: number) =>
    table.current?.querySelector<HTMLElement>(`[data-cell='${row} ${column}']`)?.focus()
  const change = (next: Cells, row: number, column: number) => {
    // The cursor stands in the row that has come before the next key.
    flushSync(() => onChange(next.map((cells) => [...cells])))
    focus(row, column)
  }
  const insert = (row: number, column: number) =>
    change(
      rows.toSpliced(
        row,
        0,
        columns.map(() => ''),
      ),
      row,
      column,
    )

  const onKeyDown = (event: KeyboardEvent, row: number, column: number) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey) return
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (event.key !== 'Enter' && by === null) return
    event.preventDefault()
    if (by === null) {
      if (event.shiftKey || row === rows.length - 1) insert(row + 1, column)
      else focus(row + 1, column)
    } else if (!event.altKey) focus(row + by, column)
    else if (rows[row + by] !== undefined) change(shifted(rows, row, by), row + by, column)
  }
  const onPaste = (event: ClipboardEvent, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    change(withBlock(rows, columns.length, pastedCells(text), [row, column]), row, column)
  }
  return (
    <div className={css.scroll}>
      <table ref={table} className={css.grid} aria-label={label}>
        {heads !== undefined && (
          <thead>
            <tr>
              {heads}
              <td />
            </tr>
          </thead>
        )}
        <tbody>
          <Rows of={rows}>
            {(cells, row) => (
              <tr>
                <Rows of={columns}>
                  {(name, column) => (
                    <td>
                      <Input
                        data-cell={`${row} ${column}`}
                        aria-label={t('sheets.cell', { row: row + 1, column: name })}
                        aria-invalid={isWrong(row, column) || undefined}
                        autoComplete="off"
                        maxLength={maxLength}
                        value={cells[column] ?? ''}
                        onChange={(event) =>
                          onChange(
                            replaced(
                              rows.map((one) => [...one]),
                              row,
                              [...cells].with(column, event.currentTarget.value),
                            ),
                          )
                        }
                        onKeyDown={(event) => onKeyDown(event, row, column)}
                        onPaste={(event) => onPaste(event, row, column)}
                      />
                    </td>
                  )}
                </Rows>
                <td className={css.rowKeys}>
                  <RowKeys
                    list={rows}
                    index={row}
                    name={t('sheets.row', { row: row + 1 })}
                    removes={rows.length > 1}
                    onChange={(next) => change(next, Math.min(row, next.length - 1), 0)}
                    onMoved={(to) => focus(to, 0)}
                  />
                </td>
              </tr>
            )}
          </Rows>
        </tbody>
      </table>
    </div>
  )
}
