/** An article as the search reads it: folded, its head line by line, the rest only when it is looked at. */
import type { Article } from '../sync/protocol.ts'
import { BODY_CHARS } from './article-text.ts'
import { foldChinese } from './fold.ts'
import { soundPairs } from './sounds.ts'

type Line = {
  readonly text: string
  readonly kind: 'title' | 'name' | 'question'
  /** Letters, digits and Han characters in it. */
  readonly length: number
}

export type Readable = {
  readonly lines: readonly Line[]
  readonly unit: string
  body(): string
  /** The pairs of sounds of each line. */
  sounds(): readonly ReadonlySet<string>[]
}

/** A text folded for comparing: spaces between a number and what it counts make no difference. */
export const plain = (text: string) => foldChinese(text).replaceAll(' ', '')

const isWordChar = (char: string) => (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9')

/** Whether a folded text has a token: 8路 is not in 18路. */
export function hasToken(text: string, token: string): boolean {
  const [first, last] = [token.charAt(0), token.charAt(token.length - 1)]
  const [beginsWord, endsWord] = [isWordChar(first), isWordChar(last)]
  if (!beginsWord && !endsWord) return text.includes(token)
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    const cutsBefore = beginsWord && isWordChar(text.charAt(at - 1))
    const cutsAfter = endsWord && isWordChar(text.charAt(at + token.length))
    if (!cutsBefore && !cutsAfter) return true
  }
  return false
}

const LETTERS = /[\p{L}\p{N}]/gu

function lineOf(kind: Line['kind'], said: string): Line {
  const text = plain(said)
  return { kind, text, length: text.match(LETTERS)?.length ?? 0 }
}

/** Works once, at the first call. */
function lazily<T>(work: () => T): () => T {
  let done: { readonly value: T } | null = null
  return () => (done ??= { value: work() }).value
}

export function readableOf({ title, words, questions, body, unit }: Article): Readable {
  const lines = [
    lineOf('title', title),
    ...(words ?? []).map((word) => lineOf('name', word)),
    ...questions.map((question) => lineOf('question', question)),
  ]
  return {
    lines,
    unit: plain(unit),
    body: lazily(() => plain(body.slice(0, BODY_CHARS))),
    sounds: lazily(() => lines.map(({ text }) => new Set(soundPairs(text)))),
  }
}
