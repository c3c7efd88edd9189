import { scrypt } from 'node:crypto'
import { readableCode } from '../readable-code.ts'

/** A new enrolment code, e.g. K7QWM-3XPAB: 50 bits, in two groups. */
export function newEnrolmentCode(): string {
  return readableCode(2)
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
