import type { Failure } from '../../shared/errors.ts'
import { useFailureWords } from './failure-words.ts'
import css from './panel.module.css'

/** What became of the last thing that was asked for: words of ours where it was done. */
export type Outcome = { readonly failure: Failure } | { readonly words: string } | null

export function OutcomeWords({ outcome }: { readonly outcome: Outcome }) {
  const failureWords = useFailureWords()
  const failed = outcome !== null && 'failure' in outcome
  return (
    <p className={css.words} role="status" data-bad={failed || undefined}>
      {outcome === null ? '' : failed ? failureWords(outcome.failure) : outcome.words}
    </p>
  )
}
