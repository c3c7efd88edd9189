/**
 * How well an entry of the directory answers what was typed. By letters: the initials of the pinyin of its name, any
 * reading of each character (长 c or z), side by side or with others between them (sjj: 市交警, 市公安局交警支队).
 */
import { foldText } from '../kb/grams.ts'
import { numbersOf, type DirectoryEntry } from './entry.ts'

/** For each character of a name the first letters of all its readings: 长安 → ['cz', 'a']. */
export type Readings = readonly string[]

/** With fewer letters, or digits, nearly all entries would answer. */
const LEAST_SCATTERED = 2
const LEAST_DIGITS = 2

function isNext(readings: Readings, letters: string, from: number): boolean {
  return [...letters].every((letter, index) => readings[from + index]?.includes(letter) === true)
}

/** Whether the letters stand in the name in their order, whatever is between them. */
function isScattered(readings: Readings, letters: string): boolean {
  let found = 0
  for (const reading of readings) if (reading.includes(letters.charAt(found)) && found < letters.length) found += 1
  return found === letters.length
}

function rankOfLetters(readings: Readings, letters: string): number | null {
  if (isNext(readings, letters, 0)) return 1
  if (readings.some((_, index) => isNext(readings, letters, index))) return 3
  return letters.length >= LEAST_SCATTERED && isScattered(readings, letters) ? 5 : null
}

function rankOfNumber(entry: DirectoryEntry, digits: string): number | null {
  const plain = numbersOf(entry).map(({ number }) => number.replace(/\D/g, ''))
  if (plain.includes(digits)) return 0
  if (digits.length < LEAST_DIGITS) return null
  if (plain.some((number) => number.startsWith(digits))) return 2
  return plain.some((number) => number.includes(digits)) ? 4 : null
}

/** The best rank, 0 the best of all; null where the entry does not answer the query. `query` is not empty. */
export function rankEntry(entry: DirectoryEntry, readings: Readings, query: string): number | null {
  const typed = foldText(query).replace(/\s+/g, '')
  const digits = typed.replace(/[-+()（）]/g, '')
  if (/^\d+$/.test(digits)) return rankOfNumber(entry, digits)
  const name = foldText(entry.name)
  if (name.startsWith(typed)) return 0
  const byLetters = /^[a-z0-9]+$/.test(typed) ? rankOfLetters(readings, typed) : null
  if (name.includes(typed)) return Math.min(2, byLetters ?? 2)
  if (byLetters !== null) return byLetters
  const more = entry.kind === 'unit' ? [entry.district ?? '', entry.hours] : [entry.team ?? '', entry.staffNo]
  return more.some((text) => foldText(text).includes(typed)) ? 6 : null
}
