import { Input, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './kb.module.css'

type TextProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
  readonly hint?: string
  /** So many lines to write in; one line where nothing is said. */
  readonly rows?: number
  readonly date?: boolean
}

/** A labelled field of one line, of several, or of a day. */
export function Field({ label, value, onChange, maxLength, hint, rows, date }: TextProps) {
  const id = useId()
  const common = { id, value, placeholder: hint, maxLength }
  return (
    <div className={rows === undefined ? css.field : `${css.field} ${css.wide}`}>
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <Input
          {...common}
          type={date ? 'date' : 'text'}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <Textarea {...common} rows={rows} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </div>
  )
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

type ListProps = {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
}

/** A list, one a line; what is typed stays as it was typed while it says the same. */
export function ListField({ label, value, onChange }: ListProps) {
  const { t } = useTranslation('articles')
  const [typed, setTyped] = useState(value.join('\n'))
  const shown = linesOf(typed).join('\n') === value.join('\n') ? typed : value.join('\n')
  return (
    <Field
      label={label}
      value={shown}
      maxLength={6000}
      rows={3}
      hint={t('onePerLine')}
      onChange={(text) => {
        setTyped(text)
        onChange(linesOf(text))
      }}
    />
  )
}
