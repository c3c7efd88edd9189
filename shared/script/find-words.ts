/**
 * Where listed words stand in a text, without delay to the typing, whatever their number.
 *
 * CW1 Each place where such a word stands is found, the longest word where several begin; places do not overlap.
 * CW2 Full-width and half-width, capital and small letters are the same; spaces between Han characters hide nothing.
 * CW3 The cost of a look grows with the text alone, not with the number of words.
 * CW4 A word that stands within one of its exceptions is none: 喂 in 喂养.
 */

export type ListedWord = {
  readonly word: string
  /** Longer words in which it is harmless. */
  readonly except: readonly string[]
}

/** A place in the text: from (included) to (not included), in UTF-16 units. */
export type Found<W> = { readonly from: number; readonly to: number; readonly word: W }
export type Finder<W> = (text: string) => readonly Found<W>[]

type Node<W> = { readonly next: Map<string, Node<W>>; word: W | null; harmless: boolean }

const SPACE = /\s/u
const HAN = /\p{Script=Han}/u
const fold = (char: string) => char.normalize('NFKC').toLowerCase()
const node = <W>(): Node<W> => ({ next: new Map(), word: null, harmless: false })

function put<W>(root: Node<W>, text: string): Node<W> {
  let at = root
  for (const char of text) {
    const key = fold(char)
    const next = at.next.get(key) ?? node<W>()
    at.next.set(key, next)
    at = next
  }
  return at
}

/** The longest word or exception that begins here; its end, or null. */
function longestAt<W>(root: Node<W>, chars: readonly string[], start: number): { end: number; hit: Node<W> } | null {
  let at: Node<W> | undefined = root
  let found: { end: number; hit: Node<W> } | null = null
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
export function createFinder<W extends ListedWord>(words: readonly W[]): Finder<W> {
  const root = node<W>()
  for (const word of words) {
    put(root, word.word).word = word
    for (const longer of word.except) put(root, longer).harmless = true
  }
  return (text) => {
    const chars = [...text]
    const found: Found<W>[] = []
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
