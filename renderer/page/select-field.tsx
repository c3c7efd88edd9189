import { Input } from '@mantine/core'
import { useId } from 'react'
import css from './panel.module.css'

type Choice = { readonly value: string; readonly words: string }
type Props = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  readonly disabled?: boolean
  /** The label is for who hears the page alone. */
  readonly bare?: boolean
}

/** A labelled choice of one. */
export function SelectField({ label, value, onChange, choices, disabled, bare }: Props) {
  const id = useId()
  return (
    <div className={css.field}>
      {bare ? null : <label htmlFor={id}>{label}</label>}
      <Input
        component="select"
        id={id}
        aria-label={bare ? label : undefined}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </Input>
    </div>
  )
}
