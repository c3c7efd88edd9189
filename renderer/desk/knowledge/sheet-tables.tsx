import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArticleHit } from '../../../shared/kb/hit.ts'
import { isRowFound, tableOf, type SheetRow, type SheetTable } from '../../../shared/kb/sheet-rows.ts'
import { keyShown } from '../keys/key-map.ts'
import { insertWords } from '../stores/insert-article.ts'
import hits from './hit-list.module.css'
import { useKnowledge } from './knowledge-store.ts'
import { Marked } from './marked.tsx'
import css from './sheet-card.module.css'
import { chooseRow, firstRow, rowsOf } from './sheet-row-choice.ts'
import { useTongue } from './use-tongue.ts'

type TablesProps = {
  readonly hit: ArticleHit
  readonly marks: readonly string[]
}

/** The tables of the open article: what was found stands out, and a row goes into the reply by its key. */
export function SheetTables({ hit, marks }: TablesProps) {
  const row = useKnowledge((knowledge) => knowledge.row)
  const tables = (hit.sheets ?? []).map(tableOf)
  if (tables.length === 0) return null
  const chosen = row ?? firstRow(rowsOf(hit), marks)
  const before = (index: number) => tables.slice(0, index).reduce((sum, table) => sum + table.rows.length, 0)
  return tables
    .map((table, index) => ({ table, at: before(index) }))
    .map(({ table, at }) => (
      <Table key={at} {...{ table, marks, hit }} chosen={chosen - at} onChoose={(rowAt) => chooseRow(at + rowAt)} />
    ))
}

type TableProps = TablesProps & {
  readonly table: SheetTable
  readonly chosen: number
  readonly onChoose: (at: number) => void
}

function Table({ table, marks, hit, chosen, onChoose }: TableProps) {
  const row = table.rows[chosen]
  return (
    <table className={css.table} data-testid="sheet-table">
      <caption>
        <Marked text={table.title} marks={marks} />
        {row && <InsertRow row={row} hit={hit} />}
      </caption>
      {table.columns.length > 0 && (
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {table.rows
          .map((one, at) => ({ one, at }))
          .map(({ one, at }) => (
            <Row
              key={at}
              {...{ row: one, marks }}
              found={isRowFound(one, marks)}
              chosen={at === chosen}
              onChoose={() => onChoose(at)}
            />
          ))}
      </tbody>
    </table>
  )
}

/** The key of a row stands beside the name of its table, where it takes nothing from the cells. */
function InsertRow({ row, hit }: { readonly row: SheetRow; readonly hit: ArticleHit }) {
  const { t } = useTranslation()
  const said = useTongue()
  return (
    <button type="button" className={hits.insert} onClick={() => insertWords(said(row.say), [hit])}>
      {t('sheets.insertRow')} <kbd aria-hidden>{keyShown('insertRow')}</kbd>
    </button>
  )
}

type RowProps = {
  readonly row: SheetRow
  readonly marks: readonly string[]
  readonly found: boolean
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Row({ row, found, chosen, onChoose, marks }: RowProps) {
  const said = useTongue()
  const line = useRef<HTMLTableRowElement>(null)
  const moved = useKnowledge((knowledge) => knowledge.row !== null)
  useEffect(() => {
    if (chosen && moved) line.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen, moved])
  const [head, ...cells] = row.cells.map((cell, at) => ({ at, words: said(cell) }))
  return (
    <tr
      ref={line}
      data-found={found || undefined}
      data-row-chosen={chosen || undefined}
      aria-current={chosen}
      onClick={onChoose}
    >
      <th scope="row">
        <Marked text={head?.words ?? ''} marks={marks} />
      </th>
      {cells.map(({ at, words }) => (
        <td key={at}>
          <Marked text={words} marks={marks} />
        </td>
      ))}
    </tr>
  )
}
