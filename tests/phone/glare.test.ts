/** N14: two offers that meet (RFC 3261 14.1), on a clock of the test's own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { glareWait } from '../../renderer/phone/sip-offers.ts'
import { FakePeer, soundSdp } from './support/fake-browser.ts'
import { header, settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { backAgain, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('N14 whoever made the Call-ID waits 2.1 to 4 s, the other one 0 to 2 s, in steps of 10 ms', () => {
  const least = Number.MIN_VALUE
  const most = 1 - Number.EPSILON
  expect([glareWait(true, 0), glareWait(true, most)]).toEqual([2_100, 4_000])
  expect([glareWait(false, 0), glareWait(false, most)]).toEqual([0, 2_000])
  for (const draw of [least, 0.1, 0.333, 0.5, 0.777]) {
    expect(glareWait(true, draw) % 10).toBe(0)
    expect(glareWait(false, draw) % 10).toBe(0)
  }
})

async function inCall(draw = 0.5) {
  const wired = await wirePhone({ random: () => draw })
  registered(wired)
  return { wired, ...(await standingCall(wired)) }
}

/** Lets time go by, and says how many offers have gone out by then. */
async function offersAfter(socket: Parameters<typeof ofMethod>[0], ms: number): Promise<number> {
  await vi.advanceTimersByTimeAsync(ms)
  return ofMethod(socket, 'INVITE').length
}

describe('an offer that is answered 491', () => {
  test('N14 is made again after 0 to 2 s in a call that the other side opened, and is taken', async () => {
    const { wired } = await inCall(0.5)
    const taken = wired.phone.hold('standing', true)
    wired.answer('491 Request Pending', [], await untilSent(wired.socket, 'INVITE', 1))
    expect(await offersAfter(wired.socket, 990)).toBe(1)
    expect(await offersAfter(wired.socket, 20)).toBe(2)
    wired.answer('200 OK', ['Contact: <sip:exchange.test;transport=ws>'], ofMethod(wired.socket, 'INVITE')[1], soundSdp)
    expect(await taken).toBe(true)
  })

  test('N14 is made again after 2.1 to 4 s in a call that we opened', async () => {
    const wired = await wirePhone({ random: () => 0.5 })
    registered(wired)
    void wired.phone.dial('mine', '1004', new MediaStream())
    const contact = ['Contact: <sip:exchange.test;transport=ws>']
    wired.answer('200 OK', contact, await untilSent(wired.socket, 'INVITE', 1), soundSdp)
    await settle()
    void wired.phone.hold('mine', true)
    wired.answer('491 Request Pending', [], await untilSent(wired.socket, 'INVITE', 2))
    expect(await offersAfter(wired.socket, 3_040)).toBe(2)
    expect(await offersAfter(wired.socket, 20)).toBe(3)
  })

  test('N14 is not made again in a call that was hung up meanwhile', async () => {
    const { wired } = await inCall()
    const taken = wired.phone.hold('standing', true)
    wired.answer('491 Request Pending', [], await untilSent(wired.socket, 'INVITE', 1))
    await settle()
    wired.phone.hangUp('standing')
    expect(await offersAfter(wired.socket, 10_000)).toBe(1)
    expect(await taken).toBe(false)
  })

  test('N14 waits no longer where the link is gone, and the call finds its way by the next', async () => {
    const { wired } = await inCall()
    const taken = wired.phone.hold('standing', true)
    wired.answer('491 Request Pending', [], await untilSent(wired.socket, 'INVITE', 1))
    await settle()
    wired.socket.drop()
    expect(await taken).toBe(false)
    await untilSent(await backAgain(wired, wired.socket), 'INVITE', 1)
  })

  test('N14 is given up after five times', async () => {
    const { wired } = await inCall(0)
    const taken = wired.phone.hold('standing', true)
    for (let count = 1; count <= 6; count++)
      wired.answer('491 Request Pending', [], await untilSent(wired.socket, 'INVITE', count))
    expect(await taken).toBe(false)
    expect(wired.over).toEqual([])
  })
})

describe('an offer of the other side', () => {
  test('N14 that meets one of ours, even one that has not gone out yet, is answered 491', async () => {
    const { wired, ...standing } = await inCall()
    const taken = wired.phone.hold('standing', true)
    await Promise.resolve()
    wired.request({ method: 'INVITE', ...standing, sequence: 2, body: soundSdp, branch: 'z9hG4bKtheirs' })
    const ours = await untilSent(wired.socket, 'INVITE', 1)
    expect(wired.answersTo('standing').at(-1)).toBe('SIP/2.0 491 Request Pending')
    wired.answer('200 OK', ['Contact: <sip:exchange.test;transport=ws>'], ours, soundSdp)
    expect(await taken).toBe(true)
  })

  test('N14 that is being answered keeps ours waiting', async () => {
    const { wired, ...standing } = await inCall()
    wired.request({ method: 'INVITE', ...standing, sequence: 2, body: soundSdp, branch: 'z9hG4bKtheirs' })
    await vi.advanceTimersByTimeAsync(10)
    expect(wired.answersTo('standing').at(-1)).toBe('SIP/2.0 200 OK')
    void wired.phone.hold('standing', true)
    expect(await offersAfter(wired.socket, 900)).toBe(0)
    wired.request({ method: 'ACK', ...standing, sequence: 2, branch: 'z9hG4bKtheirAck', body: '' })
    expect(await offersAfter(wired.socket, 2_000)).toBe(1)
  })
})

describe('an offer that came to nothing', () => {
  test('N15 is not rolled back, and the next one takes its place', async () => {
    const { wired } = await inCall()
    const refused = wired.phone.hold('standing', true)
    wired.answer('488 Not Acceptable Here', [], await untilSent(wired.socket, 'INVITE', 1))
    expect(await refused).toBe(false)
    const taken = wired.phone.hold('standing', false)
    const contact = ['Contact: <sip:exchange.test;transport=ws>']
    wired.answer('200 OK', contact, await untilSent(wired.socket, 'INVITE', 2), soundSdp)
    expect(await taken).toBe(true)
    expect(FakePeer.rollbacks).toBe(0)
  })

  test('N15 is made anew before one of the other side is answered', async () => {
    const { wired, ...standing } = await inCall()
    const refused = wired.phone.hold('standing', true)
    wired.answer('488 Not Acceptable Here', [], await untilSent(wired.socket, 'INVITE', 1))
    await refused
    wired.request({ method: 'INVITE', ...standing, sequence: 2, body: soundSdp, branch: 'z9hG4bKfirst' })
    expect(wired.answersTo('standing').at(-1)).toBe('SIP/2.0 491 Request Pending')
    const contact = ['Contact: <sip:exchange.test;transport=ws>']
    wired.answer('200 OK', contact, await untilSent(wired.socket, 'INVITE', 2), soundSdp)
    await settle()
    wired.request({ method: 'INVITE', ...standing, sequence: 3, body: soundSdp, branch: 'z9hG4bKsecond' })
    await vi.advanceTimersByTimeAsync(10)
    expect(wired.answersTo('standing').at(-1)).toBe('SIP/2.0 200 OK')
    expect(FakePeer.rollbacks).toBe(0)
  })
})

test('a call that is offered twice in one second rings once; the second offer is answered busy', async () => {
  const { wired } = await inCall()
  wired.request({ callId: 'one', branch: 'z9hG4bKone', headers: ['X-Call-Id: c-1'] })
  wired.request({ callId: 'two', branch: 'z9hG4bKtwo', headers: ['X-Call-Id: c-1'] })
  await vi.advanceTimersByTimeAsync(10)
  expect(wired.invited.map(({ callId }) => callId)).toEqual(['standing', 'c-1'])
  expect(wired.answersTo('two').at(-1)).toBe('SIP/2.0 486 Busy Here')
  expect(header(wired.last(), 'Call-ID')).toBe('two')
})
