import { expect, test } from 'vitest'
import { createDigest, digestResponse, parseCredentials } from '../../central/practice/digest.ts'
import { manualTimers } from './support/manual-timers.ts'

const account = {
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
  const nonceOf = (challenge: string): string => /nonce="([^"]+)"/.exec(challenge)?.[1] ?? ''
  const credentials = (
    nonce: string,
    change: Partial<typeof account> & { nc?: string; extra?: string } = {},
  ): string => {
    const { nc = '00000001', extra = '', ...rest } = change
    const all = { ...account, ...rest, nonce, nc, cnonce: 'c' }
    return `Digest username="${all.user}", realm="${all.realm}", nonce="${nonce}", uri="${all.uri}", response="${digestResponse(all)}", qop=auth, nc=${nc}, cnonce="c"${extra}`
  }
  const verify = (text: string | undefined) => digest.verify('REGISTER', account.uri, text)
  return { timers, digest, nonce: () => nonceOf(digest.challenge(false)), credentials, verify }
}

test('computes the response of RFC 2617 section 3.5', () => {
  expect(
    digestResponse({
      user: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      nc: '00000001',
      cnonce: '0a4f113b',
    }),
  ).toBe('6629fae49393a05397450978507c4ef1')
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
  expect(digest.challenge(true)).toContain('stale=true')
  expect(digest.challenge(false)).not.toContain('stale')
})

test('refuses wrong passwords, unknown users, other URIs, other methods and missing fields', () => {
  const { digest, nonce, credentials, verify } = setUp()
  expect(verify(credentials(nonce(), { password: 'guess' }))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce(), { user: '9999' }))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce(), { uri: 'sip:elsewhere' }))).toEqual({ kind: 'wrong' })
  expect(digest.verify('INVITE', account.uri, credentials(nonce()))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce()).replace('qop=auth, ', ''))).toEqual({ kind: 'wrong' })
  expect(verify(credentials(nonce(), { extra: ', algorithm=SHA-256' }))).toEqual({ kind: 'wrong' })
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
