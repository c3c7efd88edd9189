import { Input } from '@mantine/core'
import { useRef, type SyntheticEvent } from 'react'
import type { MarkedPiece } from '../../../shared/script/better-wording.ts'
import { refuseLongPaste } from '../stores/paste-note.ts'
import { MarkedText } from './marked-text.tsx'
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
  /** The text in pieces, some of them marked; left out where nothing ever is. */
  readonly marks?: readonly MarkedPiece[]
  readonly onChange: (value: string) => void
  readonly onSelect?: (event: SyntheticEvent<HTMLTextAreaElement>) => void
}

/** A text that fills the height it is given. */
export function TextField({ id, name, value, placeholder, problem, marks, onChange, onSelect }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <div className={css.field}>
      {marks !== undefined && <MarkedText pieces={marks} field={field} />}
      <Input
        component="textarea"
        id={id}
        ref={field}
        classNames={{ wrapper: css.wrapper, input: marks === undefined ? css.input : `${css.input} ${css.over}` }}
        value={value}
        placeholder={problem ?? placeholder}
        error={problem !== null}
        maxLength={MOST}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        onSelect={onSelect}
        onPaste={(event) => refuseLongPaste(event, name, MOST)}
      />
    </div>
  )
}
