import type { CallStats } from '../../shared/call/phone-snapshot.ts'
import type { CallQuality } from '../../shared/call/call-quality.ts'
import type { QualityRecord } from '../../shared/call/quality-record.ts'
import type { Output } from './output.ts'
import { createQuality } from './quality.ts'
import { readStats } from './read-stats.ts'
import type { Meters } from './sound-meter.ts'

/** The media of one call: what is heard, what is sent, and the proof of both. */
export type CallMedia = {
  stats(): CallStats
  /** `mic`: the other side hears the operator; `ear`: she hears it. */
  hear(hearing: { readonly mic: boolean; readonly ear: boolean }): void
  /** Stops all measuring; the call's media is over. Answers how it sounded, where that was measured. */
  release(): QualityRecord | null
}

/** What is found of the packets of a call. */
export type MediaNews = {
  /** Whether somebody has answered: how it sounds before, and whom nobody hears yet, is not told. */
  readonly answered: boolean
  /** Received by us, and our sound reported received by the other side's RTCP: once. */
  confirmed(): void
  /** Packets come, or have not come for a second: whenever that changes. */
  flows(now: boolean): void
}

type Hooks = MediaNews & {
  levels(citizen: number, operator: number): void
  /** Once a second, of the call that is spoken with. */
  quality(quality: CallQuality): void
}

type Around = {
  /** What this call is measured with; closed with it. */
  readonly meters: Meters
  /** Where the other side is heard. */
  readonly speakers: Output
}

const POLL_MS = 50
const LEVEL_EVERY = 2
const QUALITY_EVERY = 20
/** Polls without a packet after which none come. */
const DRY = 20

/** Plays the other side and watches the peer connection until released. */
export function watchMedia(
  callId: string,
  peer: RTCPeerConnection,
  microphone: MediaStream,
  { meters, speakers }: Around,
  on: Hooks,
): CallMedia {
  const counters = {
    packetsReceived: 0,
    packetsSent: 0,
    remoteLost: null as number | null,
    remoteReports: 0,
    longestGapMs: 0,
  }
  const incoming = new MediaStream(peer.getReceivers().map(({ track }) => track))
  const speaker = new Audio()
  speaker.autoplay = true
  speaker.srcObject = incoming
  const letGo = speakers.add(speaker)
  const citizen = meters.of(incoming)
  let operator = meters.of(microphone)
  let [speaking] = microphone.getAudioTracks()
  microphone.addEventListener('addtrack', takeMicrophone)
  // One that took its time may have opened after the answer was made, which then sends what has ended since.
  sendSpeaking(undefined)
  let confirmed = false
  /** The other side has reported our sound received. */
  let heardThere = false
  let polls = 0
  let lastReport = 0
  /** The time of the first report since the call is heard, by the clock of the reports; null before it. */
  let heardSince: number | null = null
  const quality = createQuality()
  /** Polls since the last packet. */
  let dry = DRY

  /** The call goes on with another microphone; what is mixed for three is mixed anew elsewhere. */
  function takeMicrophone(): void {
    const before = speaking
    ;[speaking] = microphone.getAudioTracks()
    operator = meters.of(microphone)
    sendSpeaking(before)
  }

  /** Sends the microphone in the place of the one before, and of one that is over. */
  function sendSpeaking(before: MediaStreamTrack | undefined): void {
    if (peer.connectionState === 'closed') return
    for (const sender of peer.getSenders()) {
      const { track } = sender
      if (track === null || (track !== before && track.readyState !== 'ended')) continue
      void sender.replaceTrack(speaking ?? null).catch(() => undefined)
    }
  }

  /** Who is held sends nothing: only of a call that is listened to, and since then, silence on the wire is a gap. */
  function noteGap(now: number, last: number): void {
    heardSince ??= now
    counters.longestGapMs = Math.max(counters.longestGapMs, now - Math.max(last, heardSince))
  }

  function read(report: RTCStatsReport): void {
    const sent = counters.packetsSent
    report.forEach((entry) => {
      if (entry.type === 'inbound-rtp') {
        counters.packetsReceived = entry.packetsReceived
        if (heard.ear && entry.lastPacketReceivedTimestamp) noteGap(entry.timestamp, entry.lastPacketReceivedTimestamp)
      }
      if (entry.type === 'outbound-rtp') counters.packetsSent = entry.packetsSent
      if (entry.type === 'remote-inbound-rtp' && entry.timestamp > lastReport) {
        lastReport = entry.timestamp
        counters.remoteReports += 1
        // They report before anything of ours has come, too; and that all of it was lost.
        if (sent > 0 && (entry.fractionLost ?? 0) < 1) heardThere = true
        counters.remoteLost = entry.packetsLost
      }
    })
  }

  function noteFlow(came: boolean): void {
    if (came && dry >= DRY) on.flows(true)
    dry = came ? 0 : dry + 1
    if (dry === DRY) on.flows(false)
  }

  async function poll(): Promise<void> {
    if (peer.connectionState === 'closed') return
    const report = await peer.getStats()
    const before = counters.packetsReceived
    read(report)
    noteFlow(counters.packetsReceived > before)
    if (!confirmed && counters.packetsReceived > 0 && heardThere) {
      confirmed = true
      on.confirmed()
    }
    // Of calls beside each other the meters show the one that is spoken with.
    if (++polls % LEVEL_EVERY === 0 && heard.ear) on.levels(citizen.read().level, heard.mic ? operator.read().level : 0)
    if (polls % QUALITY_EVERY === 0) {
      const now = quality.take(performance.now(), readStats(report), heard.ear)
      if (heard.ear && on.answered) on.quality(now)
    }
  }

  let heard = { mic: true, ear: true }
  const timer = setInterval(() => void poll(), POLL_MS)

  return {
    stats: () => ({ callId, ...counters, citizen: citizen.read(), operator: operator.read() }),
    hear: (hearing) => {
      if (!hearing.ear) heardSince = null
      heard = hearing
      speaker.muted = !hearing.ear
      for (const track of microphone.getAudioTracks()) track.enabled = hearing.mic
    },
    release: () => {
      clearInterval(timer)
      microphone.removeEventListener('addtrack', takeMicrophone)
      letGo()
      speaker.srcObject = null
      meters.close()
      return quality.record(counters.longestGapMs)
    },
  }
}
