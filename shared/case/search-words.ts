/** What the words of a search are, and which text answers them: one rule for central's index and a desk's own store. */
import { foldText, hasTokens, queryTerms, type Term } from '../kb/grams.ts'
import { bareNumber } from '../phone-number.ts'
import type { CaseGroups } from './case-record.ts'

/** A case number, or the beginning of one. */
export const CASE_NO = /^[a-z]{2}\d{4,8}(?:-[0-9a-z]{0,4}(?:-\d*)?)?$/i

/** So many digits are a caller's number; with fewer they are words. */
const LEAST_NUMBER = 7
const NUMBER = /^[+\d\s()（）-]+$/

/** Whether the words are a caller's number. */
export function isNumber(words: string): boolean {
  return NUMBER.test(words) && bareNumber(words).length >= LEAST_NUMBER
}

/**
 * Whether a text answers the terms as central's index does: each stands in it as it was typed, and by whole tokens
 * (8路 is not 18路); the last one may be a beginning.
 */
export function answersTerms(text: string, terms: readonly Term[]): boolean {
  const folded = foldText(text)
  if (terms.length === 0 || !terms.every((term) => folded.includes(term.text))) return false
  return hasTokens(text, terms)
}

/** What of a case is searched: what was said of the matter, never who said it. */
export function searchedText({ content, place, particulars }: CaseGroups): string {
  return [content.text, place.address, ...Object.values(particulars.values)].join('\n')
}

export const termsOf = (words: string): readonly Term[] => queryTerms(words)
