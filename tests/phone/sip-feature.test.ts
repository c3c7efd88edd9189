import { expect, test } from 'vitest'
import { soundSdp } from './support/fake-browser.ts'
import { header, settle, wirePhone, type Wired } from './support/fake-exchange.ts'

async function registered(): Promise<Wired> {
  const wired = await wirePhone()
  wired.answer('200 OK', [`Contact: <${wired.contact}>;expires=120`])
  return wired
}

/** The exchange takes the newest INVITE of the phone. */
function accept(wired: Wired): { callId: string; fromTag: string; toTag: string } {
  const asked = wired.last()
  const echoed = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(asked, name)}`)
  wired.socket.arrive(
    [
      'SIP/2.0 200 OK',
      ...echoed,
      `To: ${header(asked, 'To')};tag=exchange`,
      'Contact: <sip:exchange.test;transport=ws>',
      'Content-Type: application/sdp',
      `Content-Length: ${Buffer.byteLength(soundSdp)}`,
      '',
      soundSdp,
    ].join('\r\n'),
  )
  return {
    callId: header(asked, 'Call-ID'),
    fromTag: 'exchange',
    toTag: /tag=(\S+)/.exec(header(asked, 'From'))?.[1] ?? '',
  }
}

test('a feature code is a call that the exchange answers and ends, and no call of the operator', async () => {
  const wired = await registered()
  const taken = wired.phone.feature('*45')
  await settle()
  expect(wired.last()).toMatch(/^INVITE sip:\*45@sanxin\.test SIP/)
  const dialog = accept(wired)
  await settle()
  expect(wired.last()).toMatch(/^ACK /)
  wired.request({ ...dialog, method: 'BYE' })
  expect(await taken).toBe(true)
  expect(wired.answersTo(dialog.callId).at(-1)).toBe('SIP/2.0 200 OK')
  expect([wired.invited, wired.established, wired.over]).toEqual([[], [], []])
})

test('a code that the exchange does not know is not taken', async () => {
  const wired = await registered()
  const taken = wired.phone.feature('*99')
  await settle()
  wired.answer('404 Not Found')
  expect(await taken).toBe(false)
  expect(wired.over).toEqual([])
})

test('without a line no code is taken', async () => {
  const wired = await registered()
  const gone = wired.phone.disconnect()
  await settle()
  wired.answer('200 OK')
  await gone
  expect(await wired.phone.feature('*45')).toBe(false)
})
