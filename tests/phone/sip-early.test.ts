/** C17: sound before the answer of a dialled call, by SIP.js and all. */
import { expect, test } from 'vitest'
import { FakePeer, soundSdp } from './support/fake-browser.ts'
import { settle, wirePhone, type Wired } from './support/fake-exchange.ts'
import { registered } from './support/link-time.ts'

const contact = 'Contact: <sip:exchange.test;transport=ws>'
/** A description that says of which answer it is. */
const sdpOf = (name: string) => soundSdp.replace('s=-', `s=${name}`)
const named = (sdp: string) => /^s=(.*)$/m.exec(sdp)?.[1]?.trim()

async function dialling() {
  const wired: Wired = await wirePhone()
  registered(wired)
  void wired.phone.dial('mine', '1101', new MediaStream())
  await settle()
  const invite = wired.socket.sent.find((text) => text.startsWith('INVITE')) ?? expect.fail('nobody dialled')
  const answer = async (status: string, sdp = '', tag = 'one') => {
    wired.answer(status, [contact], invite, sdp, tag)
    await settle()
  }
  const taken = () => [FakePeer.last?.remoteDescription?.type, named(FakePeer.last?.remoteDescription?.sdp ?? '')]
  return { wired, answer, taken }
}

test.each(['183 Session Progress', '180 Ringing'])(
  'C17 %s with a description: heard, and not answered',
  async (status) => {
    const { wired, answer, taken } = await dialling()
    await answer(status, sdpOf('busy'))
    expect(wired.early).toEqual(['mine'])
    expect(taken()).toEqual(['pranswer', 'busy'])
    expect([wired.established, wired.over]).toEqual([[], []])
    await answer('486 Busy Here')
    expect([wired.established, wired.failed]).toEqual([[], ['mine']])
  },
)

test('C17 of one dialog the first description stands, also where one without any, or another, follows', async () => {
  const { wired, answer, taken } = await dialling()
  await answer('183 Session Progress', sdpOf('first'))
  await answer('183 Session Progress', sdpOf('second'))
  await answer('180 Ringing')
  expect(taken()).toEqual(['pranswer', 'first'])
  expect([wired.early, wired.rangThere]).toEqual([['mine'], ['mine']])
  await answer('200 OK', sdpOf('first'))
  expect(taken()).toEqual(['answer', 'first'])
  expect(wired.established).toEqual(['mine'])
})

test('C17 forked: the newest is heard, and whoever answers is the call', async () => {
  const { wired, answer, taken } = await dialling()
  await answer('183 Session Progress', sdpOf('one'), 'one')
  await answer('183 Session Progress', sdpOf('two'), 'two')
  expect(taken()).toEqual(['pranswer', 'two'])
  await answer('200 OK', sdpOf('three'), 'three')
  expect(taken()).toEqual(['answer', 'three'])
  expect([wired.established, wired.over]).toEqual([['mine'], []])
  expect(wired.last()).toMatch(/^ACK /)
  expect(wired.last()).toContain('tag=three')
})

test('C17 one without encryption is not taken, and the call goes on', async () => {
  const { wired, answer, taken } = await dialling()
  await answer('183 Session Progress', soundSdp.replace(/a=fingerprint.*\r\n/, ''))
  expect([wired.early, taken()]).toEqual([[], [undefined, undefined]])
  await answer('200 OK', sdpOf('answer'), 'two')
  expect([wired.established, taken()]).toEqual([['mine'], ['answer', 'answer']])
})

test('C17 given up while it is heard: CANCEL goes out, and what still comes is not listened to', async () => {
  const { wired, answer } = await dialling()
  await answer('183 Session Progress', sdpOf('busy'))
  wired.phone.hangUp('mine')
  await settle()
  expect(wired.last()).toMatch(/^CANCEL /)
  await answer('183 Session Progress', sdpOf('late'), 'two')
  expect(wired.early).toEqual(['mine'])
  await answer('487 Request Terminated')
  expect(wired.over).toEqual(['mine'])
})
