import { createHash } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { FakePeer, soundSdp } from './support/fake-browser.ts'
import { header, settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { plainOffer } from './torture/message.ts'

const bareSdp = soundSdp.replace(/a=fingerprint.*\r\n/, '')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const challengeBy = (algorithm: string, nonce = 'n1') =>
  `WWW-Authenticate: Digest realm="sanxin.test", nonce="${nonce}", algorithm=${algorithm}, qop="auth"`
const field = (credentials: string, name: string) => new RegExp(`${name}="?([^",]+)`).exec(credentials)?.[1] ?? ''

test('answers the strongest of several challenges, with SHA-256, qop=auth and a nonce of its own', async () => {
  const wired = await wirePhone()
  wired.answer('401 Unauthorized', [challengeBy('MD5'), challengeBy('SHA-256'), challengeBy('MD5')])
  const credentials = header(wired.last(), 'Authorization')
  expect(credentials).toContain('algorithm=SHA-256')
  expect(credentials).toContain('qop=auth, ')
  const [cnonce, uri] = [field(credentials, 'cnonce'), field(credentials, 'uri')]
  expect(cnonce).toMatch(/^[0-9a-f]{32}$/)
  expect(field(credentials, 'response')).toBe(
    sha256(`${sha256('1001:sanxin.test:secret')}:n1:00000001:${cnonce}:auth:${sha256(`REGISTER:${uri}`)}`),
  )
  wired.answer('200 OK', [`Contact: <${wired.contact}>;expires=120`])
  expect(wired.lines.at(-1)).toBe('registered')
})

test('answers MD5 where nothing else is offered, and not at all where it is forbidden', async () => {
  const lax = await wirePhone()
  lax.answer('401 Unauthorized', [challengeBy('SHA-512-256'), challengeBy('MD5')])
  expect(header(lax.last(), 'Authorization')).toContain('algorithm=MD5')
  const strict = await wirePhone({ algorithms: ['SHA-256'] })
  const sent = strict.socket.sent.length
  strict.answer('401 Unauthorized', [challengeBy('MD5')])
  expect(strict.socket.sent).toHaveLength(sent)
  expect(strict.lines.at(-1)).toBe('failed')
})

test('takes no number from the engine: tags, Call-IDs and branches come from the system', async () => {
  const weak = vi.spyOn(Math, 'random').mockImplementation(() => {
    throw new Error('the weak generator was asked')
  })
  const strong = vi.spyOn(crypto, 'getRandomValues')
  const wired = await wirePhone()
  expect(strong.mock.calls.length).toBeGreaterThan(3)
  expect(header(wired.last(), 'Via')).toMatch(/;branch=z9hG4bK[0-9a-f]{32}$/)
  const { toTag } = await standingCall(wired)
  expect(toTag).toMatch(/^[0-9a-v]{10}$/)
  expect(weak).not.toHaveBeenCalled()
  strong.mockRestore()
})

test.each([
  ['plain RTP', plainOffer('192.0.2.1')],
  ['no fingerprint', bareSdp],
])('an INVITE that offers %s is refused with 488 and rings nobody', async (_what, body) => {
  const wired = await wirePhone()
  wired.request({ callId: 'bare', body })
  await settle()
  expect(wired.answersTo('bare').at(-1)).toBe('SIP/2.0 488 Not Acceptable Here')
  expect(wired.invited).toEqual([])
  expect(FakePeer.taken).toEqual([])
})

test('a re-INVITE that would take encryption away is refused with 488, and the call goes on', async () => {
  const wired = await wirePhone()
  const standing = await standingCall(wired)
  wired.request({ ...standing, sequence: 2, body: bareSdp })
  await settle()
  expect(wired.answersTo('standing').at(-1)).toBe('SIP/2.0 488 Not Acceptable Here')
  expect(FakePeer.taken).toEqual([soundSdp])
  expect(wired.over).toEqual([])
  wired.request({ ...standing, method: 'BYE', sequence: 3 })
  expect(wired.over).toEqual(['standing'])
})

test('an answer without encryption never reaches the peer connection: the call is ended', async () => {
  const wired = await wirePhone()
  wired.request({ callId: 'late', body: '' })
  await settle()
  const accepted = wired.phone.accept('late', new MediaStream())
  await settle()
  const toTag = /tag=(\S+)/.exec(header(wired.last(), 'To'))?.[1] ?? ''
  wired.request({ method: 'ACK', callId: 'late', toTag, body: plainOffer('192.0.2.1') })
  await accepted
  await settle()
  expect(FakePeer.taken).toEqual([])
  expect(wired.last()).toMatch(/^BYE /)
  expect(header(wired.last(), 'Reason')).toContain('488')
})

test('nobody makes the phone call somebody: REFER is declined', async () => {
  const wired = await wirePhone()
  const standing = await standingCall(wired)
  wired.request({ ...standing, method: 'REFER', sequence: 2, headers: ['Refer-To: <sip:1900@sanxin.test>'] })
  await settle()
  expect(wired.last()).toMatch(/^SIP\/2\.0 603 /)
  expect(wired.socket.sent.some((text) => text.startsWith('INVITE'))).toBe(false)
})

test('an Expires longer than a timer holds does not end the ringing', async () => {
  const wired = await wirePhone()
  wired.request({ callId: 'patient', headers: ['Expires: 4294967295'] })
  await new Promise((resolve) => setImmediate(() => setTimeout(resolve)))
  expect(wired.invited.map(({ callId }) => callId)).toEqual(['patient'])
  expect(wired.over).toEqual([])
})

test('a response with a malformed CSeq stays outside, and so does what SIP.js cannot take', async () => {
  const wired = await wirePhone()
  wired.answer('200 OK', [`Contact: <${wired.contact}>;expires=120`])
  wired.socket.arrive(
    wired
      .written({ method: 'OPTIONS' })
      .replace(/^\S+ \S+ SIP\/2\.0/, 'SIP/2.0 200 OK')
      .replace(/CSeq: .*/, 'CSeq: x'),
  )
  expect(wired.dropped).toEqual([{ kind: 'cseq', count: 1 }])
  // A Replaces that names a dialog of no session of ours makes SIP.js throw in the middle of an INVITE.
  const standing = await standingCall(wired)
  wired.request({ callId: 'evil', headers: [`Replaces: standing;to-tag=${standing.toTag};from-tag=citizen`] })
  await settle()
  wired.request({ ...standing, method: 'BYE', sequence: 9 })
  expect(wired.over).toEqual(['standing'])
})

describe('C14 a ring that is given up there', () => {
  test.each([
    [['Reason: SIP;cause=200;text="Call completed elsewhere"'], true],
    [['Reason: Q.850;cause=26'], true],
    [['Reason: Q.850;cause=16, SIP;cause=200'], true],
    [['Reason: Q.850;cause=16', 'Reason: SIP;cause=200'], true],
    [['Reason: SIP;cause=487'], false],
    [['Reason: Q.850;cause=200'], false],
    [[], false],
  ])('%s: answered elsewhere %s', async (headers, isElsewhere) => {
    const wired = await wirePhone()
    wired.request({ callId: 'ring', branch: 'z9hG4bKring' })
    await settle()
    wired.request({ method: 'CANCEL', callId: 'ring', branch: 'z9hG4bKring', headers })
    await settle()
    expect([wired.over, wired.failed, wired.elsewhere]).toEqual([['ring'], [], isElsewhere ? ['ring'] : []])
  })
})
