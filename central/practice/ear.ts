import { createPacketGaps } from './packet-gaps.ts'
import { dominantHz, levelDbfs } from './spectrum.ts'
import { createAudioSink } from './wrtc.ts'

/** What was heard in one window of time. */
export interface Heard {
  dominantHz: number
  dbfs: number
  at: number
}

/** Packets on the wire, and the longest silence of the wire since the last question. */
export interface Packets {
  sent: number
  received: number
  maxGapMs: number
}

/** What listens to a call. */
export interface Ear {
  /** The latest window. */
  last(): Heard | null
  /** The loudest window so far. */
  loudest(): Heard | null
  /** For how long voice or tone was heard in all. */
  heardMs(): number
  /** The figures of the wire; asking starts the longest gap anew. */
  packets(): Promise<Packets>
  close(): Promise<void>
}

/** From here on it counts as voice. */
export const voiceDbfs = -50
const windowMs = 200
const pollMs = 50 // WebRTC itself renews its figures no more often

interface RtpFigures {
  type: string
  packetsSent?: number
  packetsReceived?: number
  lastPacketReceivedTimestamp?: number
}

/** Listens to the received track of a connection; tells every window. */
export function createEar(connection: RTCPeerConnection, onWindow: (heard: Heard) => void): Ear {
  const track = connection.getReceivers()[0]?.track
  if (!track) throw new Error('the call has no sound to listen to')
  const sink = createAudioSink(track)
  let parts: Int16Array[] = []
  let collected = 0
  let heardMs = 0
  let last: Heard | null = null
  let loudest: Heard | null = null
  let closed: Promise<void> | null = null

  sink.ondata = ({ samples, sampleRate, channelCount = 1 }) => {
    parts.push(channelCount === 1 ? samples.slice() : samples.filter((_sample, i) => i % channelCount === 0))
    collected += samples.length / channelCount
    if (collected < (sampleRate * windowMs) / 1000) return
    const window = join(parts, collected)
    parts = []
    collected = 0
    last = { dominantHz: dominantHz(window, sampleRate), dbfs: levelDbfs(window), at: Date.now() }
    if (last.dbfs > voiceDbfs) heardMs += windowMs
    if (!loudest || last.dbfs > loudest.dbfs) loudest = last
    onWindow(last)
  }

  const wire = { sent: 0, received: 0 }
  const gaps = createPacketGaps()
  async function poll(): Promise<void> {
    const stats = await connection.getStats().catch(() => null)
    stats?.forEach((entry: RtpFigures) => {
      if (entry.type === 'outbound-rtp') wire.sent = Math.max(wire.sent, entry.packetsSent ?? 0)
      if (entry.type !== 'inbound-rtp' || (entry.packetsReceived ?? 0) < wire.received) return
      wire.received = entry.packetsReceived ?? 0
      gaps.observe(wire.received, entry.lastPacketReceivedTimestamp ?? 0, Date.now())
    })
  }
  let polling = Promise.resolve()
  const timer = setInterval(() => void (polling = poll()), pollMs)

  return {
    last: () => last,
    loudest: () => loudest,
    heardMs: () => heardMs,
    packets: async () => {
      await (closed ?? poll())
      return { ...wire, maxGapMs: gaps.take(closed ? 0 : Date.now()) }
    },
    close: () =>
      (closed ??= (async () => {
        clearInterval(timer)
        sink.ondata = null
        sink.stop()
        await polling
      })()),
  }
}

function join(parts: readonly Int16Array[], length: number): Int16Array {
  const whole = new Int16Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
