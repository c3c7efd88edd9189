/** N18: no offer or answer goes out before it names a way for our sound. */
import { Web } from 'sip.js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepSound } from '../../renderer/phone/keep-sound.ts'
import { FakePeer } from './support/fake-browser.ts'
import { standingCall, wirePhone } from './support/fake-exchange.ts'
import { backAgain, ofMethod, registered } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A call that was answered by the operator so many ms ago, on a machine that has found no way yet. */
async function answered(ms: number) {
  const wired = await wirePhone()
  registered(wired)
  FakePeer.wayless = true
  wired.request({ callId: 'ringing' })
  await vi.advanceTimersByTimeAsync(0)
  const accepted = wired.phone.accept('ringing', new MediaStream())
  await vi.advanceTimersByTimeAsync(ms)
  return { wired, accepted, status: () => wired.answersTo('ringing').at(-1) }
}

async function finds(state: 'gathering' | 'complete'): Promise<void> {
  FakePeer.last?.findWay(state)
  await vi.advanceTimersByTimeAsync(0)
}

test('N18 a call is answered when the first way was found and half a second has gone by, and not before', async () => {
  const { wired, status } = await answered(2_000)
  expect(status()).toContain('180')
  await finds('gathering')
  await vi.advanceTimersByTimeAsync(400)
  expect(status()).toContain('180')
  await vi.advanceTimersByTimeAsync(100)
  expect(status()).toContain('200')
  expect(wired.last()).toContain('a=candidate:1 1 udp')
})

test('N18 it is answered before that when all ways were found', async () => {
  const { status } = await answered(100)
  await finds('gathering')
  expect(status()).toContain('180')
  await finds('complete')
  expect(status()).toContain('200')
})

test('N18 one for which none is found in ten seconds has failed, visibly, and is let go to be offered elsewhere', async () => {
  const { wired, status } = await answered(10_000)
  expect(status()).toContain('480')
  expect(wired.failed).toEqual(['ringing'])
})

test('N18 one that is given up meanwhile is missed, and rings when it is offered anew', async () => {
  const wired = await wirePhone()
  registered(wired)
  FakePeer.wayless = true
  const named = { headers: ['X-Call-Id: citizen-1', 'Supported: timer', 'Session-Expires: 90;refresher=uac'] }
  wired.request({ callId: 'first', branch: 'z9hG4bKfirst', ...named })
  await vi.advanceTimersByTimeAsync(0)
  void wired.phone.accept('citizen-1', new MediaStream())
  await vi.advanceTimersByTimeAsync(1_000)
  wired.request({ method: 'CANCEL', callId: 'first', branch: 'z9hG4bKfirst' })
  await vi.advanceTimersByTimeAsync(100)
  expect([wired.over, wired.failed]).toEqual([['citizen-1'], []])
  wired.request({ callId: 'second', ...named })
  await vi.advanceTimersByTimeAsync(100_000)
  expect([wired.invited.length, wired.over]).toEqual([2, ['citizen-1']])
  expect(wired.answersTo('second').at(-1)).toContain('180')
})

test('N18 one that is hung up meanwhile is let go at once, and never answered', async () => {
  const { wired, accepted, status } = await answered(1_000)
  wired.phone.hangUp('ringing')
  await accepted
  expect(status()).toContain('480')
  expect([wired.over, wired.failed]).toEqual([['ringing'], []])
  await finds('complete')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(wired.answersTo('ringing').filter((line) => line.includes('200'))).toEqual([])
})

test('N2 N18 an offer that waits for a way when the link is lost comes to nothing at once', async () => {
  const wired = await wirePhone()
  registered(wired)
  await standingCall(wired)
  FakePeer.wayless = true
  const held = wired.phone.hold('standing', true)
  await vi.advanceTimersByTimeAsync(100)
  wired.socket.drop()
  await vi.advanceTimersByTimeAsync(0)
  expect(await held).toBe(false)
  expect(wired.over).toEqual([])
})

test('N4 a call that is dialled when the link is lost, and not said yet, is said by the new one', async () => {
  const wired = await wirePhone()
  registered(wired)
  FakePeer.wayless = true
  void wired.phone.dial('dialled', '13800002210', new MediaStream())
  await vi.advanceTimersByTimeAsync(100)
  const { socket } = wired
  socket.drop()
  const next = await backAgain(wired, socket)
  await finds('complete')
  expect(ofMethod(next, 'INVITE')).toHaveLength(1)
  wired.answer('180 Ringing', ['Contact: <sip:exchange.test;transport=ws>'], ofMethod(next, 'INVITE')[0])
  await vi.advanceTimersByTimeAsync(9_000)
  expect([wired.rangThere, wired.over]).toEqual([['dialled'], []])
})

test('a session that is over leaves the microphone to its call', () => {
  const [mine, theirs] = [{ stop: vi.fn<() => void>() }, { stop: vi.fn<() => void>() }]
  const peer = {
    getSenders: () => [{ track: mine }],
    getReceivers: () => [{ track: theirs }],
    close: vi.fn<() => void>(),
  }
  const handler = Object.create(Web.SessionDescriptionHandler.prototype) as Web.SessionDescriptionHandler
  keepSound(Object.assign(handler, { logger: { debug: () => undefined }, _peerConnection: peer })).close()
  expect([mine.stop, theirs.stop, peer.close].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 1])
})

test('N18 an offer for which none is found changes nothing: the call stands, and the next one may be', async () => {
  const wired = await wirePhone()
  registered(wired)
  await standingCall(wired)
  FakePeer.wayless = true
  const held = wired.phone.hold('standing', true)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await held).toBe(false)
  expect([ofMethod(wired.socket, 'INVITE'), wired.over]).toEqual([[], []])
  FakePeer.wayless = false
  await finds('complete')
  void wired.phone.hold('standing', true)
  await vi.advanceTimersByTimeAsync(100)
  expect(ofMethod(wired.socket, 'INVITE')).toHaveLength(1)
})
