import { Input } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import { refuseLongPaste } from '../stores/paste-note.ts'
import css from './text-field.module.css'

/** The longest text, in characters. */
const MOST = 10_000

type Props = {
  readonly id: string
  /** What it is called, where something must be said of it. */
  readonly name: string
  readonly value: string
  readonly placeholder: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
  readonly onSelect?: (event: SyntheticEvent<HTMLTextAreaElement>) => void
}

/** A text that fills the height it is given. */
export function TextField({ id, name, value, placeholder, problem, onChange, onSelect }: Props) {
  return (
    <Input
      component="textarea"
      id={id}
      classNames={{ wrapper: css.wrapper, input: css.input }}
      value={value}
      placeholder={problem ?? placeholder}
      error={problem !== null}
      maxLength={MOST}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      onSelect={onSelect}
      onPaste={(event) => refuseLongPaste(event, name, MOST)}
    />
  )
}
