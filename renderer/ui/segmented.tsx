import type { KeyboardEvent } from 'react'
import { isComposing } from './composing.ts'
import css from './segmented.module.css'

type Props<V extends string> = {
  readonly id: string
  readonly label: string
  readonly values: readonly V[]
  readonly value: V | null
  readonly words: (value: V) => string
  /** Whether the digits 1, 2, … choose while the control has the focus, and are shown. */
  readonly digits?: boolean
  readonly invalid?: boolean
  readonly onChange: (value: V) => void
}

/**
 * A row of choices of which none may be made yet. Native radios: arrows and Tab are the browser's own.
 * (Mantine's SegmentedControl always holds a choice, and measures itself after the first paint.)
 */
export function Segmented<V extends string>({ id, label, values, value, words, digits, invalid, onChange }: Props<V>) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!digits || event.altKey || event.ctrlKey || event.metaKey || isComposing(event.nativeEvent)) return
    const chosen = values[Number(event.key) - 1]
    if (chosen === undefined) return
    event.preventDefault()
    onChange(chosen)
    event.currentTarget.querySelectorAll('input')[values.indexOf(chosen)]?.focus()
  }
  return (
    <div className={css.row} id={id} role="radiogroup" aria-label={label} aria-invalid={invalid} onKeyDown={onKeyDown}>
      {values.map((each, index) => (
        <label key={each} className={css.choice}>
          <input
            className={css.input}
            type="radio"
            name={id}
            aria-label={words(each)}
            checked={each === value}
            onChange={() => onChange(each)}
          />
          <span>{words(each)}</span>
          {digits && <small aria-hidden>{index + 1}</small>}
        </label>
      ))}
    </div>
  )
}
