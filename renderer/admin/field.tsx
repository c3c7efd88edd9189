import { Input } from '@mantine/core'
import { useId } from 'react'
import css from './panel.module.css'

export { SelectField } from '../page/select-field.tsx'

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
