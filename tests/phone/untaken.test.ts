/** N17: what is told of a call that nobody here could have heard. */
import { expect, test } from 'vitest'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { createUntaken } from '../../renderer/phone/untaken.ts'
import { settle, wirePhone } from './support/fake-exchange.ts'
import { soundSdp } from './support/fake-browser.ts'

const caller = { callId: 'deaf', number: '13800002210', name: '', queue: '12345' }

test('N17 it is a fact once, offered and failed, however often the queue offers it; the next one is another', () => {
  const facts: CallFact[] = []
  let changes = 0
  const untaken = createUntaken({
    clock: { now: () => 7 },
    record: (fact) => void facts.push(fact),
    changed: () => void changes++,
  })
  untaken.refused(caller, 'codecs')
  untaken.refused(caller, 'codecs')
  expect(untaken.shown()).toEqual({ callId: 'deaf', why: 'codecs', at: 7 })
  untaken.forget()
  untaken.refused(caller, 'codecs')
  expect([untaken.shown(), changes]).toEqual([null, 1])
  expect(facts).toEqual([
    { callId: 'deaf', kind: 'offered', at: 7, number: '13800002210', queue: '12345' },
    { callId: 'deaf', kind: 'ended', at: 7, outcome: 'failed' },
  ])
  untaken.refused({ ...caller, callId: 'other' }, 'encryption')
  expect([untaken.shown()?.why, facts.length]).toEqual(['encryption', 4])
})

test.each([
  ['codecs', 'no sound at all', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'],
  ['encryption', 'sound in the clear', soundSdp.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
  ['encryption', 'keys in SDP (SDES) in the place of DTLS', soundSdp.replace(/^a=fingerprint.*\r\n/m, '')],
])('N17 a call is refused with 488 and told as «%s»: %s', async (why, _what, body) => {
  const wired = await wirePhone()
  wired.request({ callId: 'deaf', body })
  await settle()
  expect(wired.answersTo('deaf').at(-1)).toContain('488')
  expect([wired.invited, wired.untaken]).toEqual([[], [`13800002210 ${why}`]])
})
