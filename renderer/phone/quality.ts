/**
 * The quality of one call, from what the peer connection counts: scores of both directions, and whether one side does
 * not hear the other (rule 8 of the design). Times in ms by whoever calls; nothing here has a clock.
 */
import type { CallQuality } from '../../shared/call/call-quality.ts'
import type { QualityRecord } from '../../shared/call/quality-record.ts'
import type { CodecsInUse } from '../../shared/call/codecs.ts'
import { limits, scoreOf, type Codec } from './e-model.ts'
import { createSteady } from './steady.ts'

/** What the peer connection has counted so far; null where nobody has reported it yet. */
export type Reading = {
  readonly packetsReceived: number
  /** Packets lost on their way to us or thrown away as too late. */
  readonly packetsLost: number
  readonly packetsSent: number
  /** Samples played, and those of them that had to be invented (silence invented for silence is none). */
  readonly samples: number
  readonly concealed: number
  /** Sums of the jitter buffer: seconds that samples waited, and how many they were. */
  readonly bufferSeconds: number
  readonly buffered: number
  readonly jitterMs: number
  /** The other side's last report of receiving us: when it came, the share lost, its jitter, the round trip. */
  readonly heardBack: { readonly at: number; readonly loss: number; readonly jitterMs: number } | null
  readonly rttMs: number | null
  /** Whether the other end answers on the way that we send by (ICE, RFC 7675 5.1). */
  readonly answered: boolean
  /** The other side's last report of sending: when it came, and how many packets it says it has sent. */
  readonly said: { readonly at: number; readonly packets: number } | null
  readonly codec: Codec
  /** The same by their names, each way. */
  readonly inUse: CodecsInUse
}

/** How long nothing must be heard before it is said. */
const SILENT_MS = 3000
/** Readings over which loss is counted: single packets are no news. */
const WINDOW = 5
/** One packet of sound, which is gathered before it is sent. */
const PACKET_MS = 20

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
const share = (part: number, whole: number) => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)))

/** Loss as it is heard: what did not come, or what the decoder had to invent, whichever is more. */
function lossBetween(from: Reading, to: Reading): number {
  const lost = to.packetsLost - from.packetsLost
  const concealed = share(to.concealed - from.concealed, to.samples - from.samples)
  return Math.max(share(lost, lost + to.packetsReceived - from.packetsReceived), concealed)
}

function bufferBetween(from: Reading, to: Reading): number {
  const count = to.buffered - from.buffered
  return count > 0 ? ((to.bufferSeconds - from.bufferSeconds) / count) * 1000 : 0
}

/** Packets that may be on their way when the other side says how many it has sent. */
const ON_THE_WAY = 5

type Spoken = { readonly now: Reading; readonly before: Reading }

const saidAnew = ({ now, before }: Spoken) => now.said !== null && now.said.at !== (before.said?.at ?? null)
const heardAnew = ({ now, before }: Spoken) =>
  now.heardBack !== null && now.heardBack.at !== (before.heardBack?.at ?? null)
/** The other side reports that all that we send is lost. */
const isLost = ({ heardBack }: Reading) => heardBack !== null && heardBack.loss >= 0.95

/** Whether they send nothing by their own words, which is silence suppression and no fault. */
function isSilent({ said, packetsReceived, packetsLost }: Reading, saidBefore: number | null): boolean {
  return said !== null && (said.packets === saidBefore || said.packets - packetsReceived - packetsLost <= ON_THE_WAY)
}

/** Who does not hear whom, from one reading to the next. */
function createOneWay() {
  let last: Reading | null = null
  /** Since when nothing has been received, what they said first to have sent since, and whether that explains it. */
  let quiet = { since: 0, said: null as number | null, explained: false }
  /** Since when nobody has said to have received us, and how often they spoke to us in the meantime. */
  let unheard = { since: 0, words: 0 }
  /** When something of ours was sent last: who is muted sends silence, and nobody hears who sends nothing. */
  let sentAt = 0

  function restart(at: number): void {
    quiet = { since: at, said: null, explained: false }
    unheard = { since: at, words: 0 }
    sentAt = at
  }

  return {
    restart,
    take: (at: number, now: Reading) => {
      if (last === null) restart(at)
      const both = { now, before: last ?? now }
      last = now
      if (now.packetsReceived > both.before.packetsReceived) quiet = { since: at, said: null, explained: false }
      else if (saidAnew(both)) {
        quiet = { ...quiet, explained: isSilent(now, quiet.said), said: now.said?.packets ?? null }
      }
      if (heardAnew(both) && !isLost(now)) unheard = { since: at, words: 0 }
      else if (saidAnew(both)) unheard.words += 1
      const sends = now.packetsSent > both.before.packetsSent
      if (sends) sentAt = at
      const hears = now.packetsReceived > both.before.packetsReceived
      // Who has heard us since the last report says so in the next one (RFC 3550, 6.4.1): two without are a fault.
      const untold = sends && at - unheard.since >= SILENT_MS && (unheard.words >= 2 || isLost(now))
      return {
        nothingHeard: at - quiet.since >= SILENT_MS && !quiet.explained,
        // Asterisk goes on telling what it received last. Their packets come, and no answer to ours: ours do not arrive.
        notHeard: untold || at - sentAt >= SILENT_MS || (hears && !now.answered),
      }
    },
  }
}

export type Quality = {
  /** Takes what was counted; `listening` while the operator and this call are to hear each other. */
  take(at: number, reading: Reading, listening: boolean): CallQuality
  /** The whole call, for the centre's statistics; null where nothing was measured. */
  record(longestGapMs: number): QualityRecord | null
}

/** Watches one call. */
export function createQuality(): Quality {
  const oneWay = createOneWay()
  const window: Reading[] = []
  const all = { mosIn: [] as number[], mosOut: [] as number[], jitter: [] as number[], rtt: [] as number[] }
  const lossOut: number[] = []
  let lost = 0
  let expected = 0
  let wasListening = false
  let reported = 0
  const bars = createSteady<1 | 2 | 3>(3, { worse: 2, better: 5 })
  const nothingHeard = createSteady<boolean>(false, { worse: 1, better: 2 })
  const notHeard = createSteady<boolean>(false, { worse: 1, better: 2 })

  function scores(reading: Reading) {
    const from = window[0] ?? reading
    const travel = (reading.rttMs ?? 0) / 2 + PACKET_MS
    const lossIn = lossBetween(from, reading)
    const mosIn =
      reading.packetsReceived > from.packetsReceived
        ? scoreOf({ loss: lossIn, delayMs: travel + bufferBetween(from, reading), codec: reading.codec })
        : null
    const back = reading.heardBack
    // What their buffer holds is not told: twice the jitter is what one would take.
    const mosOut =
      back === null ? null : scoreOf({ loss: back.loss, delayMs: travel + 2 * back.jitterMs, codec: reading.codec })
    return { lossIn, mosIn, mosOut, lossOut: back?.loss ?? null }
  }

  function remember(reading: Reading, { mosIn, mosOut }: Pick<CallQuality, 'mosIn' | 'mosOut'>): void {
    const before = window.at(-1)
    if (before !== undefined) {
      const fresh = reading.packetsLost - before.packetsLost
      lost += fresh
      expected += fresh + reading.packetsReceived - before.packetsReceived
    }
    if (mosIn !== null) {
      all.mosIn.push(mosIn)
      all.jitter.push(reading.jitterMs)
    }
    if (reading.heardBack !== null && reading.heardBack.at !== reported && mosOut !== null) {
      reported = reading.heardBack.at
      all.mosOut.push(mosOut)
      lossOut.push(reading.heardBack.loss)
      if (reading.rttMs !== null) all.rtt.push(reading.rttMs)
    }
  }

  return {
    take: (at, reading, listening) => {
      // On hold nobody sends, and what was lost then is nobody's.
      if (listening !== wasListening) {
        window.length = 0
        oneWay.restart(at)
        wasListening = listening
      }
      const heard = oneWay.take(at, reading)
      const now = scores(reading)
      if (listening) remember(reading, now)
      window.push(reading)
      if (window.length > WINDOW) window.shift()
      const worst = Math.min(now.mosIn ?? 4.5, now.mosOut ?? 4.5)
      const count = worst >= limits.satisfied ? 3 : worst >= limits.someNot ? 2 : 1
      const deaf = nothingHeard.take(listening && heard.nothingHeard, (next) => next)
      const mute = notHeard.take(listening && heard.notHeard, (next) => next)
      return {
        ...now,
        jitterMs: reading.jitterMs,
        rttMs: reading.rttMs,
        codecs: reading.inUse,
        bars:
          !listening || (now.mosIn === null && now.mosOut === null)
            ? null
            : bars.take(count, (next, old) => next < old),
        trouble: deaf ? (mute ? 'both' : 'nothingHeard') : mute ? 'notHeard' : null,
      }
    },
    record: (longestGapMs) =>
      all.mosIn.length + all.mosOut.length === 0
        ? null
        : {
            mosIn: mean(all.mosIn),
            mosOut: mean(all.mosOut),
            lossIn: share(lost, expected),
            lossOut: mean(lossOut),
            jitterMs: mean(all.jitter) ?? 0,
            rttMs: mean(all.rtt),
            longestGapMs,
          },
  }
}
