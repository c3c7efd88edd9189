import { useEffect, useRef, type ReactNode } from 'react'
import css from './hit-list.module.css'

type CardProps = {
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly testId?: string
  readonly children: ReactNode
}

/** One of the answers that the keys choose among: the chosen one is in sight, and a click leaves the cursor where it is. */
export function ChoiceCard({ chosen, onChoose, testId, children }: CardProps) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <article
      ref={box}
      className={css.hit}
      data-chosen={chosen || undefined}
      data-testid={testId}
      aria-current={chosen}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {children}
    </article>
  )
}
