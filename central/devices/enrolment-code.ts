import { randomInt, scrypt } from 'node:crypto'

// Read out over the telephone and typed by hand: without I, O, 0 and 1.
const SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUP = 5

/** A new enrolment code, e.g. K7QWM-3XPAB: 50 bits, in two groups. */
export function newEnrolmentCode(): string {
  const group = () => Array.from({ length: GROUP }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')
  return `${group()}-${group()}`
}

/** Only this is stored of a code; slow, for fifty bits are few. In capitals or not, with the hyphen or without. */
export function hashEnrolmentCode(code: string): Promise<string> {
  const plain = code.toUpperCase().replace(/[\s-]/g, '')
  return new Promise((resolve, reject) => {
    scrypt(plain, 'sanxin.enrolment', 32, { N: 4096, r: 8, p: 1 }, (error, key) => {
      if (error === null) resolve(key.toString('hex'))
      else reject(error)
    })
  })
}
