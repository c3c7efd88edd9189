/** Whether a value can be what it says to be: numbers of telephones and identity cards, amounts. Pure; nothing is changed. */
import { chinaDay, dayOfIso, isoOfDay } from '../china-day.ts'
import { bareNumber } from '../phone-number.ts'

const plain = (typed: string) => typed.normalize('NFKC').trim()

/** Mobiles, landlines with and without area code, services and extensions, 400 and 800, as the numbering plan has them. */
const CHINESE = [
  /^861[3-9]\d{9}$/,
  /^86(?:10|2\d)[2-8]\d{7}$/,
  /^86[3-9]\d{2}[2-8]\d{6,7}$/,
  /^[2-8]\d{6,7}$/,
  /^\d{3,6}$/,
  /^[48]00\d{7}$/,
  /^9[56]\d{3,6}$/,
]

/** Whether it can be a telephone number that is called from here; an extension may follow (转801). */
export function isPhone(typed: string): boolean {
  const number = plain(typed).replace(/(?:转|ext\.?|,|#)\s*\d{1,6}$/i, '')
  if (!/^\+?[\d\s()./-]+$/.test(number)) return false
  const digits = bareNumber(number)
  const abroad = /^(?:\+|00)(?!\s*86)/.test(number)
  return abroad ? /^[1-9]\d{6,14}$/.test(digits) : CHINESE.some((shape) => shape.test(digits))
}

/** What is wrong with the number of an identity card. */
export type IdCardFault = 'idLength' | 'idRegion' | 'idDate' | 'idChecksum'

/** Provinces, regions and cities, and (81 to 83) the residence permits of Hong Kong, Macau and Taiwan; GB/T 2260. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/**
 * GB 11643-1999: six digits of a place, the day of birth, three in their order, and a check by ISO 7064 MOD 11-2. Those
 * of fifteen digits are valid no more since 2013. `callAt` in ms: nobody calls before she is born.
 */
export function idCardFault(typed: string, callAt: number): IdCardFault | null {
  const id = plain(typed).replace(/\s/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(id)) return 'idLength'
  if (!PROVINCES.has(id.slice(0, 2))) return 'idRegion'
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (isoOfDay(dayOfIso(born)) !== born || born < '1900-01-01' || born > chinaDay(callAt)) return 'idDate'
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(id.charAt(index)), 0)
  return CHECKS.charAt(sum % 11) === id.charAt(17) ? null : 'idChecksum'
}

/** A number as it is typed: 1,200 · 1200元 · 1.5万; null for what is none. */
export function readNumber(typed: string): number | null {
  const found = /^(-?\d+(?:\.\d+)?)(万|亿)?[元块人个]?$/.exec(plain(typed).replace(/[,，\s]/g, ''))
  if (found === null) return null
  const times = found[2] === '万' ? 10_000 : found[2] === '亿' ? 100_000_000 : 1
  return Number(found[1]) * times
}
