import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { bothAlgorithms, type Algorithm } from './choose-challenge.ts'
import { randomHex } from './strong-random.ts'

/** A challenge as SIP.js's grammar reads it: the algorithm in capitals, quotes taken off. */
export type Challenge = {
  readonly algorithm?: string
  readonly realm?: string
  readonly nonce?: string
  readonly opaque?: string
  readonly qop?: string | readonly string[]
}

/** What of SIP.js's request the digest covers. */
type Asked = { readonly method: string; readonly ruri: { toString(): string } }

const hashes: Readonly<Record<Algorithm, (text: string) => string>> = {
  'SHA-256': (text) => bytesToHex(sha256(utf8ToBytes(text))),
  MD5: (text) => bytesToHex(md5(utf8ToBytes(text))),
}

export type DigestOptions = {
  readonly username: string
  readonly password: string
  readonly algorithms?: readonly Algorithm[]
  /** A new client nonce. */
  readonly newNonce?: () => string
}

/**
 * Answers digest challenges in SIP.js's place, which knows MD5 only: qop=auth by RFC 7616 3.4 (SHA-256: RFC 8760),
 * `nc` counted for each nonce. A challenge without qop is answered with MD5 alone, as RFC 2617 had it. `authenticate`
 * is false, and nothing is sent, for any other challenge; the hashes are synchronous, for SIP.js asks in that way.
 */
export function createDigest({
  username,
  password,
  algorithms = bothAlgorithms,
  newNonce = () => randomHex(16),
}: DigestOptions) {
  let answer = ''
  let last = { nonce: '', count: 0 }

  function authenticate({ method, ruri }: Asked, challenge: Challenge): boolean {
    answer = ''
    const algorithm = algorithms.find((known) => known === (challenge.algorithm ?? 'MD5'))
    const { realm, nonce, qop, opaque } = challenge
    if (algorithm === undefined || !realm || !nonce) return false
    const counted = qop !== undefined
    if (counted ? !qop.includes('auth') : algorithm !== 'MD5') return false
    const hash = hashes[algorithm]
    last = { nonce, count: last.nonce === nonce ? last.count + 1 : 1 }
    const [nc, cnonce, uri] = [last.count.toString(16).padStart(8, '0'), newNonce(), ruri.toString()]
    const [secret, request] = [hash(`${username}:${realm}:${password}`), hash(`${method}:${uri}`)]
    const response = hash([secret, nonce, ...(counted ? [nc, cnonce, 'auth'] : []), request].join(':'))
    answer = [
      `Digest algorithm=${algorithm}`,
      ...Object.entries({ username, realm, nonce, uri, response }).map(([name, value]) => `${name}="${value}"`),
      ...(opaque ? [`opaque="${opaque}"`] : []),
      ...(counted ? ['qop=auth', `cnonce="${cnonce}"`, `nc=${nc}`] : []),
    ].join(', ')
    return true
  }

  return {
    authenticate,
    /** The value of Authorization or Proxy-Authorization; throws before a challenge was answered. */
    toString: (): string => {
      if (answer === '') throw new Error('no challenge was answered')
      return answer
    },
  }
}
