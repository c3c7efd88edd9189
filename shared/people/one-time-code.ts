import type { Failure } from '../errors.ts'

/** The six digits that an authenticator shows (RFC 6238). */
const CODE = /^\d{6}$/

/** Whether this is such a code, to the digit. */
export function isOneTimeCode(text: string): boolean {
  return CODE.test(text)
}

/** The code that somebody typed: with a gap in the middle, or in an input method's full-width digits; null for no code. */
export function readOneTimeCode(typed: string): string | null {
  const code = typed.normalize('NFKC').replace(/\s+/g, '')
  return isOneTimeCode(code) ? code : null
}

/** Whether central said that it wants a code, or another one. */
export function wantsCode(failure: Failure | null): boolean {
  return failure?.code === 'codeRequired' || failure?.code === 'codeWrong'
}
