/** What is measured of a call's sound: gaps are those of a call that is listened to. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchMedia } from '../../renderer/phone/call-media.ts'
import type { CallQuality } from '../../shared/call/call-quality.ts'
import { FakeStream, FakeTrack } from './support/fake-sound.ts'

const STEP_MS = 50

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', FakeStream.bind(null, 'the other side'))
  vi.stubGlobal('Audio', EventTarget)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Sends a track, which may be another one later. */
function fakeSender(track: FakeTrack) {
  const sender = { track, replaceTrack: (next: FakeTrack) => Promise.resolve(void (sender.track = next)) }
  return sender
}

/** A call whose packets come while `flows`; each report is one poll later than the one before. `sending` is what its answer was made with. */
function call(sending: readonly FakeTrack[] = [], answered = true) {
  const microphone = new FakeStream('a microphone')
  const senders = sending.map(fakeSender)
  const wire = { flows: true, sent: 0, reports: false, loss: 0 }
  let [now, last, packetsReceived, confirmed] = [0, 0, 0, 0]
  const troubles: CallQuality['trouble'][] = []
  const getStats = () => {
    now += STEP_MS
    if (wire.flows) {
      last = now
      packetsReceived += 3
    }
    const entry = { type: 'inbound-rtp', timestamp: now, lastPacketReceivedTimestamp: last, packetsReceived }
    const sent = { type: 'outbound-rtp', packetsSent: wire.sent }
    const report = { type: 'remote-inbound-rtp', timestamp: now, packetsLost: 0, fractionLost: wire.loss }
    return Promise.resolve(new Map(Object.entries({ entry, sent, ...(wire.reports ? { report } : {}) })))
  }
  const peer = { connectionState: 'connected', getReceivers: () => [], getSenders: () => senders, getStats }
  const side = { read: () => ({ level: 0, peakHz: 0 }) }
  const media = watchMedia(
    'a',
    peer as unknown as RTCPeerConnection,
    microphone as unknown as MediaStream,
    { meters: { of: () => side, close: () => {} }, speakers: { add: () => () => {}, renew: () => {} } },
    {
      ...{ answered, flows: () => {}, levels: () => {} },
      confirmed: () => void (confirmed += 1),
      quality: ({ trouble }) => void troubles.push(trouble),
    },
  )
  const pass = async (ms: number, flows = true) => {
    wire.flows = flows
    await vi.advanceTimersByTimeAsync(ms)
  }
  const gap = () => media.stats().longestGapMs
  return { media, pass, wire, microphone, senders, troubles, confirmed: () => confirmed, gap }
}

test('a hold is no gap, nor what its end leaves of it; one before and one after it is', async () => {
  const { media, pass, gap } = call()
  await pass(10_000)
  await pass(400, false)
  await pass(1_000)
  expect(gap()).toBe(400)
  media.hear({ mic: false, ear: false })
  await pass(180_000, false)
  media.hear({ mic: true, ear: true })
  await pass(200, false)
  await pass(5_000)
  expect(gap()).toBe(400)
  await pass(900, false)
  expect(gap()).toBe(900)
  media.release()
})

test('both sides are heard when packets come, ours went out, and since then the other side has reported them: once', async () => {
  const { media, pass, wire, confirmed } = call()
  wire.reports = true
  await pass(1_000)
  wire.reports = false
  wire.sent = 50
  await pass(1_000)
  expect(confirmed()).toBe(0)
  wire.reports = true
  wire.loss = 1
  await pass(1_000)
  expect(confirmed()).toBe(0)
  wire.loss = 0.5
  await pass(1_000)
  expect(confirmed()).toBe(1)
  media.release()
})

test('a microphone that opened after the answer was made is sent; what is mixed for three stays', async () => {
  const silence = new FakeTrack('silence')
  const mixed = new FakeTrack('three of them')
  silence.stop()
  const { media, microphone, senders } = call([silence, mixed])
  expect(senders.map(({ track }) => track.from)).toEqual(['a microphone', 'three of them'])
  const [before] = microphone.tracks.splice(0, 1, new FakeTrack('another'))
  microphone.dispatchEvent(new Event('addtrack'))
  before?.stop()
  expect(senders.map(({ track }) => track.from)).toEqual(['another', 'three of them'])
  media.release()
})

test('who sends nothing is not heard, once somebody has answered: an announcement before that is one way by right', async () => {
  const after = call()
  await after.pass(5_000)
  expect(after.troubles.at(-1)).toBe('notHeard')
  after.media.release()
  const before = call([], false)
  await before.pass(5_000)
  expect(before.troubles).toEqual([])
  before.media.release()
})
