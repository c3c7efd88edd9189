import type { KeyboardEvent, ReactNode } from 'react'
import { isComposing } from './composing.ts'
import css from './digit-box.module.css'
import { useFocusBack } from './use-focus-back.ts'

type Props = {
  readonly title: string
  readonly testId: string
  /** Takes a key, and says whether it was one of its own. */
  readonly onKey: (key: string) => boolean
  readonly onLeave: () => void
  readonly children: ReactNode
}

/** A small panel for digits: they act only while it has the focus, and it goes when it loses it. */
export function DigitBox({ title, testId, onKey, onLeave, children }: Props) {
  const box = useFocusBack<HTMLDivElement>()
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
    if (event.key === 'Escape') onLeave()
    else if (!onKey(event.key)) return
    event.preventDefault()
  }
  return (
    <div
      ref={box}
      className={css.choice}
      role="group"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || onLeave()}
      data-testid={testId}
    >
      <p>{title}</p>
      {children}
    </div>
  )
}
