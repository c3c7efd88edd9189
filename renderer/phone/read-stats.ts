import type { CodecsInUse } from '../../shared/call/codecs.ts'
import { codecs } from './e-model.ts'
import type { Reading } from './quality.ts'

/** By which codecs both ways go, by their names in SDP. */
function codecsInUse(report: Pick<RTCStatsReport, 'forEach'>): CodecsInUse {
  const names = new Map<string, string>()
  const used = new Map<string, string>()
  report.forEach((entry) => {
    if (entry.type === 'codec') names.set(entry.id, entry.mimeType.replace(/^audio\//, ''))
    else if (typeof entry.codecId === 'string') used.set(entry.type, entry.codecId)
  })
  const nameOf = (type: string) => names.get(used.get(type) ?? '') ?? null
  return { in: nameOf('inbound-rtp'), out: nameOf('outbound-rtp') }
}

/** What a report of WebRTC (W3C webrtc-stats) says of the sound of a call, both ways. */
export function readStats(report: Pick<RTCStatsReport, 'forEach'>): Reading {
  let reading: Reading = {
    ...{ packetsReceived: 0, packetsLost: 0, packetsSent: 0, samples: 0, concealed: 0 },
    ...{ bufferSeconds: 0, buffered: 0, jitterMs: 0 },
    ...{ heardBack: null, rttMs: null, answered: true, said: null, codec: codecs.g711 },
    inUse: codecsInUse(report),
  }
  report.forEach((entry) => {
    if (entry.type === 'inbound-rtp') {
      reading = {
        ...reading,
        packetsReceived: entry.packetsReceived ?? 0,
        packetsLost: (entry.packetsLost ?? 0) + (entry.packetsDiscarded ?? 0),
        samples: entry.totalSamplesReceived ?? 0,
        concealed: (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0),
        bufferSeconds: entry.jitterBufferDelay ?? 0,
        buffered: entry.jitterBufferEmittedCount ?? 0,
        jitterMs: (entry.jitter ?? 0) * 1000,
      }
    }
    if (entry.type === 'outbound-rtp') reading = { ...reading, packetsSent: entry.packetsSent ?? 0 }
    if (entry.type === 'remote-inbound-rtp') {
      const { timestamp: at, fractionLost: loss = 0, jitter = 0, roundTripTime } = entry
      const rttMs = typeof roundTripTime === 'number' ? roundTripTime * 1000 : null
      reading = { ...reading, heardBack: { at, loss, jitterMs: jitter * 1000 }, rttMs }
    }
    if (entry.type === 'remote-outbound-rtp') {
      reading = { ...reading, said: { at: entry.timestamp, packets: entry.packetsSent ?? 0 } }
    }
    // From the loss of its consent on, and while another way is looked for (RFC 7675); before the first it is `checking`.
    if (entry.type === 'transport' && typeof entry.iceState === 'string') {
      reading = { ...reading, answered: entry.iceState === 'connected' || entry.iceState === 'completed' }
    }
    if (entry.type === 'codec' && /opus/i.test(entry.mimeType)) reading = { ...reading, codec: codecs.opus }
  })
  return reading
}
