import { useTranslation } from 'react-i18next'
import type { Sheet } from '../../../../shared/kb/sheet.ts'
import { tableOf, type SheetTable } from '../../../../shared/kb/sheet-rows.ts'
import { sheetFlaws } from '../../../../shared/kb/sheet-editing.ts'
import { Rows } from '../../rows.tsx'
import { useSaid } from './use-said.ts'
import css from './sheets.module.css'

/** The tables of an article as a desk shows them; one that is not whole yet is none. */
export function SheetPreview({ sheets }: { readonly sheets: readonly Sheet[] }) {
  const whole = sheets.filter((sheet) => sheetFlaws(sheet).length === 0)
  return <Rows of={whole}>{(sheet) => <Table table={tableOf(sheet)} />}</Rows>
}

function Table({ table: { title, columns, rows } }: { readonly table: SheetTable }) {
  const { t } = useTranslation('articles')
  const said = useSaid()
  return (
    <table className={css.shown} aria-label={t('sheets.of', { title })}>
      <caption>{title}</caption>
      {columns.length > 0 && (
        <thead>
          <tr>
            <Rows of={columns}>{(column) => <th scope="col">{column}</th>}</Rows>
          </tr>
        </thead>
      )}
      <tbody>
        <Rows of={rows}>
          {({ cells: [head, ...rest] }) => (
            <tr>
              <th scope="row">{head === undefined ? '' : said(head)}</th>
              <Rows of={rest}>{(cell) => <td>{said(cell)}</td>}</Rows>
            </tr>
          )}
        </Rows>
      </tbody>
    </table>
  )
}
