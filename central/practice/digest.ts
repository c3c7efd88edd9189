import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Timers } from './timers.ts'

/** What became of a set of credentials. `stale`: right password, used nonce; the telephone tries again by itself. */
export type Verdict = { kind: 'ok'; user: string } | { kind: 'missing' } | { kind: 'stale' } | { kind: 'wrong' }

/** The hashes on offer, the strongest first (RFC 8760 2.4), as challenges and answers name them. */
export const digestAlgorithms = ['SHA-256', 'MD5'] as const
export type DigestAlgorithm = (typeof digestAlgorithms)[number]

/** Issues challenges and checks answers: qop=auth (RFC 7616), SHA-256 for who knows it, MD5 for the rest. */
export interface Digest {
  /** One challenge for each algorithm, the strongest first, all with the same nonce. */
  challenge(stale: boolean): readonly string[]
  verify(method: string, uri: string, credentials: string | undefined): Verdict
  /** Forgets the nonces that are over. */
  sweep(): void
  count(): number
}

/** What the digest check needs to know. */
export interface DigestOptions {
  realm: string
  timers: Timers
  passwordOf(user: string): string | null
  nonceMs?: number
  noncesMax?: number
}

/** Makes the digest check of one realm. */
export function createDigest(options: DigestOptions): Digest {
  const nonceMs = options.nonceMs ?? 5 * 60_000
  const noncesMax = options.noncesMax ?? 5_000
  const nonces = new Map<string, { until: number; count: number }>() // in the order of issue, so the oldest is first

  function challenge(stale: boolean): readonly string[] {
    const nonce = randomBytes(16).toString('hex')
    nonces.set(nonce, { until: options.timers.now() + nonceMs, count: 0 })
    const oldest = nonces.size > noncesMax ? nonces.keys().next().value : undefined
    if (oldest !== undefined) nonces.delete(oldest)
    return digestAlgorithms.map(
      (algorithm) =>
        `Digest realm="${options.realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale ? ', stale=true' : ''}`,
    )
  }

  function verify(method: string, uri: string, credentials: string | undefined): Verdict {
    if (credentials === undefined) return { kind: 'missing' }
    const fields = parseCredentials(credentials)
    const field = (name: string): string => fields?.get(name) ?? ''
    // Credentials of another realm are for somebody else; they count as none.
    if (!fields || field('realm') !== options.realm) return { kind: 'missing' }
    const user = field('username')
    const password = options.passwordOf(user)
    const sound =
      field('uri') === uri && field('qop') === 'auth' && /^[0-9a-f]{8}$/i.test(field('nc')) && field('cnonce') !== ''
    // No algorithm means MD5 (RFC 7616 3.4).
    const named = field('algorithm').toUpperCase() || 'MD5'
    const algorithm = digestAlgorithms.find((known) => known === named)
    if (!sound || algorithm === undefined || password === null) return { kind: 'wrong' }
    const expected = digestResponse({
      algorithm,
      user,
      realm: options.realm,
      password,
      method,
      uri,
      nonce: field('nonce'),
      nc: field('nc'),
      cnonce: field('cnonce'),
    })
    if (!sameText(expected, field('response').toLowerCase())) return { kind: 'wrong' }
    // Only now: who does not know the password must not learn whether a nonce lives.
    const nonce = nonces.get(field('nonce'))
    const count = Number.parseInt(field('nc'), 16)
    if (!nonce || nonce.until <= options.timers.now() || count <= nonce.count) return { kind: 'stale' }
    nonce.count = count
    return { kind: 'ok', user }
  }

  function sweep(): void {
    for (const [nonce, { until }] of nonces) if (until <= options.timers.now()) nonces.delete(nonce)
  }

  return { challenge, verify, sweep, count: () => nonces.size }
}

/** The response of RFC 7616 3.4.1 for qop=auth. */
export function digestResponse(p: {
  algorithm: DigestAlgorithm
  user: string
  realm: string
  password: string
  method: string
  uri: string
  nonce: string
  nc: string
  cnonce: string
}): string {
  const hash = (text: string): string =>
    createHash(p.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex')
  const secret = hash(`${p.user}:${p.realm}:${p.password}`)
  return hash([secret, p.nonce, p.nc, p.cnonce, 'auth', hash(`${p.method}:${p.uri}`)].join(':'))
}

/** The fields of a Digest header, or null when it is none. */
export function parseCredentials(text: string): Map<string, string> | null {
  if (!/^Digest\s/i.test(text)) return null
  const fields = new Map<string, string>()
  for (const match of text.slice(7).matchAll(/([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
    const name = (match[1] ?? '').toLowerCase()
    if (fields.has(name)) return null // the same field twice: refuse to guess
    fields.set(name, match[2] ?? match[3] ?? '')
  }
  return fields
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
