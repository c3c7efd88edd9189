import { Button } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import submitCss from '../page/submit.module.css'
import { OutcomeWords, type Outcome } from './outcome.tsx'
import css from './panel.module.css'

type Props = {
  /** The words of the key that sends it. */
  readonly words: string
  readonly ready: boolean
  readonly onSend: () => Promise<void>
  readonly outcome: Outcome
  /** A card of its own, or a part of one. */
  readonly look: 'panel' | 'section'
  readonly children: ReactNode
  /** What stands below the key. */
  readonly below?: ReactNode
}

/** A form with its one key that sends it, and what became of it above that. */
export function SubmitForm({ words, ready, onSend, outcome, look, children, below }: Props) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void onSend()
  }
  return (
    <form className={css[look]} onSubmit={onSubmit}>
      {children}
      <OutcomeWords outcome={outcome} />
      <div className={css.row}>
        <Button className={submitCss.submit} type="submit" variant="filled" disabled={!ready}>
          {words}
        </Button>
      </div>
      {below}
    </form>
  )
}
