/**
 * Phone numbers as citizens give them and as exchanges present them.
 * One key stands for all spellings of a number: 0750-3500123, +86 750 3500123 and 3500123 (dialled
 * in Jiangmen) are the same line. Source: the numbering plan of the Chinese mainland (工信部 电信网编号计划).
 */

const FULL_WIDTH_ZERO = 0xff10

function plainDigits(text: string): string {
  return text
    .replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - FULL_WIDTH_ZERO))
    .replace(/[^0-9]/g, '')
}

/** The digits of its key; of a local number all but country and area code. */
function read(text: string): { readonly digits: string; readonly local: boolean } {
  const whole = (digits: string) => ({ digits, local: false })
  const international = text.trim().startsWith('+')
  let digits = plainDigits(text)
  if (digits.startsWith('00')) digits = digits.slice(2)
  else if (!international && !(digits.startsWith('86') && digits.length > 11)) {
    if (digits.startsWith('0')) return whole(digits.length < 10 ? digits : `86${digits.slice(1)}`)
    if (/^1[3-9]\d{9}$/.test(digits)) return whole(`86${digits}`)
    return { digits, local: /^[2-8]\d{6,7}$/.test(digits) }
  }
  // +86 0750 … : the trunk zero is dialled by habit and is no part of the number
  return whole(digits.startsWith('860') ? `86${digits.slice(3)}` : digits)
}

/**
 * The key under which all spellings of one number meet: E.164 digits without the plus sign,
 * e.g. `867503500123`; short numbers (12345, extensions) stay as they are. `''` for no digits.
 * `areaCode` is that of local numbers, without its zero: keys are compared under one only.
 */
export function numberKey(text: string, areaCode: string): string {
  const { digits, local } = read(text)
  return local ? `86${areaCode}${digits}` : digits
}

/** What of a key can be said wherever one is: a local number stays without area code. `''` for no digits. */
export const bareNumber = (text: string): string => read(text).digits

/** Shows who calls without giving the number away: 138****2210, 0750-***0123, ***0123. Short numbers stay whole. */
export function maskNumber(text: string): string {
  const { digits: key, local } = read(text)
  if (key.length < 7) return key
  if (local) return `***${key.slice(-4)}`
  const national = key.startsWith('86') ? key.slice(2) : key
  if (/^1\d{10}$/.test(national)) return `${national.slice(0, 3)}****${national.slice(7)}`
  const area =
    key.startsWith('86') && /^(?:10|2\d)\d{8}$|^[3-9]\d{9,10}$/.test(national) && /^(?:10|2\d|\d{3})/.exec(national)
  if (area) return `0${area[0]}-***${national.slice(-4)}`
  return `${national.slice(0, 3)}****${national.slice(-4)}`
}
