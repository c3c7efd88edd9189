/** What becomes of a call that only rings when the link fails it (N4, sip-phone.ts), with a clock of the test’s own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { header, settle, wirePhone } from './support/fake-exchange.ts'
import { backAgain, comeBack, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** How long SIP.js waits for the answer to a request, in ms (64*T1). */
const TIMEOUT_MS = 32_000

async function readyPhone() {
  const wired = await wirePhone()
  registered(wired)
  return wired
}

const ring = { callId: 'ring-1', headers: ['X-Call-Id: citizen-1'], branch: 'z9hG4bKring1' }
const offeredAgain = { callId: 'ring-2', headers: ['X-Call-Id: citizen-1'], branch: 'z9hG4bKring2' }
describe('a ring', () => {
  test('that was answered here and given up before the exchange heard of it is let go', async () => {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.phone.hangUp('citizen-1')
    await settle()
    expect(wired.answersTo('ring-1').at(-1)).toBe('SIP/2.0 480 Temporarily Unavailable')
    expect(wired.over).toEqual(['citizen-1'])
  })

  test('N4 that the exchange does not offer anew is let go, and missed six seconds after the line is back', async () => {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.socket.drop()
    const socket = await comeBack(wired.socket)
    registered(wired, await untilSent(socket, 'REGISTER', 1))
    await settle()
    expect(wired.answersTo('ring-1')).toEqual(['SIP/2.0 480 Temporarily Unavailable'])
    await vi.advanceTimersByTimeAsync(5_900)
    expect(wired.over).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect([wired.over, wired.failed]).toEqual([['citizen-1'], []])
  })

  test('N4 whose link stays away is missed after ten seconds', async () => {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.socket.drop()
    await vi.advanceTimersByTimeAsync(9_900)
    expect(wired.over).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(wired.over).toEqual(['citizen-1'])
  })

  test('N4 that the exchange offers anew goes on as the same call, and can be answered', async () => {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.socket.drop()
    await backAgain(wired, wired.socket)
    wired.request(offeredAgain)
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS)
    expect([wired.invited.length, wired.over]).toEqual([1, []])
    const accepted = wired.phone.accept('citizen-1', new MediaStream())
    await settle()
    expect(wired.answersTo('ring-2').at(-1)).toBe('SIP/2.0 200 OK')
    await accepted
    expect(wired.established).toEqual(['citizen-1'])
  })

  /** It rang, the link was cut, and she answered before it came back. */
  async function answeredInCut() {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.socket.drop()
    await wired.phone.accept('citizen-1', new MediaStream())
    expect(wired.established).toEqual([])
    await backAgain(wired, wired.socket)
    await vi.advanceTimersByTimeAsync(100)
    expect(wired.answersTo('ring-1')[0]).toBe('SIP/2.0 200 OK')
    return wired
  }

  test('N4 that was answered while the link was away is answered by the new one, and stands when that is acknowledged', async () => {
    const wired = await answeredInCut()
    expect(wired.established).toEqual([])
    const toTag = /tag=(\S+)/.exec(header(wired.last(), 'To'))?.[1] ?? ''
    wired.request({ method: 'ACK', callId: 'ring-1', toTag, branch: 'z9hG4bKack1' })
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS)
    expect([wired.established, wired.over]).toEqual([['citizen-1'], []])
  })

  test('N4 that was answered while the link was away is answered once more when it is offered anew', async () => {
    const wired = await answeredInCut()
    wired.request(offeredAgain)
    await vi.advanceTimersByTimeAsync(100)
    expect(wired.answersTo('ring-2').at(-1)).toBe('SIP/2.0 200 OK')
    expect(wired.established).toEqual(['citizen-1'])
  })

  test('N4 whose late answer nobody acknowledges has failed after six seconds', async () => {
    const wired = await answeredInCut()
    await vi.advanceTimersByTimeAsync(6_000)
    expect([wired.established, wired.failed]).toEqual([[], ['citizen-1']])
  })

  test('N4 that is refused during the cut is over, and rings anew as another', async () => {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.socket.drop()
    wired.phone.refuse('citizen-1', 480)
    expect(wired.over).toEqual(['citizen-1'])
    await backAgain(wired, wired.socket)
    wired.request(offeredAgain)
    await settle()
    expect(wired.invited).toHaveLength(2)
  })

  test('N4 that is refused after it was let go is over as well', async () => {
    const wired = await readyPhone()
    wired.request(ring)
    await settle()
    wired.socket.drop()
    await backAgain(wired, wired.socket)
    wired.phone.refuse('citizen-1', 480)
    expect(wired.over).toEqual(['citizen-1'])
    wired.request(offeredAgain)
    await settle()
    expect(wired.invited).toHaveLength(2)
  })

  test('N4 of a number that we dial fails, for nobody will say that she answered', async () => {
    const wired = await readyPhone()
    void wired.phone.dial('mine', '1101', new MediaStream())
    wired.answer(
      '180 Ringing',
      ['Contact: <sip:exchange.test;transport=ws>'],
      await untilSent(wired.socket, 'INVITE', 1),
    )
    wired.socket.drop()
    const socket = await backAgain(wired, wired.socket)
    await vi.advanceTimersByTimeAsync(6_100)
    expect(ofMethod(socket, 'CANCEL')).toHaveLength(1)
    expect(wired.failed).toEqual(['mine'])
  })
})
