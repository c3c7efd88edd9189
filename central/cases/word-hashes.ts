/**
 * The words of a case as numbers, for an index: pairs of Han characters, whole runs of letters and figures, these with
 * the character that follows, and their beginnings. Four bytes each instead of the words themselves; that two words
 * may have one number costs a look at the text, which is taken anyway.
 */
import { indexTokens, queryTerms } from '../../shared/kb/grams.ts'

/** The shortest and the longest beginning of a run that is found by itself, in characters. */
const LEAST_PREFIX = 2
const MOST_PREFIX = 12

/** FNV-1a of 32 bits, as PostgreSQL's integer. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < token.length; at += 1) hash = Math.imul(hash ^ token.charCodeAt(at), 0x01000193)
  return hash
}

const isRun = (token: string) => /^[^\p{Script=Han}]+$/u.test(token)
/** A single Han character stands in nearly every text: it is no word of the index. */
const isSingle = (token: string) => [...token].length === 1 && !isRun(token)

function beginnings(token: string): string[] {
  if (!isRun(token)) return []
  const end = Math.min(token.length, MOST_PREFIX + 1)
  return Array.from({ length: Math.max(0, end - LEAST_PREFIX) }, (_, index) => token.slice(0, LEAST_PREFIX + index))
}

/** The numbers of a text, each once. */
export function textHashes(text: string): number[] {
  const hashes = new Set<number>()
  for (const token of new Set(indexTokens(text))) {
    if (isSingle(token)) continue
    hashes.add(hashOf(token))
    for (const beginning of beginnings(token)) hashes.add(hashOf(beginning))
  }
  return [...hashes]
}

/** What a text must have to answer a query, and the terms that must stand in it; no hashes: nothing answers. */
export function queryHashes(words: string): { readonly hashes: readonly number[]; readonly terms: readonly string[] } {
  const terms = queryTerms(words)
  const tokens = terms.flatMap((term) =>
    term.tokens.map((token) => (term.prefix ? token.slice(0, MOST_PREFIX) : token)),
  )
  const hashes = new Set(tokens.filter((token) => !isSingle(token)).map(hashOf))
  return { hashes: [...hashes], terms: terms.map(({ text }) => text) }
}
