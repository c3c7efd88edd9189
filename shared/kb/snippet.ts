/** A piece of a text around what was found in it (rules KS7). */
import { foldText } from './grams.ts'
import { plainLine } from '../plain-text.ts'
import { simplify } from './simplify.ts'

/** The longest snippet, in characters. */
export const SNIPPET = 120
/** So much of it stands before what was found. */
const BEFORE = 20
/** Where a text is looked into; a mark further below shows its beginning. */
const LOOKED = 20_000

/** One line of at most SNIPPET characters that begins shortly before the place where most of the marks stand together. */
export function snippetOf(text: string, marks: readonly string[]): string {
  const read = text.slice(0, LOOKED)
  const folded = simplify(foldText(read))
  // Only where folding keeps the length are places in the folded text places in this one.
  const from = folded.length === read.length ? bestPlace(folded, marks) : 0
  const begin = from <= BEFORE || folded.length <= SNIPPET ? 0 : from - BEFORE
  const piece = read.slice(begin, begin + SNIPPET + BEFORE).replace(/^[\udc00-\udfff]/, '')
  return plainLine(begin === 0 ? piece : `…${piece}`, SNIPPET)
}

/** Of the places of marks the one after which, within a snippet, the most characters of different marks stand. */
function bestPlace(text: string, marks: readonly string[]): number {
  const places = marks.flatMap((mark) => {
    const at = mark === '' ? -1 : text.indexOf(mark)
    return at < 0 ? [] : [{ at, length: mark.length }]
  })
  let best = { at: 0, worth: 0 }
  for (const { at } of places) {
    const worth = places
      .filter((other) => other.at >= at && other.at + other.length <= at + SNIPPET - BEFORE)
      .reduce((sum, { length }) => sum + length, 0)
    if (worth > best.worth || (worth === best.worth && at < best.at)) best = { at, worth }
  }
  return best.at
}
