import { foldText } from './grams.ts'

/** What may stand between the digits of one number, as a pattern: at most three blanks or signs, but not as in 8:30. */
export const BETWEEN_DIGITS = String.raw`(?:(?![:：])[\s\p{P}\p{S}]){0,3}`

/** Five digits and more, however they are grouped: a telephone, an identity card, an account. */
const LONG_NUMBER = new RegExp(String.raw`\p{Nd}(?:${BETWEEN_DIGITS}\p{Nd}){4,}[xXＸｘ]?`, 'gu')

/** Words without the numbers in them by which a citizen could be known; short ones, as of a bus line, stay. */
export const maskDigits = (text: string): string => text.replace(LONG_NUMBER, '*****')

/** The longest query that is kept as a gap, in characters. */
export const MOST_GAP = 60

/** A query that found nothing, as gaps are counted by it: folded, one space between words, without long numbers. */
export const gapWords = (query: string): string =>
  [
    ...maskDigits(foldText(query))
      .replace(/[^\p{L}\p{N}\p{M}*]+/gu, ' ')
      .trim(),
  ]
    .slice(0, MOST_GAP)
    .join('')
