import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { shifted } from './list-changes.ts'
import css from './panel.module.css'

type Props<T> = {
  readonly list: readonly T[]
  readonly index: number
  readonly onChange: (list: T[]) => void
  /** What the row is called, for who hears the page. */
  readonly name: string
  /** Whether it may be taken out. */
  readonly removes: boolean
  /** Told where the row has gone, for the cursor to go along. */
  readonly onMoved?: (to: number) => void
}

/** The keys of a row: up, down, out. */
export function RowKeys<T>({ list, index, onChange, name, removes, onMoved }: Props<T>) {
  const { t } = useTranslation('articles')
  const key = (words: string, sign: string, act: () => void, disabled = false) => (
    <Button aria-label={`${words} ${name}`} title={words} disabled={disabled} onClick={act}>
      {sign}
    </Button>
  )
  const move = (by: -1 | 1) => {
    onChange(shifted(list, index, by))
    onMoved?.(index + by)
  }
  return (
    <div className={css.keys}>
      {key(t('rows.up'), '↑', () => move(-1), index === 0)}
      {key(t('rows.down'), '↓', () => move(1), index === list.length - 1)}
      {removes && key(t('rows.remove'), '×', () => onChange(list.toSpliced(index, 1)))}
    </div>
  )
}
