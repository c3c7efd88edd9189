import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { shifted } from './list-text.ts'
import css from './tables.module.css'

type Props<T> = {
  readonly list: readonly T[]
  readonly index: number
  readonly onChange: (list: T[]) => void
  /** What the row is called, for who hears the page. */
  readonly name: string
  /** Whether it may be taken out. */
  readonly removes: boolean
}

/** The keys of a row: up, down, out. */
export function RowKeys<T>({ list, index, onChange, name, removes }: Props<T>) {
  const { t } = useTranslation('admin')
  const key = (words: string, sign: string, next: () => T[], disabled = false) => (
    <Button aria-label={`${words} ${name}`} title={words} disabled={disabled} onClick={() => onChange(next())}>
      {sign}
    </Button>
  )
  return (
    <div className={css.keys}>
      {key(t('tables.up'), '↑', () => shifted(list, index, -1), index === 0)}
      {key(t('tables.down'), '↓', () => shifted(list, index, 1), index === list.length - 1)}
      {removes && key(t('tables.remove'), '×', () => list.toSpliced(index, 1))}
    </div>
  )
}
