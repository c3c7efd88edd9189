import { foldText } from './grams.ts'
import { BETWEEN_DIGITS } from './mask-digits.ts'

/** The digits of a text, number by number; how they are grouped says nothing. */
const numbersIn = (text: string) =>
  foldText(text)
    .replace(/(?<=\d)[\s\-－—_.]+(?=[\dx])/g, '')
    .match(/\d+x?/g) ?? []

/** An identity number: region, date of birth, three digits, one to check. */
const IDENTITY = /\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]/

/** So many digits at the end tell one subscriber, however the code before them is written. */
const TAIL = 7

/** Whether words name a citizen: by one of these telephone numbers of hers, or by any identity number (KE3). */
export function namesCitizen(words: string, phones: readonly string[]): boolean {
  const numbers = numbersIn(words)
  const tails = phones.map((phone) => numbersIn(phone).join('').slice(-TAIL)).filter((tail) => tail.length === TAIL)
  return numbers.some((number) => IDENTITY.test(number) || tails.some((tail) => number.includes(tail)))
}

/** What is dialled before a mobile number: the country's code, or the 0 of another city. */
const BEFORE = String.raw`(?:[+＋]?(?:[0０]{2})?[8８][6６]${BETWEEN_DIGITS}|[0０]${BETWEEN_DIGITS})?`

/** A mobile number, however it is grouped and in whatever digits: a person's. */
const MOBILE = new RegExp(String.raw`(?<!\p{Nd})${BEFORE}[1１][3-9３-９](?:${BETWEEN_DIGITS}\p{Nd}){9}(?!\p{Nd})`, 'gu')

/** Words without mobile numbers; the telephones of offices stay, for they may be what is wrong in an article (KE3). */
export const maskMobiles = (words: string): string => words.replace(MOBILE, '*****')
