/** N18: no offer or answer goes out before it names a way for our sound. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakePeer } from './support/fake-browser.ts'
import { standingCall, wirePhone } from './support/fake-exchange.ts'
import { ofMethod, registered } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A call that was answered by the operator so many ms ago, on a machine that has found no way yet. */
async function answered(ms: number) {
  const wired = await wirePhone()
  registered(wired)
  FakePeer.wayless = true
  wired.request({ callId: 'ringing' })
  await vi.advanceTimersByTimeAsync(0)
  void wired.phone.accept('ringing', new MediaStream())
  await vi.advanceTimersByTimeAsync(ms)
  return { wired, status: () => wired.answersTo('ringing').at(-1) }
}

async function finds(state: 'gathering' | 'complete'): Promise<void> {
  FakePeer.last?.findWay(state)
  await vi.advanceTimersByTimeAsync(0)
}

test('N18 a call is answered when the first way was found and half a second has gone by, and not before', async () => {
  const { wired, status } = await answered(2_000)
  expect(status()).toContain('180')
  await finds('gathering')
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
