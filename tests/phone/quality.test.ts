import { describe, expect, test } from 'vitest'
import { codecs } from '../../renderer/phone/e-model.ts'
import { createQuality, type Reading } from '../../renderer/phone/quality.ts'
import { readStats } from '../../renderer/phone/read-stats.ts'

type Second = {
  received?: number
  lost?: number
  concealed?: number
  sent?: number
  /** What the other side reports this second: that it spoke, with how many packets in all; that it heard, with which loss. */
  said?: number
  heard?: number
  /** Whether ICE is answered. */
  answered?: boolean
  listening?: boolean
}

/** A call second by second: 50 packets each way unless it is told otherwise. */
function call() {
  const quality = createQuality()
  let at = 1_000_000
  let reading: Reading = {
    ...{ packetsReceived: 0, packetsLost: 0, packetsSent: 0, samples: 0, concealed: 0 },
    ...{ bufferSeconds: 0, buffered: 0, jitterMs: 4, rttMs: 40 },
    ...{ heardBack: null, answered: true, said: null, codec: codecs.g711, inUse: { in: 'PCMA', out: 'PCMA' } },
  }
  const second = (what: Second = {}) => {
    const { received = 50, lost = 0, concealed = 0, sent = 50, listening = true } = what
    at += 1000
    reading = {
      ...reading,
      packetsReceived: reading.packetsReceived + received,
      packetsLost: reading.packetsLost + lost,
      packetsSent: reading.packetsSent + sent,
      samples: reading.samples + 8000,
      concealed: reading.concealed + concealed,
      bufferSeconds: reading.bufferSeconds + 8000 * 0.04,
      buffered: reading.buffered + 8000,
      said: what.said === undefined ? reading.said : { at, packets: what.said },
      answered: what.answered ?? true,
      heardBack: what.heard === undefined ? reading.heardBack : { at, loss: what.heard, jitterMs: 5 },
    }
    return quality.take(at, reading, listening)
  }
  const seconds = (count: number, what?: Second) => Array.from({ length: count }, () => second(what)).at(-1)
  return { second, seconds, record: (gap = 20) => quality.record(gap) }
}

describe('the score of a call', () => {
  test('is that of the default connection where nothing is lost, in both directions', () => {
    const { seconds } = call()
    const now = seconds(6, { heard: 0 })
    expect(now?.mosIn).toBeCloseTo(4.41, 2)
    expect(now?.mosOut).toBeCloseTo(4.41, 2)
    expect(now).toMatchObject({ lossIn: 0, lossOut: 0, bars: 3, trouble: null, jitterMs: 4, rttMs: 40 })
  })

  test('falls with what is lost on the way to us, and not that of the other direction', () => {
    const { seconds } = call()
    const now = seconds(8, { received: 45, lost: 5, heard: 0 })
    expect(now?.lossIn).toBeCloseTo(0.1)
    // R = 93.2 - 95 * 10 / 35.1 = 66.1
    expect(now?.mosIn).toBeCloseTo(3.41, 1)
    expect(now?.mosOut).toBeCloseTo(4.41, 2)
    expect(now?.bars).toBe(1)
  })

  test('falls with what came too late and had to be invented, though no packet is lost', () => {
    const { seconds } = call()
    expect(seconds(6, { concealed: 800 })?.lossIn).toBeCloseTo(0.1)
  })

  test('is unknown outwards until the other side has reported', () => {
    expect(call().seconds(4)).toMatchObject({ mosOut: null, lossOut: null })
  })

  test('shows a bar less after two bad seconds, and one more only after five good ones', () => {
    const { second, seconds } = call()
    seconds(6, { heard: 0 })
    expect(second({ heard: 0.05 }).bars).toBe(3)
    expect(second({ heard: 0.05 }).bars).toBe(2)
    expect(seconds(4, { heard: 0 })?.bars).toBe(2)
    expect(second({ heard: 0 }).bars).toBe(3)
  })
})

describe('one-way sound', () => {
  test('the citizen is not heard: said after 3 s, and gone only when she is heard for two readings', () => {
    const { second, seconds } = call()
    seconds(4, { heard: 0 })
    expect(seconds(2, { received: 0 })?.trouble).toBeNull()
    expect(second({ received: 0 }).trouble).toBe('nothingHeard')
    expect(second().trouble).toBe('nothingHeard')
    expect(second().trouble).toBeNull()
  })

  test('nothing from the first moment on is found as well', () => {
    expect(call().seconds(4, { received: 0 })?.trouble).toBe('nothingHeard')
  })

  test('silence suppression is no fault: they report that they sent nothing more', () => {
    const { second, seconds } = call()
    seconds(4)
    seconds(2, { received: 0 })
    expect(second({ received: 0, said: 202 }).trouble).toBeNull()
    expect(seconds(5, { received: 0 })?.trouble).toBeNull()
  })

  test('nor where packets are missing that nobody counted: two reports of the same number', () => {
    const { second, seconds } = call()
    seconds(4)
    seconds(2, { received: 0 })
    expect(second({ received: 0, said: 280, heard: 0 }).trouble).toBe('nothingHeard')
    expect(seconds(2, { received: 0, said: 280, heard: 0 })?.trouble).toBeNull()
  })

  test('they report that they send, and nothing arrives: a fault', () => {
    const { second, seconds } = call()
    seconds(4)
    seconds(2, { received: 0 })
    expect(second({ received: 0, said: 350, heard: 0 }).trouble).toBe('nothingHeard')
    expect(second({ received: 0, said: 400, heard: 0 }).trouble).toBe('nothingHeard')
  })

  test('the citizen does not hear the operator: they report twice and say nothing of us', () => {
    const { second, seconds } = call()
    seconds(4, { heard: 0, said: 1 })
    expect(second({ said: 2 }).trouble).toBeNull()
    seconds(1)
    expect(second({ said: 3 }).trouble).toBe('notHeard')
    expect(second({ said: 4, heard: 0 }).trouble).toBe('notHeard')
    expect(second({ said: 5, heard: 0 }).trouble).toBeNull()
  })

  test('the citizen does not hear the operator: they report all of it lost', () => {
    const { seconds } = call()
    seconds(4, { heard: 0 })
    expect(seconds(3, { heard: 1 })?.trouble).toBe('notHeard')
  })

  test('the citizen does not hear the operator: they tell the last report again, but nobody answers on the way', () => {
    const { second, seconds } = call()
    seconds(4, { heard: 0, said: 200 })
    expect(second({ heard: 0, answered: false }).trouble).toBe('notHeard')
    expect(seconds(2, { heard: 0 })?.trouble).toBeNull()
  })

  test('the citizen does not hear the operator: nothing goes out, whatever they report', () => {
    const { second, seconds } = call()
    seconds(4, { heard: 0, said: 200 })
    seconds(10, { sent: 0, heard: 0, listening: false })
    expect(seconds(3, { sent: 0, heard: 0 })?.trouble).toBeNull()
    expect(second({ sent: 0, heard: 0 }).trouble).toBe('notHeard')
    expect(seconds(2, { heard: 0 })?.trouble).toBeNull()
  })

  test('where nothing comes either, no answer is no word of not being heard', () => {
    const { seconds } = call()
    seconds(4, { heard: 0, said: 200 })
    expect(seconds(4, { received: 0, answered: false })?.trouble).toBe('nothingHeard')
  })

  test('no report at all is no word of not being heard', () => {
    expect(call().seconds(20)?.trouble).toBeNull()
  })

  test('both at once', () => {
    const { seconds } = call()
    seconds(4, { heard: 0, said: 200 })
    expect(seconds(4, { received: 0, heard: 1 })?.trouble).toBe('both')
  })

  test('a call on hold is silent by right, and has its 3 s anew when it comes back', () => {
    const { second, seconds } = call()
    seconds(4, { heard: 0 })
    const held = seconds(10, { received: 0, listening: false })
    expect(held).toMatchObject({ trouble: null, bars: null })
    expect(second({ received: 0 }).trouble).toBeNull()
    expect(seconds(3, { received: 0 })?.trouble).toBe('nothingHeard')
  })
})

describe('the record of a call', () => {
  test('is the mean of what was heard, and counts nothing of the time on hold', () => {
    const { seconds, record } = call()
    seconds(5, { heard: 0.02 })
    seconds(5, { received: 0, lost: 50, listening: false })
    seconds(6, { heard: 0.04 })
    const told = record(120)
    expect(told).toMatchObject({ lossIn: 0, jitterMs: 4, rttMs: 40, longestGapMs: 120 })
    expect(told?.lossOut).toBeCloseTo((5 * 0.02 + 6 * 0.04) / 11)
    expect(told?.mosIn).toBeCloseTo(4.41, 2)
  })

  test('is none where nothing was ever measured', () => {
    const { seconds, record } = call()
    seconds(3, { received: 0 })
    expect(record()).toBeNull()
  })
})

test('what the peer connection reports is read in the units of the rules', () => {
  const report = new Map<string, object>([
    [
      'a',
      { type: 'inbound-rtp', codecId: 'e', packetsReceived: 90, packetsLost: 4, packetsDiscarded: 1, jitter: 0.006 },
    ],
    ['b', { type: 'outbound-rtp', codecId: 'f', packetsSent: 100 }],
    ['c', { type: 'remote-inbound-rtp', timestamp: 5, fractionLost: 0.25, jitter: 0.01, roundTripTime: 0.08 }],
    ['d', { type: 'remote-outbound-rtp', timestamp: 6, packetsSent: 95 }],
    ['t', { type: 'transport', iceState: 'disconnected' }],
    ['e', { type: 'codec', id: 'e', mimeType: 'audio/PCMA' }],
    ['f', { type: 'codec', id: 'f', mimeType: 'audio/G722' }],
  ])
  expect(readStats(report)).toMatchObject({
    answered: false,
    ...{ packetsReceived: 90, packetsLost: 5, packetsSent: 100, jitterMs: 6, rttMs: 80, codec: codecs.g711 },
    inUse: { in: 'PCMA', out: 'G722' },
    heardBack: { at: 5, loss: 0.25, jitterMs: 10 },
    said: { at: 6, packets: 95 },
  })
})
