/** Words that mean the same (rules KS3): what citizens say, and what offices call it. */
import { z } from 'zod'
import { foldChinese } from './fold.ts'
import { initialsOf, soundsOf, spelled } from './sounds.ts'
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

const RUN_OF_LETTERS = /[a-z]+/y
/** With fewer letters nearly every two words would be the initials of one. */
const LEAST_INITIALS = 3

/** The words of the groups: for each what means the same, and for letters the words whose initials or sounds they are. */
function readGroups({ groups }: Synonyms) {
  const others = new Map<string, Set<string>>()
  const byInitials = new Map<string, Set<string>>()
  const bySounds = new Map<string, Set<string>>()
  const addAll = (to: Set<string>, words: readonly string[]) => words.forEach((word) => to.add(word))
  const of = (map: Map<string, Set<string>>, key: string) => {
    const known = map.get(key) ?? new Set<string>()
    map.set(key, known)
    return known
  }
  for (const { words } of groups) {
    const folded = words.map(foldChinese)
    for (const word of folded) {
      for (const other of folded) if (other !== word) of(others, word).add(other)
      const letters = initialsOf(word)
      if (letters !== null && letters.length >= LEAST_INITIALS) addAll(of(byInitials, letters), folded)
      const sounds = soundsOf(word)
      if (sounds !== null) addAll(of(bySounds, sounds), folded)
    }
  }
  return { others, byInitials, bySounds }
}

/**
 * Finds the words of the groups in a text: from the left, of those that begin at one place the longest; one whose last
 * character begins another that is as long gives way to that (没电梯 is not 没电). Letters that are no word of a group
 * are the initials of its words (gzf), or spell one (qianxin).
 */
export function createSynonymFinder(synonyms: Synonyms): SynonymFinder {
  const { others, byInitials, bySounds } = readGroups(synonyms)
  const longest = Math.max(0, ...[...others.keys()].map((word) => word.length))

  /** The end of the longest word that begins here; `from` where none does. */
  function endOf(text: string, from: number): number {
    let to = Math.min(text.length, from + longest)
    while (to > from + 1 && !(others.has(text.slice(from, to)) && isWhole(text, from, to))) to -= 1
    return to > from + 1 ? to : from
  }

  function lettersAt(text: string, from: number): Meant | null {
    if (from > 0 && isLatin(text.charAt(from - 1))) return null
    RUN_OF_LETTERS.lastIndex = from
    const letters = RUN_OF_LETTERS.exec(text)?.[0] ?? ''
    const words = byInitials.get(letters) ?? bySounds.get(spelled(letters)?.join(' ') ?? '')
    return words === undefined ? null : { from, to: from + letters.length, others: [...words] }
  }

  function at(text: string, from: number): Meant | null {
    const to = endOf(text, from)
    if (to === from) return lettersAt(text, from)
    const givesWay = endOf(text, to - 1) - (to - 1) >= to - from
    return givesWay ? null : { from, to, others: [...(others.get(text.slice(from, to)) ?? [])] }
  }

  return (text) => {
    const found: Meant[] = []
    for (let from = 0; from < text.length;) {
      const meant = at(text, from)
      if (meant !== null) found.push(meant)
      from = meant?.to ?? from + 1
    }
    return found
  }
}

let shippedOnes: SynonymFinder | null = null
/** The finder of the groups that come with the product, made once somebody searches by it. */
export const shippedFinder = (): SynonymFinder => (shippedOnes ??= createSynonymFinder(shippedSynonyms))
