/**
 * How well an article answers what was asked (rule KS5): by what part of it stands there, each piece weighed by how
 * rare it is and by where it stands. Pure.
 */
import { hasToken, type Readable } from './readable.ts'
import type { Asked, Gram, Piece } from './query.ts'

/** How much each gram of a query says. */
export type Weights = ReadonlyMap<Gram, number>

export type Score = {
  readonly score: number
  /** What part of what was asked stands there, wherever, single characters aside: 0 to 1. */
  readonly share: number
}

/** What a piece is worth by where it stands; what stands as another word or only sounds alike is worth less. */
const WORTH = { title: 1, question: 0.9, name: 0.9 } as const
const BODY = 0.7
const UNIT = 0.3
const AS_OTHER = 0.9
const AS_SOUND = 0.8
/**
 * How much one line that has it all counts beside all lines together, and the title, which says what the article is
 * about, once more. What else such a line says takes from it, but ANY_LENGTH of it.
 */
const ONE_LINE = 0.8
const OF_TITLE = 0.25
const ANY_LENGTH = 0.4

type Weighed = { readonly piece: Piece; readonly weight: number; readonly grams: readonly (readonly [Gram, number])[] }

function weighPiece(piece: Piece, weights: Weights): Weighed {
  const grams = piece.grams.map((gram): readonly [Gram, number] => [gram, weights.get(gram) ?? 0])
  return { piece, grams, weight: grams.reduce((sum, [, weight]) => sum + weight, 0) }
}

/** Whether a gram is in the place that is looked at. */
type IsThere = (gram: Gram) => number

/** What part of a piece stands in a text, 0 to 1, and how many characters it is there. */
type There = { readonly part: number; readonly chars: number }

function partIn(text: string, { piece, grams, weight }: Weighed, isThere: IsThere): There {
  let [there, chars] = [0, 0]
  for (const [gram, one] of grams) {
    const how = isThere(gram)
    there += one * how
    if (how > 0 && piece.isSide !== true) chars += 1
  }
  const part = there / weight
  if (part >= AS_OTHER) return { part, chars }
  const other = piece.others.find((one) => hasToken(text, one))
  return other === undefined ? { part, chars } : { part: AS_OTHER, chars: other.length }
}

const tokenIn =
  (text: string): IsThere =>
  ({ token }) =>
    token !== '' && hasToken(text, token) ? 1 : 0

/** Whether an article has the letters of a gram as the initials of its title or names. */
export type HasInitials = (gram: Gram) => boolean

/**
 * Makes a scorer of a query; `withSounds` where what only sounds alike shall count. Of single characters only those
 * that are `rare` say by themselves what it is about (蛇).
 */
export function createScorer({ pieces }: Asked, weights: Weights, withSounds: boolean, rare: ReadonlySet<Gram>) {
  const weighed = pieces.map((piece) => weighPiece(piece, weights)).filter(({ weight }) => weight > 0)
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const tells = ({ isSide, grams }: Piece) => isSide !== true || grams.some((gram) => rare.has(gram))
  const told = weighed.reduce((sum, { weight, piece }) => sum + (tells(piece) ? weight : 0), 0)

  /** What part of each piece stands in each line of the head. */
  function partsOf({ lines, sounds }: Readable, hasInitials: HasInitials): There[][] {
    return lines.map(({ text, kind }, at) => {
      const heard = withSounds ? sounds()[at] : undefined
      const inText = tokenIn(text)
      const isThere: IsThere = (gram) => {
        if (inText(gram) === 1 || (kind === 'title' && hasInitials(gram))) return 1
        return gram.sound !== null && heard?.has(gram.sound) === true ? AS_SOUND : 0
      }
      return weighed.map((one) => partIn(text, one, isThere))
    })
  }

  return (article: Readable, hasInitials: HasInitials): Score => {
    if (whole === 0) return { score: 0, share: 0 }
    const parts = partsOf(article, hasInitials)
    let [there, share] = [0, 0]
    for (const [nth, one] of weighed.entries()) {
      let [head, anywhere] = [0, 0]
      for (const [at, { kind }] of article.lines.entries()) {
        const part = parts[at]?.[nth]?.part ?? 0
        head = Math.max(head, part * WORTH[kind])
        anywhere = Math.max(anywhere, part)
      }
      if (head < BODY) {
        const [body, unit] = [article.body(), article.unit]
        const [inBody, inUnit] = [partIn(body, one, tokenIn(body)).part, partIn(unit, one, tokenIn(unit)).part]
        head = Math.max(head, inBody * BODY, inUnit * UNIT)
        anywhere = Math.max(anywhere, inBody, inUnit)
      }
      there += one.weight * head
      if (tells(one.piece)) share += one.weight * anywhere
    }
    const ofLines = article.lines.map(({ length, kind }, at) => {
      const part = weighed.reduce((sum, { weight }, nth) => sum + weight * (parts[at]?.[nth]?.part ?? 0), 0) / whole
      const chars = (parts[at] ?? []).reduce((sum, one) => sum + one.chars, 1)
      const fit = Math.min(1, chars / Math.max(1, length))
      return WORTH[kind] * part * (ANY_LENGTH + (1 - ANY_LENGTH) * Math.sqrt(fit))
    })
    const lines = ONE_LINE * Math.max(...ofLines) + OF_TITLE * (ofLines[0] ?? 0)
    return { score: there / whole + lines, share: told === 0 ? 0 : share / told }
  }
}

/** The pieces that stand in an article as they were asked, or as a word that means the same. */
export function marksIn({ pieces }: Asked, { lines, body }: Readable): string[] {
  const texts = [...lines.map(({ text }) => text), body()]
  const isThere = (token: string) => token !== '' && texts.some((text) => hasToken(text, token))
  return pieces.flatMap(({ word, grams, others }) => {
    const asked = grams.filter(({ care, token }) => care >= 0.5 && token.length > 1).map(({ token }) => token)
    const own = word !== null && isThere(word) ? [word] : asked.filter(isThere)
    return [...own, ...others.filter(isThere)]
  })
}
