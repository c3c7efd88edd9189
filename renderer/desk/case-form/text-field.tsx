import { Input } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import css from './text-field.module.css'

type Props = {
  readonly id: string
  readonly value: string
  readonly placeholder: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
  readonly onSelect?: (event: SyntheticEvent<HTMLTextAreaElement>) => void
}

/** A text that fills the height it is given. */
export function TextField({ id, value, placeholder, problem, onChange, onSelect }: Props) {
  return (
    <Input
      component="textarea"
      id={id}
      classNames={{ wrapper: css.wrapper, input: css.input }}
      value={value}
      placeholder={problem ?? placeholder}
      error={problem !== null}
      maxLength={10_000}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      onSelect={onSelect}
    />
  )
}
