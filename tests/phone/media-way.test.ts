/** N12: the sound of a call has no way any more while the line stands. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakePeer } from './support/fake-browser.ts'
import { standingCall, wirePhone } from './support/fake-exchange.ts'
import { ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function inCall() {
  const wired = await wirePhone()
  registered(wired)
  await standingCall(wired)
  const peer = FakePeer.last
  if (peer === null) throw new Error('no peer connection')
  peer.ice('connected')
  return { wired, peer, offers: () => ofMethod(wired.socket, 'INVITE').length }
}

test('N12 `failed` is followed at once by an offer that looks for a way anew', async () => {
  const { wired, peer } = await inCall()
  peer.ice('failed')
  await untilSent(wired.socket, 'INVITE', 1)
  expect(FakePeer.offered.at(-1)?.iceRestart).toBe(true)
  expect(wired.over).toEqual([])
})

test('N12 `disconnected` may pass: four seconds', async () => {
  const { wired, peer, offers } = await inCall()
  peer.ice('disconnected')
  await vi.advanceTimersByTimeAsync(3_900)
  peer.ice('connected')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(offers()).toBe(0)
  peer.ice('disconnected')
  await vi.advanceTimersByTimeAsync(3_900)
  expect(offers()).toBe(0)
  await untilSent(wired.socket, 'INVITE', 1)
})

test('N12 it is tried again while there is no way, and no more when there is one', async () => {
  const { wired, peer, offers } = await inCall()
  peer.ice('failed')
  wired.answer('500 Server Internal Error', [], await untilSent(wired.socket, 'INVITE', 1))
  wired.answer('500 Server Internal Error', [], await untilSent(wired.socket, 'INVITE', 2))
  peer.ice('connected')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(offers()).toBe(2)
})

test('N12 a call that is over, or whose link is away, is not offered', async () => {
  const { wired, peer, offers } = await inCall()
  wired.socket.drop()
  peer.ice('failed')
  await vi.advanceTimersByTimeAsync(100)
  expect(offers()).toBe(0)
  wired.phone.hangUp('standing')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(offers()).toBe(0)
})
