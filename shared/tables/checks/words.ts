/** Lists of words that are looked for in what is typed. */
import type { Flaw } from '../flaw.ts'
import { alike } from './alike.ts'

/** Each word stands once. */
export function checkWords({ words }: { readonly words: readonly { readonly word: string }[] }): Flaw[] {
  return alike(
    words.map(({ word }) => word),
    (index) => ['words', index, 'word'],
  )
}
