import { Button, Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TableSheet } from '../../../../shared/kb/sheet.ts'
import { replaced, shifted } from '../../list-changes.ts'
import { Rows } from '../../rows.tsx'
import { Field } from '../fields.tsx'
import css from '../kb.module.css'
import { CellGrid } from './cell-grid.tsx'
import type { SheetProps } from './sheet-props.ts'
import sheetCss from './sheets.module.css'

const MOST_COLUMNS = 8

/** The row with what its column at `index` says moved by a place, as its head is. */
const movedIn = (row: readonly string[], index: number, by: -1 | 1) => shifted(row, index, by)

/** What something costs, or which papers it takes: a row for each, under columns of one's own. */
export function TableFields({ sheet, flaws, onChange }: SheetProps<TableSheet>) {
  const { t } = useTranslation('articles')
  const { columns, rows, title } = sheet
  const isWrong = (row: number, column: number) =>
    flaws.some(({ path }) => path[0] === 'rows' && path[1] === row && path[2] === column)
  const named = (column: number) => columns[column] || t('sheets.column', { column: column + 1 })
  const heads = (
    <Rows of={columns}>
      {(name, column) => (
        <th scope="col">
          <Input
            aria-label={t('sheets.columnName', { column: column + 1 })}
            aria-invalid={flaws.some(({ path }) => path[0] === 'columns' && path[1] === column) || undefined}
            autoComplete="off"
            maxLength={20}
            value={name}
            onChange={(event) => onChange({ ...sheet, columns: replaced(columns, column, event.currentTarget.value) })}
          />
          <ColumnKeys sheet={sheet} column={column} name={named(column)} onChange={onChange} />
        </th>
      )}
    </Rows>
  )
  const addColumn = () => onChange({ ...sheet, columns: [...columns, ''], rows: rows.map((row) => [...row, '']) })
  const addRow = () => onChange({ ...sheet, rows: [...rows, columns.map(() => '')] })
  return (
    <>
      <Field
        label={t('sheets.field.title')}
        value={title}
        maxLength={40}
        onChange={(text) => onChange({ ...sheet, title: text })}
      />
      <CellGrid
        label={title === '' ? t(`sheets.kind.${sheet.kind}`) : title}
        columns={columns.map((_, column) => named(column))}
        heads={heads}
        rows={rows}
        maxLength={200}
        isWrong={isWrong}
        onChange={(next) => onChange({ ...sheet, rows: next })}
      />
      <div className={css.row}>
        <Button onClick={addRow}>{t('sheets.addRow')}</Button>
        <Button disabled={columns.length >= MOST_COLUMNS} onClick={addColumn}>
          {t('sheets.addColumn')}
        </Button>
      </div>
    </>
  )
}

type KeysProps = Pick<SheetProps<TableSheet>, 'sheet' | 'onChange'> & { readonly column: number; readonly name: string }

/** The keys of a column: left, right, out. */
function ColumnKeys({ sheet, column, name, onChange }: KeysProps) {
  const { t } = useTranslation('articles')
  const { columns, rows } = sheet
  const move = (by: -1 | 1) =>
    onChange({ ...sheet, columns: shifted(columns, column, by), rows: rows.map((row) => movedIn(row, column, by)) })
  const remove = () =>
    onChange({
      ...sheet,
      columns: columns.toSpliced(column, 1),
      rows: rows.map((row) => row.toSpliced(column, 1)),
    })
  const key = (words: string, sign: string, act: () => void, disabled: boolean) => (
    <Button aria-label={`${words} ${name}`} title={words} disabled={disabled} onClick={act}>
      {sign}
    </Button>
  )
  return (
    <div className={sheetCss.columnKeys}>
      {key(t('sheets.left'), '←', () => move(-1), column === 0)}
      {key(t('sheets.right'), '→', () => move(1), column === columns.length - 1)}
      {key(t('rows.remove'), '×', remove, columns.length === 1)}
    </div>
  )
}
