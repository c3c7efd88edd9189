import { z } from 'zod'
import { callFactSchema } from './call-fact.ts'
import type { EchoTest } from './echo-test.ts'
import type { Lines } from './lines.ts'
import type { OperatorState } from './operator-status.ts'
import type { QueueWord } from './queue-word.ts'
import type { UntakenCall } from './untaken-call.ts'

/** Why the line is not ready, in the operator's terms. */
export type LineProblem = 'unreachable' | 'wrongCredentials' | 'refused'

/** A fact with who was signed in when it was seen: it may be told after the next operator has come. */
export const toldFactSchema = z.object({ fact: callFactSchema, author: z.string().max(20) })
export type ToldFact = z.infer<typeof toldFactSchema>

/** All that a desk needs to show the phone, also one that opens in mid-call. */
export type PhoneSnapshot = Lines & {
  readonly operator: OperatorState
  /** How long a wrap-up ought to last, in seconds; 0 for no limit. */
  readonly wrapUpSeconds: number
  /** Whether the exchange's queue knows the operator's status. */
  readonly queue: QueueWord
  /** Whether the exchange can be asked to pause its recording. */
  readonly canPause: boolean
  /** When the call that rings is answered by itself, in ms; null where it is not. */
  readonly autoAnswerAt: number | null
  /** The last test of the sound by the exchange's echo; null where none is shown. */
  readonly echo: EchoTest | null
  /** The number of that echo; null where the exchange has none. */
  readonly echoNumber: string | null
  /** The last call that could not be taken here; null where none is shown. */
  readonly untaken: UntakenCall | null
  readonly line: 'off' | 'connecting' | 'registered' | 'failed'
  readonly problem: LineProblem | null
  /** `stuck`: one that is there does not open. */
  readonly microphone: 'unknown' | 'ready' | 'missing' | 'denied' | 'stuck'
  readonly sound: 'ready' | 'blocked'
  /** Whose line it is; empty while nobody is signed in. */
  readonly author: string
  /** What the store has not taken yet; a phone that is started again tells it on. */
  readonly untold: readonly ToldFact[]
  /** Whether the store refuses them. */
  readonly stalled: boolean
}

export const phoneSnapshotSchema = z.custom<PhoneSnapshot>(
  (value) => typeof value === 'object' && value !== null && 'operator' in value && 'line' in value,
)

const sideSchema = z.object({
  /** Root mean square of the last 50 ms, 0 to 1. */
  level: z.number(),
  /** The strongest frequency of the last spectrum in Hz; 0 for silence. */
  peakHz: z.number(),
})

/** What is heard and said, measured: RTP counters from the peer connection, spectra from Web Audio. */
export const callStatsSchema = z.object({
  callId: z.string(),
  packetsReceived: z.number(),
  packetsSent: z.number(),
  /** Packets of ours that the other side reported lost; null until its first RTCP report. */
  remoteLost: z.number().nullable(),
  /** The other side's reports of receiving us (RTCP receiver reports with a round trip). */
  remoteReports: z.number(),
  /** The longest time in ms without a new packet from the citizen while she was heard, since the call was answered. */
  longestGapMs: z.number(),
  citizen: sideSchema,
  operator: sideSchema,
})
export type CallStats = z.infer<typeof callStatsSchema>
