import { useEffect, useRef, type KeyboardEvent } from 'react'
import { isComposing } from './composing.ts'
import css from './digit-choice.module.css'

type Option = { readonly key: string; readonly words: string; readonly choose: () => void }

type Props = {
  readonly title: string
  readonly hint: string
  /** Chosen by the digits from 1 on. */
  readonly options: readonly Option[]
  /** Closes it; also before an option's own act. */
  readonly close: () => void
}

/** A small choice by digits; it takes them only while it has the focus, gives the focus back, and goes when it loses it. */
export function DigitChoice({ title, hint, options, close }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)

  useEffect(() => {
    before.current = document.activeElement
    box.current?.focus()
  }, [])

  const leave = () => {
    close()
    if (before.current instanceof HTMLElement) before.current.focus()
  }
  const take = (option: Option) => {
    leave()
    option.choose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const option = options[Number(event.key) - 1]
    if (option === undefined && event.key !== 'Escape') return
    event.preventDefault()
    if (option === undefined) leave()
    else take(option)
  }
  return (
    <div
      ref={box}
      className={css.choice}
      role="group"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || close()}
    >
      <p>{title}</p>
      {options.map((option, index) => (
        <button type="button" key={option.key} onClick={() => take(option)}>
          {option.words} <kbd aria-hidden>{index + 1}</kbd>
        </button>
      ))}
      <small>{hint}</small>
    </div>
  )
}
