import { Input } from '@mantine/core'
import { useId } from 'react'
import css from './panel.module.css'

type TextProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
  readonly hint?: string
  readonly password?: boolean
  readonly readOnly?: boolean
  readonly required?: boolean
}

/** A labelled line of text. */
export function TextField({ label, value, onChange, maxLength, hint, password, readOnly, required }: TextProps) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        maxLength={maxLength}
        readOnly={readOnly}
        required={required}
        placeholder={hint}
        type={password ? 'password' : 'text'}
        // What is typed here is another's: the browser must neither offer nor keep it.
        autoComplete={password ? 'new-password' : 'off'}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

type Choice = { readonly value: string; readonly words: string }
type SelectProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  readonly disabled?: boolean
  /** The label is for who hears the page alone. */
  readonly bare?: boolean
}

/** A labelled choice of one. */
export function SelectField({ label, value, onChange, choices, disabled, bare }: SelectProps) {
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
