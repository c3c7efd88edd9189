import type { Failure } from '../../../shared/errors.ts'
import { useKbFailureWords } from './failure-words.ts'
import css from './kb.module.css'

/** What became of the last thing that was asked for: `bad` are words of ours for what was not done. */
export type Outcome = { readonly failure: Failure } | { readonly bad: string } | { readonly words: string } | null

export function OutcomeWords({ outcome }: { readonly outcome: Outcome }) {
  const failureWords = useKbFailureWords()
  const wordsOf = (told: Exclude<Outcome, null>) =>
    'failure' in told ? failureWords(told.failure) : 'bad' in told ? told.bad : told.words
  return (
    <p className={css.words} role="status" data-bad={(outcome !== null && !('words' in outcome)) || undefined}>
      {outcome === null ? '' : wordsOf(outcome)}
    </p>
  )
}
