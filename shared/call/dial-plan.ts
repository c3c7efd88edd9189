/**
 * What is typed or pasted, as it is dialled here. Pure; the rules are data, so that a centre elsewhere carries its own.
 * Shapes after the numbering plan of the Chinese mainland (工信部 电信网编号计划): mobiles of eleven digits, area codes
 * of two (10, 2x) or three digits behind a trunk zero, subscribers of seven or eight; services of three, five, six
 * (116xxx, 118xxx), eight (1010xxxx) or ten digits, of which those of a city are dialled behind its area code.
 */
import type { NumberPlan } from '../number-plan.ts'

/** What an exchange wants before a number. */
export type Prefixes = {
  /** What goes before a mobile that is not at home here: `0` where the exchange wants it; empty where it does not. */
  readonly mobilePrefix: string
  /** The first digits of mobiles that are at home here, e.g. `1380013`; these are dialled as they are. */
  readonly homeMobiles: readonly string[]
  /** What leads out of the exchange, e.g. `9`; extensions, and what every line knows (110, 12345), go without. */
  readonly outside: string
}

const noPrefixes: Prefixes = { mobilePrefix: '', homeMobiles: [], outside: '' }

/** The services that are brought in at once; the digit that chooses each is its place in this row. */
export const emergencyNumbers = ['110', '119', '120', '122'] as const

export type DialKind = 'emergency' | 'service' | 'extension' | 'local' | 'mobile' | 'national'

/** Why something cannot be dialled; the words are `dial.problem.<code>`. */
export type DialProblem = 'empty' | 'letters' | 'tooShort' | 'tooLong' | 'abroad' | 'unknownShape'

export type Dialled =
  | { readonly ok: true; readonly number: string; readonly kind: DialKind }
  | { readonly ok: false; readonly problem: DialProblem }

const refused = (problem: DialProblem): Dialled => ({ ok: false, problem })
const taken = (kind: DialKind, number: string): Dialled => ({ ok: true, number, kind })

/** What stands between the digits of a number: blanks, dashes of every width, brackets, dots, marks of direction. */
const between = /[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff().·/（）．、\u2010-\u2015\u2212－—-]/gu
const mobile = /^1[3-9]\d{9}$/
const subscriber = /^[2-8]\d{6,7}$/
/** A national number without its trunk zero: area code and subscriber. */
const national = /^(?:10|2\d)[2-8]\d{7}$|^[3-9]\d{2}[2-8]\d{6,7}$/
const short = /^1[12]\d$|^1[02]\d{3}$|^111\d{2}$|^179\d{2}$|^11[68]\d{3}$|^1010\d{4}$|^9[56]\d{3,4}$|^[48]00\d{7}$/
/** A service of a city, without the trunk zero: its area code, then 11x, 12x, a hotline 12xxx, or 96xxx(x). */
const cityService = /^(10|2\d|[3-9]\d{2})(1[12]\d|12\d{3}|96\d{3,4})$/
/** What every line knows, also within the house: 11x, 12x and the hotlines 12xxx. */
const bare = /^1[12]\d$|^12\d{3}$/
const LONGEST = 12

/** The digits as written, and whether they stand in the international form. */
function digitsOf(typed: string): { digits: string; plus: boolean } | null {
  const narrow = typed.normalize('NFKC').replace(between, '')
  const plus = narrow.startsWith('+')
  const digits = plus ? narrow.slice(1) : narrow
  return /^\d*$/.test(digits) ? { digits, plus } : null
}

/** The number without country code and trunk zero; null for another country's. */
function atHome(digits: string, plus: boolean): string | null {
  const foreign = plus || digits.startsWith('00')
  const rest = digits.startsWith('00') ? digits.slice(2) : digits
  if (foreign && !rest.startsWith('86')) return null
  const inland = rest.startsWith('86') && (foreign || rest.length > 11) ? rest.slice(2) : rest
  return inland.startsWith('0') ? inland.slice(1) : inland
}

function dialMobile(digits: string, { mobilePrefix, homeMobiles, outside }: Prefixes): Dialled {
  const prefix = homeMobiles.some((start) => digits.startsWith(start)) ? '' : mobilePrefix
  return taken('mobile', `${outside}${prefix}${digits}`)
}

function dialNational(digits: string, areaCode: string, { outside }: Prefixes): Dialled {
  const local = digits.slice(areaCode.length)
  return digits.startsWith(areaCode) && subscriber.test(local)
    ? taken('local', `${outside}${local}`)
    : taken('national', `${outside}0${digits}`)
}

/** A number that is a service for who dials it as it is; null for any other. */
function dialService(digits: string, { outside }: Prefixes): Dialled | null {
  if (emergencyNumbers.some((number) => number === digits)) return taken('emergency', digits)
  return short.test(digits) ? taken('service', bare.test(digits) ? digits : `${outside}${digits}`) : null
}

/** A service behind the area code of a city; at home it is dialled without. Null for any other number. */
function dialCityService(inland: string, home: string, prefixes: Prefixes): Dialled | null {
  const [, areaCode, service] = cityService.exec(inland) ?? []
  if (service === undefined) return null
  return areaCode === home ? dialService(service, prefixes) : taken('service', `${prefixes.outside}0${inland}`)
}

function whyNot(digits: string): DialProblem {
  if (digits.length > LONGEST) return 'tooLong'
  return digits.length < 7 ? 'tooShort' : 'unknownShape'
}

/**
 * Reads a number as people write it: full-width digits, blanks, dashes and brackets, +86 and 0086, an area code or
 * none. Answers the digits to dial with what they are, or why they cannot be dialled; without `prefixes` those that
 * say whom one calls, whatever an exchange wants before them.
 */
export function dialPlan(typed: string, plan: NumberPlan, prefixes: Prefixes = noPrefixes): Dialled {
  const read = digitsOf(typed)
  if (read === null) return refused('letters')
  const { digits, plus } = read
  if (digits === '') return refused('empty')
  const service = plus ? null : dialService(digits, prefixes)
  if (service !== null) return service
  const inland = atHome(digits, plus)
  // Only behind its zero: without one, 2012345 is somebody's telephone here.
  const elsewhere = inland === null || inland === digits ? null : dialCityService(inland, plan.areaCode, prefixes)
  if (elsewhere !== null) return elsewhere
  if (!plus && digits.length >= plan.extension.least && digits.length <= plan.extension.most)
    return taken('extension', digits)
  if (inland === null) return refused('abroad')
  if (mobile.test(inland)) return dialMobile(inland, prefixes)
  if (subscriber.test(inland) && inland === digits) return taken('local', `${prefixes.outside}${inland}`)
  if (national.test(inland)) return dialNational(inland, plan.areaCode, prefixes)
  return refused(whyNot(inland))
}
