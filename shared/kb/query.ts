/** What a query of the knowledge search asks for (rules KS1–KS6). Pure. */
import { isAsking, partsOf, type Part } from './asking.ts'
import { foldChinese } from './fold.ts'
import { queryTerms, type Term } from './grams.ts'
import { soundOf, soundPair, spelled } from './sounds.ts'
import type { SynonymFinder } from './synonyms.ts'

/** A token of the index that is asked for, by its place in the folded text. */
export type Gram = {
  readonly token: string
  readonly from: number
  readonly to: number
  /** How much of it is asked about: 1 all, 0 nothing. */
  readonly care: number
  /** Its two sounds as a token; null where it has none. */
  readonly sound: string | null
}

/** What is asked for in one: a gram, or all grams of a word with the words that mean the same. */
export type Piece = {
  readonly grams: readonly Gram[]
  readonly word: string | null
  readonly others: readonly string[]
  /** A single character beside the pairs: it tells which of two is better, and finds nothing by itself. */
  readonly isSide?: boolean
}

export type Asked = {
  /** As it was asked for, folded: each of these a text shows that has it word for word. */
  readonly terms: readonly Term[]
  readonly pieces: readonly Piece[]
  /** Whether the words are a question or stand for others: then what has them word for word is not all. */
  readonly isLoose: boolean
}

/** A bus line by its number, as it is called across the border: 1号巴士 is 1路. */
const LINE_BY_NUMBER = /(\d+)号(?=巴士|公交|车(?!牌|位|主))/g

/** So much of a query is read, in characters, and so many grams of it are asked for. */
const MOST_CHARS = 200
const MOST_GRAMS = 48

/** What a single character is worth beside the pairs, and of how many it is asked. */
const CHAR = 0.25
const LIGHT_CHAR = 0.1
const MOST_BY_CHAR = 40

/** A number with what it counts is about one thing: 28路, 12分. */
const NUMBERED = 2

/** What a gram is worth by the least of the parts that it stands in. */
const worth: Readonly<Record<Part, number>> = { matter: 1, light: 0.4, single: 0.5, phrase: 0.1 }

function careOf(parts: readonly Part[], { token, from, to }: Place): number {
  const counts = /^\d+\p{Script=Han}$/u.test(token)
  if (counts) return NUMBERED
  const said = parts.slice(from, to)
  if (said.every((part) => part === 'phrase')) return 0
  if (said.every((part) => part === 'single')) return said.length > 1 ? 0.2 : 0
  return Math.min(...said.map((part) => worth[part]))
}

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const HAN = /^\p{Script=Han}/u

type Place = Pick<Gram, 'token' | 'from' | 'to'>

/** The tokens of a folded text as a query asks for them, with their places. */
function* tokensOf(text: string): Generator<Omit<Gram, 'care'>> {
  const runs = [...text.matchAll(RUN)].map(({ 0: run, index }) => ({ run, from: index, to: index + run.length }))
  for (const [nth, { run, from, to }] of runs.entries()) {
    const before = runs[nth - 1]
    if (!HAN.test(run)) {
      const after = runs[nth + 1]
      // 8路 is one thing, gjj提取 is two.
      const joined =
        /\d/.test(run) && after?.from === to && HAN.test(after.run)
          ? String.fromCodePoint(after.run.codePointAt(0) ?? 0)
          : ''
      yield { token: run + joined, from, to: to + joined.length, sound: null }
      continue
    }
    const chars = [...run]
    if (chars.length === 1 && !(before?.to === from && !HAN.test(before.run))) {
      yield { token: run, from, to, sound: null }
    }
    let at = from
    for (const [index, char] of chars.entries()) {
      const next = chars[index + 1]
      if (next === undefined) break
      const [first, second] = [soundOf(char), soundOf(next)]
      const sound = first === null || second === null ? null : soundPair(first, second)
      yield { token: char + next, from: at, to: at + char.length + next.length, sound }
      at += char.length
    }
  }
}

/** The single characters of what is asked about, where there are pairs too: 换身份证 and 身份证换领 share one. */
function charsOf(text: string, parts: readonly Part[], isMeant: (at: number) => boolean): Piece[] {
  if (text.length < 3) return []
  return [...text.matchAll(/\p{Script=Han}/gu)]
    .filter(({ index }) => !isMeant(index) && (parts[index] === 'matter' || parts[index] === 'light'))
    .slice(0, MOST_BY_CHAR)
    .map(({ 0: token, index }) => ({
      grams: [
        {
          token,
          from: index,
          to: index + token.length,
          care: parts[index] === 'light' ? LIGHT_CHAR : CHAR,
          sound: null,
        },
      ],
      word: null,
      others: [],
      isSide: true,
    }))
}

function spelledGrams(letters: readonly string[]): Piece[] {
  return letters.flatMap((run) => {
    const sounds = spelled(run) ?? []
    return sounds.slice(1).map((sound, at) => ({
      grams: [{ token: '', from: 0, to: 0, care: 1, sound: soundPair(sounds[at] ?? '', sound) }],
      word: null,
      others: [],
    }))
  })
}

/** Reads a query; `meantIn` finds the words that others stand for. */
export function understand(query: string, meantIn: SynonymFinder): Asked {
  const text = foldChinese(query.slice(0, MOST_CHARS)).replace(LINE_BY_NUMBER, '$1路')
  const meant = meantIn(text)
  const parts = partsOf(text, (at) => meant.some(({ from, to }) => at >= from && at < to))
  // A word that is asked with says little, whatever means the same.
  for (const { from, to } of meant) if (isAsking(text.slice(from, to))) parts.fill('light', from, to)
  const grams = [...tokensOf(text)].slice(0, MOST_GRAMS).map((gram) => ({ ...gram, care: careOf(parts, gram) }))
  // Who asks with nothing but asking words means them.
  const wanted = grams.some(({ care }) => care > 0)
    ? grams.filter(({ care }) => care > 0)
    : grams.map((gram) => ({ ...gram, care: 1 }))
  const words = meant.map(({ from, to, others }) => ({
    grams: wanted.filter((gram) => gram.from >= from && gram.to <= to),
    word: text.slice(from, to),
    others,
  }))
  const taken = new Set(words.flatMap((piece) => piece.grams))
  const loose = charsOf(text, parts, (at) => meant.some(({ from, to }) => at >= from && at < to))
  const single = wanted.filter((gram) => !taken.has(gram)).map((gram) => ({ grams: [gram], word: null, others: [] }))
  const letters = [...text.matchAll(/[a-z][a-z0-9]+/g)].map(([run]) => run)
  return {
    terms: queryTerms(text),
    pieces: [...words, ...single, ...loose, ...spelledGrams(letters)],
    isLoose: meant.length > 0 || parts.some((part) => part !== 'matter') || letters.length > 0,
  }
}
