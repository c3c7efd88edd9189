/** Words that mean the same (rules KS3): what citizens say, and what offices call it. */
import { z } from 'zod'
import { foldChinese } from './fold.ts'
import shipped from './data/synonyms.json' with { type: 'json' }

export const synonymsSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        words: z
          .array(
            z
              .string()
              .trim()
              .min(2)
              .max(20)
              .regex(/^[\p{L}\p{N}]+$/u),
          )
          .min(2)
          .max(20),
      }),
    )
    .max(3000),
})
export type Synonyms = z.infer<typeof synonymsSchema>

/** The groups that come with the product. */
export const shippedSynonyms: Synonyms = synonymsSchema.parse(shipped)

/** A word of a query that others stand for, by its place in the folded text. */
export type Meant = { readonly from: number; readonly to: number; readonly others: readonly string[] }

export type SynonymFinder = (folded: string) => Meant[]

const isLatin = (char: string) => /[a-z0-9]/.test(char)

/** Whether a word of letters stands there by itself: id is not in video. */
function isWhole(text: string, from: number, to: number): boolean {
  const cutsBefore = isLatin(text.charAt(from)) && isLatin(text.charAt(from - 1))
  const cutsAfter = isLatin(text.charAt(to - 1)) && isLatin(text.charAt(to))
  return !cutsBefore && !cutsAfter
}

/** Finds the words of the groups in a text: from the left, of those that begin at one place the longest. */
export function createSynonymFinder({ groups }: Synonyms): SynonymFinder {
  const others = new Map<string, Set<string>>()
  for (const { words } of groups) {
    const folded = words.map(foldChinese)
    for (const word of folded) {
      const known = others.get(word) ?? new Set<string>()
      for (const other of folded) if (other !== word) known.add(other)
      others.set(word, known)
    }
  }
  const longest = Math.max(0, ...[...others.keys()].map((word) => word.length))
  return (text) => {
    const found: Meant[] = []
    for (let from = 0; from < text.length;) {
      let to = Math.min(text.length, from + longest)
      while (to > from + 1 && !(others.has(text.slice(from, to)) && isWhole(text, from, to))) to -= 1
      const meant = to > from + 1 ? others.get(text.slice(from, to)) : undefined
      if (meant === undefined) from += 1
      else {
        found.push({ from, to, others: [...meant] })
        from = to
      }
    }
    return found
  }
}
