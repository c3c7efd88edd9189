import { Button, Input } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { replaced } from '../../page/list-changes.ts'
import { Rows } from '../../page/rows.tsx'
import css from '../panel.module.css'

/** So many rows are shown at once; the others are found by their words. */
const MOST_SHOWN = 60

type Props<R> = {
  readonly note: string
  /** What the key says that adds one. */
  readonly add: string
  readonly rows: readonly R[]
  /** Each of a row, by its place after the name of the list. */
  readonly flaws: readonly Flaw[]
  readonly fresh: R
  /** All that a row is found by. */
  readonly texts: (row: R) => readonly string[]
  readonly onChange: (rows: R[]) => void
  readonly children: (row: R, index: number, act: RowActs<R>) => ReactNode
}
type RowActs<R> = { readonly change: (row: R) => void; readonly remove: () => void }

/** The rows that answer, by their places. */
function placesOf<R>({ rows, texts }: Pick<Props<R>, 'rows' | 'texts'>, typed: string): readonly number[] {
  const sought = typed.trim().toLowerCase()
  const isFound = (row: R) => texts(row).some((text) => text.toLowerCase().includes(sought))
  return rows.flatMap((row, index) => (sought === '' || isFound(row) ? [index] : []))
}

/** The first of them, and after those whichever have something wrong. */
function shownOf<R>({ rows, flaws }: Pick<Props<R>, 'rows' | 'flaws'>, places: readonly number[]): readonly number[] {
  const first = places.filter((index) => index < rows.length).slice(0, MOST_SHOWN)
  const flawed = flaws.map(({ path }) => path[1]).filter((at) => typeof at === 'number')
  return [...new Set([...first, ...flawed])]
}

/** Many rows of words, found by what stands in them; a new one comes first. */
export function FoundRows<R>(props: Props<R>) {
  const { t } = useTranslation('admin')
  const { note, add, rows, fresh, onChange, children } = props
  const [typed, setTyped] = useState('')
  /** As they were found: a row stays while its words are changed. */
  const [found, setFound] = useState<readonly number[] | null>(null)
  const shown = shownOf(props, found ?? placesOf(props, ''))
  const search = (text: string) => {
    setTyped(text)
    setFound(text.trim() === '' ? null : placesOf(props, text))
  }
  const changeList = (next: R[]) => {
    search('')
    onChange(next)
  }
  return (
    <>
      <p className={css.note}>{note}</p>
      <div className={css.row}>
        <Input
          type="search"
          aria-label={t('script.search')}
          placeholder={t('script.search')}
          value={typed}
          onChange={(event) => search(event.currentTarget.value)}
        />
        <Button onClick={() => changeList([fresh, ...rows])}>{add}</Button>
        <span className={css.note} role="status">
          {t('script.shown', { shown: shown.length, all: rows.length })}
        </span>
      </div>
      <Rows of={shown}>
        {(index) => {
          const row = rows[index]
          if (row === undefined) return null
          const change = (next: R) => onChange(replaced(rows, index, next))
          return children(row, index, { change, remove: () => changeList(rows.toSpliced(index, 1)) })
        }}
      </Rows>
    </>
  )
}
