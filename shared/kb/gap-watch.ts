/**
 * What an operator looks for in vain, as she types: not each keystroke, but what she left (KG1).
 *
 *   nothing ──answered, nothing sure──► looking ──goes on typing, or takes letters back──► looking (the longest)
 *      ▲                                  │ │
 *      ├──── found as she went on, taken ─┘ └── cleared, left, another question, another citizen ──► told ──► nothing
 */
import { gapWords } from './mask-digits.ts'

/** `words` is what was looked for in vain and has not been left yet, `callId` the call of that time. */
export type GapWatch = { readonly words: string; readonly callId: string | null } | null

/** Too little to say what was looked for. */
const LEAST = 2

/** Whether a query is another question, and no more or less of the same words. */
const isOther = (one: string, other: string) => !one.startsWith(other) && !other.startsWith(one)

export type Stepped = { readonly watch: GapWatch; readonly told: GapWatch }

/** The search answered; `sure` where it found what was asked, not only what shares something with it. */
export function stepAnswered(watch: GapWatch, query: string, sure: boolean, callId: string | null): Stepped {
  const words = gapWords(query)
  const told = watch !== null && isOther(watch.words, words) ? watch : null
  const held = told === null ? watch : null
  // She went on typing, and there it is: what stood before was only on the way.
  if (sure) return { watch: held !== null && words.startsWith(held.words) ? null : held, told }
  const looked = words.replaceAll(/[\s*]/g, '')
  if (looked.length < LEAST) return { watch: held, told }
  return { watch: held !== null && held.words.startsWith(words) ? held : { words, callId }, told }
}
