/**
 * What is done about the listed words of a reply while it is written.
 *
 * CW6 Each place is marked within the text, what is not said otherwise than what is secret; the marks follow what was
 *     typed and never hold it up.
 * CW7 A key puts the better wording in the place of the word at the cursor, of the next one, or of the first; what has
 *     none is taken out. It is an edit like any other, so it is taken back by the same key as typing.
 */
import type { Found } from './find-words.ts'
import type { ForbiddenWord } from './forbidden.ts'

/** A place, and what comes there. */
export type BetterWording = {
  readonly from: number
  readonly to: number
  readonly words: string
  /** What of the words is still to be filled in, by its place in them; null for nothing. */
  readonly gap: { readonly from: number; readonly to: number } | null
}

const GAP = '……'

/** What the key does with the cursor at `caret`; null where nothing is listed. Places in UTF-16 units. */
export function betterWordingAt(found: readonly Found<ForbiddenWord>[], caret: number): BetterWording | null {
  const place = found.find(({ to }) => to >= caret) ?? found[0]
  if (place === undefined) return null
  const words = place.word.better ?? ''
  const at = words.indexOf(GAP)
  return { from: place.from, to: place.to, words, gap: at === -1 ? null : { from: at, to: at + GAP.length } }
}

/** A piece of a text, by its number from the front: as it is, or a listed word. */
export type MarkedPiece = { readonly place: number; readonly text: string; readonly why: ForbiddenWord['why'] | null }

/** The text in pieces, the listed places each for itself. */
export function markedPieces(text: string, found: readonly Found<ForbiddenWord>[]): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = []
  const add = (from: number, to: number, why: MarkedPiece['why']) => {
    if (to > from) pieces.push({ place: pieces.length, text: text.slice(from, to), why })
  }
  let at = 0
  for (const { from, to, word } of found) {
    add(at, from, null)
    add(from, to, word.why)
    at = to
  }
  add(at, text.length, null)
  return pieces
}
