import { queryTerms, type Term } from '../../../shared/kb/grams.ts'
import type { SearchScope } from '../../../shared/kb/hit.ts'
import type { Asked, Gram, Piece } from '../../../shared/kb/query.ts'
import type { Weights } from '../../../shared/kb/score.ts'
import type { ArticleLookup } from './article-lookup.ts'

/** How many articles of one token are looked through; a token that more have tells little. */
const MOST = 500
const SOME = 60
/** And of a token that is rare in heads, articles that have it further below. */
const MOST_BELOW = 200
/** Other words of one piece that are looked for. */
const MOST_OTHERS = 12
const AS_OTHER = 0.9
const AS_SOUND = 0.8
const BELOW = 0.4
/** With less care a gram is not looked for below the heads. */
const CARE_BELOW = 0.3
/** What no head says, as it is asked for, tells little: mostly it is the end of one word and the beginning of another. */
const UNKNOWN = 0.35

/** What no title or other name has is how citizens talk. */
const TALK = 0.4

/** A single character that so small a share of heads has says by itself what it is about; and how much. */
const RARE = 0.008
const RARE_CARE = 0.25

/** Letters that may be initials: gjj. */
const LETTERS = /^[a-z][a-z0-9]+$/

export type Near = {
  /**
   * The articles whose heads have all these tokens, by what was found of each; null where that does not tell. A
   * beginning of a word is not among what was asked.
   */
  all(terms: readonly Term[]): number[] | null
  /** How much each gram says: by how rare it is, or the words that mean the same, and by how much it is asked about. */
  readonly weights: Weights
  /** Single characters that few heads have. */
  readonly rare: ReadonlySet<Gram>
  /** For letters that may be initials, the articles whose titles or names have them. */
  readonly initials: ReadonlyMap<Gram, ReadonlySet<number>>
  /** The articles that have most of what was asked; the best first. */
  best(limit: number): number[]
  /** As `best`, where what only sounds alike counts too. */
  bestSounding(limit: number): number[]
}

type Tally = Map<number, number>

const raise = (tally: Tally, rowid: number, to: number) => void tally.set(rowid, Math.max(tally.get(rowid) ?? 0, to))
const add = (tally: Tally, rowid: number, weight: number) => void tally.set(rowid, (tally.get(rowid) ?? 0) + weight)

function bestOf(tally: Tally, limit: number): number[] {
  return [...tally]
    .toSorted(([a, one], [b, other]) => other - one || b - a)
    .slice(0, limit)
    .map(([rowid]) => rowid)
}

/** Of what so many have that the list is not whole, some. */
const telling = (list: readonly number[]) => (list.length < MOST ? list : list.slice(0, SOME))

/** How rare a token is that `having` of `size` articles have. */
const rarity = (having: number, size: number) => Math.log(1 + (size + 1) / (having + 1))

const tokensOf = (word: string) => queryTerms(word).flatMap((term) => term.tokens)

/** What all of the lists have that are whole; null where none is. */
function inAll(lists: readonly (readonly number[])[]): number[] | null {
  const [first, ...rest] = lists
    .filter((list) => list.length < MOST)
    .toSorted((a, b) => a.length - b.length)
    .map((list) => new Set(list))
  return first === undefined ? null : [...first].filter((rowid) => rest.every((list) => list.has(rowid)))
}

/** Goes through the index by each piece of what was asked. */
export function lookNear(lookup: ArticleLookup, { pieces }: Asked, scope: SearchScope): Near {
  const size = lookup.size()
  const listOf = (tokens: readonly string[]) => lookup.having(tokens, scope, MOST)
  const weights = new Map<Gram, number>()
  const rare = new Set<Gram>()
  const initials = new Map<Gram, ReadonlySet<number>>()
  const whole: Tally = new Map()

  /** Letters that no article has as they stand. */
  function tallyInitials(gram: Gram): void {
    const having = lookup.byInitials(gram.token, MOST)
    const weight = having.length === 0 ? UNKNOWN : rarity(having.length, size) * gram.token.length
    initials.set(gram, new Set(having))
    weights.set(gram, weight)
    for (const rowid of having) add(whole, rowid, weight)
  }

  /** Adds who has a gram; `meaning` is how rare the words are together that mean what it is part of. */
  function tallyGram(tally: Tally, gram: Gram, meaning: number | null, isSide: boolean): number {
    const list = gram.token === '' ? [] : listOf([gram.token])
    const isRare = isSide && list.length > 0 && list.length <= size * RARE
    if (isRare) rare.add(gram)
    const own = list.length > 0 ? rarity(list.length, size) : UNKNOWN * rarity(size / 50, size)
    const said = meaning === null ? own : list.length > 0 ? Math.min(own, meaning) : meaning
    const care = isRare ? RARE_CARE : gram.care
    const isNamed = gram.token === '' || list.length >= MOST || lookup.isNamed(gram.token)
    const weight = care * said * (meaning !== null || isNamed ? 1 : TALK)
    weights.set(gram, weight)
    for (const rowid of telling(list)) add(tally, rowid, weight)
    if (gram.token === '' || list.length >= MOST_BELOW || gram.care <= CARE_BELOW) return weight
    const has = new Set(list)
    const below = lookup.below(gram.token, scope, MOST_BELOW)
    if (below.length < MOST_BELOW) for (const rowid of below) if (!has.has(rowid)) add(tally, rowid, weight * BELOW)
    return weight
  }

  function tallyPiece({ grams, word, others, isSide = false }: Piece): void {
    const lists = others
      .slice(0, MOST_OTHERS)
      .map((other) => listOf(tokensOf(other)))
      .filter((list) => list.length > 0)
    // A word is as rare as all that mean the same are together.
    const own = word === null ? [] : listOf(tokensOf(word))
    const meaning = lists.length === 0 ? null : rarity(new Set([...own, ...lists.flat()]).size, size)
    const tally: Tally = new Map()
    let weight = 0
    for (const gram of grams) {
      const mayBeInitials = meaning === null && LETTERS.test(gram.token) && listOf([gram.token]).length === 0
      if (mayBeInitials) tallyInitials(gram)
      else weight += tallyGram(tally, gram, meaning, isSide)
    }
    for (const list of lists) for (const rowid of telling(list)) raise(tally, rowid, weight * AS_OTHER)
    for (const [rowid, one] of tally) add(whole, rowid, one)
  }

  pieces.forEach(tallyPiece)

  function sounding(): Tally {
    const tally = new Map(whole)
    for (const gram of pieces.flatMap(({ grams }) => grams)) {
      if (gram.sound === null) continue
      const has = new Set(gram.token === '' ? [] : listOf([gram.token]))
      const list = lookup.sounding(gram.sound, MOST)
      // What nothing is called, but something sounds like, may be that with another character.
      if (has.size === 0 && list.length > 0) weights.set(gram, gram.care * rarity(list.length, size))
      const weight = (weights.get(gram) ?? 0) * AS_SOUND
      if (list.length < MOST) for (const rowid of list) if (!has.has(rowid)) add(tally, rowid, weight)
    }
    return tally
  }

  return {
    all: (terms) =>
      terms.some(({ prefix }) => prefix)
        ? null
        : inAll(terms.flatMap(({ tokens }) => tokens.map((one) => listOf([one])))),
    weights,
    rare,
    initials,
    best: (limit) => bestOf(whole, limit),
    bestSounding: (limit) => bestOf(sounding(), limit),
  }
}
