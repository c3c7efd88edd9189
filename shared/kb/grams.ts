/**
 * Overlapping 2-grams for Chinese search: FTS5's own tokenizers find nothing for two-character words.
 * Han runs become pairs (公积金 → 公积 积金), runs of digits and Latin letters stay whole, so that 8路 is not
 * 18路; between a run and its neighbour a pair is made too (8路 → `8`, `8路`).
 */

import { simplify } from './simplify.ts'

type Run = { readonly kind: 'han' | 'word'; text: string }

const HAN = /\p{Script=Han}/u
const WORD = /[\p{L}\p{N}]/u
const SPACE = 0x20

/** One spelling for what is the same to a reader: full-width forms, case, compatibility characters. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function kindOf(char: string): Run['kind'] | null {
  // Nearly all are of this block; to ask Unicode's tables of each takes ten times as long.
  if (char >= '\u4e00' && char <= '\u9fff') return 'han'
  return HAN.test(char) ? 'han' : WORD.test(char) ? 'word' : null
}

function runsOf(text: string): Run[] {
  const runs: Run[] = []
  let broken = true
  for (const char of foldText(text)) {
    const kind = kindOf(char)
    const last = runs.at(-1)
    if (kind === null) broken = true
    else if (!broken && last?.kind === kind) last.text += char
    else {
      runs.push({ kind, text: char })
      broken = false
    }
  }
  return runs
}

const [OTHER, WORD_KIND, HAN_KIND] = [1, 2, 3] as const
/** What each character of the basic plane is, as far as it was met; 0 is not known. */
const kinds = new Uint8Array(0x10000)
const kindNumber = (char: string) => ({ han: HAN_KIND, word: WORD_KIND, none: OTHER })[kindOf(char) ?? 'none']

function kindAt(text: string, at: number, size: number): number {
  if (size > 1) return kindNumber(text.slice(at, at + size))
  const code = text.charCodeAt(at)
  const known = kinds[code] ?? 0
  if (known !== 0) return known
  const kind = kindNumber(text.charAt(at))
  kinds[code] = kind
  return kind
}

/** A string of so many characters at once: more would be too many arguments. */
const AT_ONCE = 4096

function stringOf(codes: readonly number[]): string {
  let text = ''
  for (let from = 0; from < codes.length; from += AT_ONCE)
    text += String.fromCharCode(...codes.slice(from, from + AT_ONCE))
  return text
}

/** A token of a text by where it stands there: one piece, or a word and the character that follows it somewhere. */
type TakeToken = (from: number, to: number, next: number, end: number) => void

/**
 * Goes once through a folded text and gives its tokens: pairs and singles of Han, whole words, and
 * word-with-next-character. Each comes as often as it stands. Without runs and without a string for each character, for
 * a desk indexes a hundred thousand articles.
 */
function walkTokens(folded: string, take: TakeToken): void {
  // The run before this character: a word that may go on, or the last Han character while nothing is between.
  let [wordFrom, wordTo, hanFrom] = [-1, -1, -1]
  let broken = true
  for (let at = 0, next = 0; at < folded.length; at = next) {
    next = at + ((folded.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
    const kind = kindAt(folded, at, next - at)
    if (kind === OTHER) {
      broken = true
      hanFrom = -1
    } else if (kind === WORD_KIND) {
      if (wordFrom >= 0 && broken) take(wordFrom, wordTo, 0, 0)
      if (broken || wordFrom < 0) wordFrom = at
      wordTo = next
      broken = false
      hanFrom = -1
    } else {
      if (wordFrom >= 0) {
        take(wordFrom, wordTo, 0, 0)
        take(wordFrom, wordTo, at, next)
      } else if (hanFrom >= 0) take(hanFrom, next, 0, 0)
      take(at, next, 0, 0)
      wordFrom = -1
      broken = false
      hanFrom = at
    }
  }
  if (wordFrom >= 0) take(wordFrom, wordTo, 0, 0)
}

/** The tokens of a text for the index. */
export function indexTokens(text: string): string[] {
  const folded = foldText(text)
  const tokens: string[] = []
  walkTokens(folded, (from, to, next, end) => {
    const piece = folded.slice(from, to)
    tokens.push(end === 0 ? piece : piece + folded.slice(next, end))
  })
  return tokens
}

/** The same as one text, with spaces between: without a string for each of them. */
export function indexText(text: string): string {
  const folded = foldText(text)
  const codes: number[] = []
  walkTokens(folded, (from, to, next, end) => {
    if (codes.length > 0) codes.push(SPACE)
    for (let at = from; at < to; at += 1) codes.push(folded.charCodeAt(at))
    for (let at = next; at < end; at += 1) codes.push(folded.charCodeAt(at))
  })
  return stringOf(codes)
}

/** One thing that was asked for: tokens that must all occur, and the text that a hit must show. */
export type Term = { readonly text: string; readonly tokens: readonly string[]; readonly prefix: boolean }

/**
 * The terms of a query: separated by spaces and punctuation, each a run or a digit run with what follows it.
 * A Latin or digit run at the very end is a prefix while it is being typed (`gj` → gjj).
 */
export function queryTerms(query: string): Term[] {
  const parts = foldText(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
  return parts.map((part, index) => {
    const runs = runsOf(part)
    const tokens = runs.flatMap((run, at) => {
      if (run.kind === 'word') {
        const next = runs[at + 1]
        return [next?.kind === 'han' ? run.text + [...next.text][0] : run.text]
      }
      const chars = [...run.text]
      if (chars.length === 1) return runs[at - 1]?.kind === 'word' ? [] : chars
      return chars.slice(1).map((char, i) => `${chars[i]}${char}`)
    })
    const prefix = index === parts.length - 1 && runs.length === 1 && runs[0]?.kind === 'word'
    return { text: part, tokens, prefix }
  })
}

/** Whether a text has all tokens of all terms, as the index would find it: 8路 is not in 18路. */
export function hasTokens(text: string, terms: readonly Term[]): boolean {
  const indexed = ` ${indexText(text)} `
  return terms.every(({ tokens, prefix }) =>
    tokens.every((token) => indexed.includes(prefix ? ` ${token}` : ` ${token} `)),
  )
}

/** Splits a text at the places where the terms occur, for marking: [text, is a hit]. */
export function markTerms(text: string, terms: readonly string[]): { text: string; hit: boolean }[] {
  const folded = simplify(foldText(text))
  const wanted = [...new Set(terms.map((term) => simplify(foldText(term))))].filter((term) => term !== '')
  // Only where folding keeps the length can places in the folded text be shown in the original.
  if (folded.length !== text.length || wanted.length === 0) return [{ text, hit: false }]
  const hits = Array.from({ length: text.length }, () => false)
  for (const term of wanted) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
      hits.fill(true, at, at + term.length)
    }
  }
  const pieces: { text: string; hit: boolean }[] = []
  for (let at = 0; at < text.length; at++) {
    const last = pieces.at(-1)
    if (last && last.hit === hits[at]) last.text += text[at]
    else pieces.push({ text: text[at] ?? '', hit: hits[at] ?? false })
  }
  return pieces
}
