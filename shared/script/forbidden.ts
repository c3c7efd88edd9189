/**
 * Words that a reply must not hold: those that no operator says (服务忌语), each with a better wording, and those that
 * are a secret of the house. Found while she types, without delay, whatever their number.
 *
 * CW1 Each place where such a word stands is found, the longest word where several begin; places do not overlap.
 * CW2 Full-width and half-width, capital and small letters are the same; spaces between Han characters hide nothing.
 * CW3 The cost of a look grows with the text alone, not with the number of words.
 * CW4 A word that stands within one of its exceptions is none: 喂 in 喂养.
 */
import { z } from 'zod'
import shipped from './data/forbidden.json' with { type: 'json' }

export const forbiddenWordSchema = z.strictObject({
  word: z.string().trim().min(1).max(40),
  /** `never`: not said to a citizen. `secret`: not told outside. */
  why: z.enum(['never', 'secret']),
  /** What to say in its place; null where it is only left out. */
  better: z.string().trim().min(1).max(120).nullable(),
  /** Longer words in which it is harmless. */
  except: z.array(z.string().trim().min(2).max(40)).max(20).default([]),
})
export type ForbiddenWord = z.infer<typeof forbiddenWordSchema>
export const forbiddenWordsSchema = z.strictObject({ words: z.array(forbiddenWordSchema).max(5000) })

/** The list that comes with the product. */
export const shippedForbiddenWords: readonly ForbiddenWord[] = forbiddenWordsSchema.parse(shipped).words

/** A place in the text: from (included) to (not included), in UTF-16 units. */
export type Found = { readonly from: number; readonly to: number; readonly word: ForbiddenWord }

export type Finder = (text: string) => readonly Found[]

type Node = { readonly next: Map<string, Node>; word: ForbiddenWord | null; harmless: boolean }

const SPACE = /\s/u
const HAN = /\p{Script=Han}/u
const fold = (char: string) => char.normalize('NFKC').toLowerCase()
const node = (): Node => ({ next: new Map(), word: null, harmless: false })

function put(root: Node, text: string): Node {
  let at = root
  for (const char of text) {
    const key = fold(char)
    const next = at.next.get(key) ?? node()
    at.next.set(key, next)
    at = next
  }
  return at
}

/** The longest word or exception that begins here; its end, or null. */
function longestAt(root: Node, chars: readonly string[], start: number): { end: number; hit: Node } | null {
  let at: Node | undefined = root
  let found: { end: number; hit: Node } | null = null
  for (let index = start; index < chars.length; index++) {
    const char = chars[index] ?? ''
    // A space between Han characters is looked over (CW2), one at the end or among letters is not.
    if (SPACE.test(char)) {
      if (index > start && HAN.test(chars[index - 1] ?? '') && HAN.test(chars[index + 1] ?? '')) continue
      break
    }
    at = at.next.get(fold(char))
    if (at === undefined) break
    if (at.word !== null || at.harmless) found = { end: index + 1, hit: at }
  }
  return found
}

/** Prepares a list for many texts. */
export function createFinder(words: readonly ForbiddenWord[]): Finder {
  const root = node()
  for (const word of words) {
    put(root, word.word).word = word
    for (const longer of word.except) put(root, longer).harmless = true
  }
  return (text) => {
    const chars = [...text]
    const found: Found[] = []
    let units = 0
    for (let index = 0; index < chars.length;) {
      const hit = longestAt(root, chars, index)
      const end = hit?.end ?? index + 1
      const length = chars.slice(index, end).join('').length
      if (hit !== null && hit.hit.word !== null) found.push({ from: units, to: units + length, word: hit.hit.word })
      units += length
      index = end
    }
    return found
  }
}
