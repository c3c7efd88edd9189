/**
 * Where listed words stand in a text, without delay to the typing, whatever their number.
 *
 * CW1 Each place where such a word stands is found, the longest word where several begin; places do not overlap.
 * CW2 Full-width and half-width, capital and small letters are the same; spaces beside Han characters, however many, hide
 *     nothing and part nothing, in the list neither; among letters they are one space.
 * CW3 The cost of a look grows with the text alone, not with the number of words.
 * CW4 A word that stands within one of its exceptions is none: 喂 in 喂养. Other words there are.
 * CW5 Letters and digits are words of their own: no is not in know.
 */

export type ListedWord = {
  readonly word: string
  /** Longer words in which it is harmless. */
  readonly except: readonly string[]
}

/** A place in the text: from (included) to (not included), in UTF-16 units. */
export type Found<W> = { readonly from: number; readonly to: number; readonly word: W }
export type Finder<W> = (text: string) => readonly Found<W>[]

/** A character as it is compared, and where it stands. */
type Char = { readonly key: string; readonly from: number; readonly to: number }
type Node<W> = { readonly next: Map<string, Node<W>>; word: W | null; readonly harmless: W[] }
/** Where a word is harmless: up to this character. */
type Shelter<W> = { readonly end: number; readonly word: W }

const SPACE = /\s/u
const LETTER = /[\p{Script=Latin}\p{N}]/u
const node = <W>(): Node<W> => ({ next: new Map(), word: null, harmless: [] })

/** The characters of a text that count (CW2). */
function charsOf(text: string): Char[] {
  const chars: Char[] = []
  let at = 0
  for (const char of text) {
    const [from, to] = [at, at + char.length]
    at = to
    if (!SPACE.test(char)) {
      const key = char.normalize('NFKC').toLowerCase()
      // A space that does not stand between letters is none.
      if (chars.at(-1)?.key === ' ' && !LETTER.test(key)) chars.pop()
      chars.push({ key, from, to })
    } else if (LETTER.test(chars.at(-1)?.key ?? '')) chars.push({ key: ' ', from, to })
  }
  return chars
}

function put<W>(root: Node<W>, text: string): Node<W> {
  let at = root
  for (const { key } of charsOf(text.trim())) {
    const next = at.next.get(key) ?? node<W>()
    at.next.set(key, next)
    at = next
  }
  return at
}

const isLetterAt = (chars: readonly Char[], index: number) => LETTER.test(chars[index]?.key ?? '')
/** Whether a word may end or begin before this character (CW5). */
const isBorder = (chars: readonly Char[], index: number) => !(isLetterAt(chars, index - 1) && isLetterAt(chars, index))

type Begun<W> = { readonly words: Shelter<W>[]; readonly shelters: Shelter<W>[] }

/** The words and the exceptions that begin here, each with where it ends; the longest last. */
function begunAt<W>(root: Node<W>, chars: readonly Char[], start: number): Begun<W> {
  const begun: Begun<W> = { words: [], shelters: [] }
  if (!isBorder(chars, start)) return begun
  let at: Node<W> | undefined = root
  for (let index = start; index < chars.length; index++) {
    at = at.next.get(chars[index]?.key ?? '')
    if (at === undefined) break
    const end = index + 1
    if (!isBorder(chars, end)) continue
    if (at.word !== null) begun.words.push({ end, word: at.word })
    for (const word of at.harmless) begun.shelters.push({ end, word })
  }
  return begun
}

/** Prepares a list for many texts. */
export function createFinder<W extends ListedWord>(words: readonly W[]): Finder<W> {
  if (words.length === 0) return () => []
  const root = node<W>()
  for (const word of words) {
    put(root, word.word).word = word
    for (const longer of word.except) put(root, longer).harmless.push(word)
  }
  return (text) => {
    const chars = charsOf(text)
    const found: Found<W>[] = []
    let shelters: Shelter<W>[] = []
    for (let index = 0; index < chars.length;) {
      const begun = begunAt(root, chars, index)
      shelters = [...shelters.filter(({ end }) => end > index), ...begun.shelters]
      const isHarmless = ({ end, word }: Shelter<W>) =>
        shelters.some((shelter) => shelter.word === word && end <= shelter.end)
      const hit = begun.words.findLast((one) => !isHarmless(one))
      const [first, last] = [chars[index], chars[(hit?.end ?? 0) - 1]]
      if (hit && first && last) found.push({ from: first.from, to: last.to, word: hit.word })
      index = hit?.end ?? index + 1
    }
    return found
  }
}
