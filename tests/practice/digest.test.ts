import { expect, test } from 'vitest'
import { createDigest, digestResponse, parseCredentials, type DigestAlgorithm } from '../../central/practice/digest.ts'
import { manualTimers } from './support/manual-timers.ts'

const account = {
  algorithm: 'MD5' as DigestAlgorithm,
  user: '1001',
  realm: 'sanxin.practice',
  password: 'secret',
  method: 'REGISTER',
  uri: 'sip:sanxin.practice',
}

function setUp(noncesMax = 10) {
  const timers = manualTimers()
  const digest = createDigest({
    realm: account.realm,
    timers,
    nonceMs: 60_000,
    noncesMax,
    passwordOf: (user) => (user === '1001' ? 'secret' : null),
  })
  const nonceOf = ([challenge = '']: readonly string[]): string => /nonce="([^"]+)"/.exec(challenge)?.[1] ?? ''
  const credentials = (
    nonce: string,
    change: Partial<typeof account> & { nc?: string; extra?: string } = {},
  ): string => {
    const { nc = '00000001', extra = '', ...rest } = change
    const all = { ...account, ...rest, nonce, nc, cnonce: 'c' }
    return `Digest username="${all.user}", realm="${all.realm}", nonce="${nonce}", uri="${all.uri}", response="${digestResponse(all)}", algorithm=${all.algorithm}, qop=auth, nc=${nc}, cnonce="c"${extra}`
  }
  const verify = (text: string | undefined) => digest.verify('REGISTER', account.uri, text)
  return { timers, digest, nonce: () => nonceOf(digest.challenge(false)), credentials, verify }
}

test('computes the responses of RFC 7616 section 3.9.1', () => {
  const example = {
    user: 'Mufasa',
    realm: 'http-auth@example.org',
    password: 'Circle of Life',
    method: 'GET',
    uri: '/dir/index.html',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    nc: '00000001',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  }
  expect(digestResponse({ ...example, algorithm: 'MD5' })).toBe('8ca523f5e9506fed4657c9700eebdbec')
  expect(digestResponse({ ...example, algorithm: 'SHA-256' })).toBe(
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  )
})

test('offers SHA-256 first, then MD5, with one nonce; takes either answer, and MD5 where none is named', () => {
  const { digest, nonce, credentials, verify } = setUp()
  const offered = digest.challenge(false)
  expect(offered.map((challenge) => /algorithm=([^,]+)/.exec(challenge)?.[1])).toEqual(['SHA-256', 'MD5'])
  expect(new Set(offered.map((challenge) => /nonce="([^"]+)"/.exec(challenge)?.[1])).size).toBe(1)
  expect(verify(credentials(nonce(), { algorithm: 'SHA-256' }))).toEqual({ kind: 'ok', user: '1001' })
  expect(verify(credentials(nonce()).replace('algorithm=MD5, ', ''))).toEqual({ kind: 'ok', user: '1001' })
})

test('accepts the right password once per count', () => {
  const { nonce, credentials, verify } = setUp()
  const issued = nonce()
  expect(verify(credentials(issued))).toEqual({ kind: 'ok', user: '1001' })
  expect(verify(credentials(issued))).toEqual({ kind: 'stale' })
  expect(verify(credentials(issued, { nc: '00000002' }))).toEqual({ kind: 'ok', user: '1001' })
})

test('an expired nonce is stale for who knows the password, wrong for who does not', () => {
  const { timers, digest, nonce, credentials, verify } = setUp()
  const issued = nonce()
  timers.pass(60_000)
  expect(verify(credentials(issued))).toEqual({ kind: 'stale' })
  expect(verify(credentials(issued, { password: 'guess' }))).toEqual({ kind: 'wrong' })
  for (const challenge of digest.challenge(true)) expect(challenge).toContain('stale=true')
  for (const challenge of digest.challenge(false)) expect(challenge).not.toContain('stale')
})

test('refuses wrong passwords, unknown users, other URIs, other methods and missing fields', () => {
  const { digest, nonce, credentials, verify } = setUp()
  expect(verify(credentials(nonce(), { password: 'guess' }))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce(), { user: '9999' }))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce(), { uri: 'sip:elsewhere' }))).toEqual({ kind: 'wrong' })
  expect(digest.verify('INVITE', account.uri, credentials(nonce()))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce()).replace('qop=auth, ', ''))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce()).replace('algorithm=MD5', 'algorithm=SHA-256'))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce()).replace('algorithm=MD5', 'algorithm=SHA-1'))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce(), { realm: 'elsewhere' }))).toEqual({ kind: 'missing' })
  expect(verify(undefined)).toEqual({ kind: 'missing' })
  expect(verify('Basic abc')).toEqual({ kind: 'missing' })
})

test('the same field twice is refused, not guessed', () => {
  expect(parseCredentials('Digest username="a", username="b"')).toBeNull()
})

test('nonces are bounded and swept', () => {
  const { timers, digest, nonce } = setUp(10)
  for (let i = 0; i < 50; i++) nonce()
  expect(digest.count()).toBe(10)
  timers.pass(60_000)
  digest.sweep()
  expect(digest.count()).toBe(0)
})
