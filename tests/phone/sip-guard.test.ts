import { describe, expect, test } from 'vitest'
import { checkSdp } from '../../renderer/phone/check-sdp.ts'
import { checkSipMessage } from '../../renderer/phone/check-sip-message.ts'
import { createDigest } from '../../renderer/phone/sip-digest.ts'
import { guardMessages } from '../../renderer/phone/sip-guard.ts'
import { inviteText } from '../practice/support/samples.ts'
import { soundSdp } from './support/fake-browser.ts'

function guard(receive: (message: string) => void = () => undefined) {
  const [sent, logged, received]: [string[], unknown[], string[]] = [[], [], []]
  const { take, counts } = guardMessages({
    receive: (message) => {
      received.push(message)
      receive(message)
    },
    send: async (message) => void sent.push(message),
    log: (event, data) => void logged.push({ event, ...data }),
    algorithms: ['SHA-256', 'MD5'],
    newTag: () => 'ours',
  })
  return { take, counts, sent, logged, received }
}

const without = (name: string) => inviteText.replace(new RegExp(`^${name}: .*\r\n`, 'm'), '')

describe('what is dropped, by kind', () => {
  const cases: [string, string, string][] = [
    ['tooLarge', 'a header of 1 MB', inviteText.replace('Supported', `X: ${'x'.repeat(1_000_000)}\r\nSupported`)],
    ['tooLarge', '64 KB of Chinese, which are more on the wire', inviteText + '三'.repeat(30_000)],
    ['notText', 'half a surrogate pair', inviteText.replace('陈', '\ud800')],
    ['control', 'a NUL in the body', inviteText.replace('Content-Length: 0', 'Content-Length: 1') + '\u0000'],
    ['control', 'a bare line feed', inviteText.replace('Supported: ', 'Supported: \nVia: ')],
    ['headEnd', 'no end of the head', inviteText.slice(0, -2)],
    ['tooManyHeaders', '201 headers', inviteText.replace('Supported', `${'X: y\r\n'.repeat(201)}Supported`)],
    ['lineTooLong', 'a line of 9 KB', inviteText.replace('Supported', `X: ${'x'.repeat(9_000)}\r\nSupported`)],
    ['headerLine', 'a line without a colon', inviteText.replace('Supported: outbound', 'Supported')],
    ['startLine', 'noise', inviteText.replace(/^.*/, 'noise')],
    ['version', 'SIP/3.0', inviteText.replace(' SIP/2.0\r', ' SIP/3.0\r')],
    ['scheme', 'tel:', inviteText.replace('INVITE sip:12345@sanxin.practice', 'INVITE tel:12345')],
    ['via', 'no Via', without('Via')],
    ['via', 'no branch', inviteText.replace(/;branch=\S+/, '')],
    ['from', 'no From', without('From')],
    ['from', 'no tag', inviteText.replace(';tag=from1', '')],
    ['to', 'no To', without('To')],
    ['callId', 'no Call-ID', without('Call-ID')],
    ['callId', 'a space in the Call-ID', inviteText.replace('a84b4c76e66710', 'a84b 4c76')],
    ['cseq', 'no CSeq', without('CSeq')],
    ['cseq', 'a number beyond 2^31', inviteText.replace('2 INVITE', '2147483648 INVITE')],
    ['cseq', 'the CSeq of another method', inviteText.replace('2 INVITE', '2 BYE')],
    ['repeated', 'two Call-IDs, one written with an underscore', inviteText.replace('CSeq', 'Call_ID: x\r\nCSeq')],
    ['maxForwards', '256 hops', inviteText.replace(': 70', ': 256')],
    ['expires', 'no number', inviteText.replace('Supported', 'Expires: soon\r\nSupported')],
    ['contentLength', 'a body that is longer', `${inviteText}x`],
    ['contentLength', 'a body that is shorter', inviteText.replace('Content-Length: 0', 'Content-Length: 5')],
    ['contentType', 'a body of no type', `${without('Content-Length')}x`],
  ]
  test.each(cases)('%s: %s', (fault, _what, text) => {
    expect(checkSipMessage(text)).toMatchObject({ ok: false, fault })
  })

  test('and what is sound is not; Max-Forwards may be missing, and a body is counted in bytes', () => {
    expect(checkSipMessage(inviteText).ok).toBe(true)
    expect(checkSipMessage(without('Max-Forwards')).ok).toBe(true)
    const typed = inviteText.replace('Content-Length: 0', 'Content-Type: text/plain\r\nContent-Length: 6')
    expect(checkSipMessage(`${typed}三心`).ok).toBe(true)
  })
})

test('1 MB costs the size check: no parser sees it, and nothing is answered', () => {
  const { take, counts, sent, received } = guard()
  take(inviteText.replace('Supported', `X: ${'x'.repeat(1_000_000)}\r\nSupported`))
  expect(counts()).toEqual({ tooLarge: 1 })
  expect([...received, ...sent]).toEqual([])
})

test('a malformed request is answered once, ACK and responses never', () => {
  const { take, sent } = guard()
  take(`${inviteText}x`)
  take(`${inviteText.replaceAll('INVITE', 'ACK')}x`)
  take(`${inviteText.replace(/^.*/, 'SIP/2.0 200 OK')}x`)
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatch(/^SIP\/2\.0 400 Bad Request\r\nvia: SIP\/2\.0\/WS abc\.invalid;branch=z9hG4bK776asdhds\r\n/)
  expect(sent[0]).toContain('to: <sip:12345@sanxin.practice>;tag=ours\r\n')
  expect(checkSipMessage(sent[0] ?? '').ok).toBe(true)
})

test('what SIP.js throws is caught, counted and answered 500', () => {
  const { take, counts, sent } = guard(() => {
    throw new Error('陈先生 13800002210')
  })
  take(inviteText)
  expect(counts()).toEqual({ threw: 1 })
  expect(sent[0]).toMatch(/^SIP\/2\.0 500 /)
})

test('the log names kinds and counts alone, the first, the tenth and the hundredth time', () => {
  const { take, logged } = guard()
  for (let times = 0; times < 500; times++) take(`${inviteText}x`)
  expect(logged).toEqual([1, 10, 100].map((count) => ({ event: 'sipDropped', kind: 'contentLength', count })))
})

test('SIP.js gets the strongest challenge alone, wherever it stands, and unfolded lines', () => {
  const challenge = (algorithm: string) =>
    `WWW-Authenticate: Digest realm="r",\r\n nonce="n", algorithm=${algorithm}\r\n`
  const response = inviteText
    .replace(/^.*/, 'SIP/2.0 401 Unauthorized')
    .replace('Supported', `${challenge('MD5')}${challenge('SHA-256')}${challenge('SHA-256-sess')}Supported`)
  const { take, received } = guard()
  take(response)
  const lines = (received[0] ?? '').split('\r\n').filter((line) => line.startsWith('www-authenticate'))
  expect(lines).toEqual(['www-authenticate: Digest realm="r", nonce="n", algorithm=SHA-256'])
})

describe('digest (RFC 7616)', () => {
  const challenge = {
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    qop: ['auth'],
  }
  const asked = { method: 'GET', ruri: '/dir/index.html' }
  const newNonce = () => 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
  const account = { username: 'Mufasa', password: 'Circle of Life', newNonce }

  test.each([
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ])('%s gives the response of section 3.9.1', (algorithm, response) => {
    const digest = createDigest(account)
    expect(digest.authenticate(asked, { ...challenge, algorithm })).toBe(true)
    expect(digest.toString()).toContain(`response="${response}"`)
  })

  test('nc counts the answers to one nonce', () => {
    const digest = createDigest(account)
    const counts = ['a', 'a', 'b'].map((nonce) => {
      digest.authenticate(asked, { ...challenge, nonce })
      return /nc=(\w+)/.exec(digest.toString())?.[1]
    })
    expect(counts).toEqual(['00000001', '00000002', '00000001'])
  })

  test('refuses what it does not know, auth-int alone, and SHA-256 without qop; MD5 without qop is RFC 2617', () => {
    const digest = createDigest(account)
    for (const strange of [
      { ...challenge, algorithm: 'SHA-512-256' },
      { ...challenge, qop: ['auth-int'] },
      { realm: 'r', nonce: 'n', algorithm: 'SHA-256' },
      { ...challenge, nonce: '' },
    ]) {
      expect(digest.authenticate(asked, strange)).toBe(false)
      expect(() => digest.toString()).toThrow('no challenge was answered')
    }
    expect(digest.authenticate(asked, { realm: 'r', nonce: 'n' })).toBe(true)
    expect(digest.toString()).not.toContain('qop')
  })
})

describe('descriptions', () => {
  test.each([
    [null, 'DTLS with a fingerprint', soundSdp],
    [null, 'the fingerprint in the session part', soundSdp.replace(/(m=[^]*)(a=fingerprint.*\r\n)/, '$2$1')],
    [null, 'a second line that is switched off', `${soundSdp}m=video 0 RTP/AVP 96\r\n`],
    ['profile', 'RTP/AVP', soundSdp.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['profile', 'SDES', soundSdp.replace('UDP/TLS/RTP/SAVPF', 'RTP/SAVP')],
    ['profile', 'a second line in the open', `${soundSdp}m=video 9 RTP/AVP 96\r\n`],
    ['fingerprint', 'none', soundSdp.replace(/a=fingerprint.*\r\n/, '')],
    ['fingerprint', 'a broken hash', soundSdp.replace('sha-256', 'md5')],
    ['noAudio', 'no audio', 'v=0\r\ns=-\r\n'],
  ])('%s: %s', (fault, _what, sdp) => {
    expect(checkSdp(sdp)).toBe(fault)
  })
})
