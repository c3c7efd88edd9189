import type { SipHeader } from './sip-text.ts'

/** The digest algorithms that the phone speaks (RFC 8760, RFC 7616), as challenges name them. */
export type Algorithm = 'SHA-256' | 'MD5'

/** Both, the stronger first; leave MD5 out where the exchange is known to speak SHA-256. */
export const bothAlgorithms: readonly Algorithm[] = ['SHA-256', 'MD5']

/** The algorithm that a challenge asks for, in capitals; MD5 where it names none (RFC 7616 3.3), '' of another scheme. */
function algorithmOf(challenge: string): string {
  if (!/^Digest\s/i.test(challenge)) return ''
  return (/[\s,]algorithm\s*=\s*"?([^\s,"]+)/i.exec(challenge)?.[1] ?? 'MD5').toUpperCase()
}

/**
 * SIP.js reads one challenge, the last: of several only the best is left. Best is the one whose algorithm stands first
 * in `algorithms`, and among equals the topmost (RFC 8760 2.4; an order of our own is the local policy it allows, so
 * that nobody talks the phone down to MD5 by listing it first).
 */
export function chooseChallenge(headers: readonly SipHeader[], algorithms: readonly Algorithm[]): readonly SipHeader[] {
  return ['www-authenticate', 'proxy-authenticate'].reduce<readonly SipHeader[]>((left, name) => {
    const offered = left.filter((header) => header.name === name)
    const best = algorithms
      .map((algorithm) => offered.find(({ value }) => algorithmOf(value) === algorithm))
      .find((header) => header !== undefined)
    return left.filter((header) => header.name !== name || header === (best ?? offered[0]))
  }, headers)
}
