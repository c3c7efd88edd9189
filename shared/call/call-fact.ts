import { z } from 'zod'
import { qualityRecordSchema } from './quality-record.ts'

const id = z.string().min(1).max(128)
const at = z.number().int().nonnegative()
const warnings = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** The outcomes an operator may give a call that led to no case. */
export const noMatterOutcomes = ['silent', 'wrongNumber', 'abuse'] as const
export type NoMatter = (typeof noMatterOutcomes)[number]

/**
 * What a call of this desk's own is for: a citizen's, with a case of its own; or one beside hers, to ask somebody, to
 * hand her over as soon as somebody answers, or to bring an emergency service in.
 */
export const callPurposes = ['citizen', 'consult', 'handOver', 'emergency'] as const
export type CallPurpose = (typeof callPurposes)[number]

/**
 * What happened to a call, as the phone saw it. Facts are never refused, only added (rule 3 of the design);
 * `callId` is the exchange's name of the citizen's leg, `at` milliseconds since the epoch by the desk's
 * corrected clock, `number` the caller's number as presented.
 */
export const callFactSchema = z.discriminatedUnion('kind', [
  z.object({ callId: id, kind: z.literal('offered'), at, number: z.string().max(64), queue: z.string().max(32) }),
  /** A call that this desk made: a citizen's, or one beside hers. */
  z.object({
    callId: id,
    kind: z.literal('dialled'),
    at,
    number: z.string().max(64),
    purpose: z.enum(callPurposes),
    /** The call that this one was dialled to pay back: the citizen's, missed or lost. */
    paysBack: id.optional(),
  }),
  z.object({ callId: id, kind: z.literal('answered'), at }),
  z.object({ callId: id, kind: z.literal('talking'), at }),
  z.object({ callId: id, kind: z.enum(['held', 'resumed']), at }),
  /** The citizen was put through to `to` (an extension, 110): at once, after a word with them, or as an emergency. */
  z.object({
    callId: id,
    kind: z.literal('transferred'),
    at,
    to: z.string().max(64),
    how: z.enum(['blind', 'attended', 'emergency']),
  }),
  /** The operator warned a citizen who abused her, for the `count`-th time in this call. */
  z.object({ callId: id, kind: z.literal('warned'), at, count: warnings }),
  /** That warning was marked by mistake: it stays a fact, and counts no more. */
  z.object({ callId: id, kind: z.literal('warningWithdrawn'), at, count: warnings }),
  /** A sentence of the courtesy script that the operator ticked as said; `script` is the version it stands in. */
  z.object({
    callId: id,
    kind: z.literal('said'),
    at,
    sentence: z.string().min(1).max(40),
    script: z.number().int().nonnegative(),
  }),
  /** Under which name the exchange would keep a recording of the call: told as it is heard, before anybody answers. */
  z.object({ callId: id, kind: z.literal('recorded'), at, recording: z.string().min(1).max(128) }),
  /** The exchange was asked to pause its recording; it does not say whether it did. */
  z.object({ callId: id, kind: z.literal('recordingPaused'), at }),
  /** It was asked to go on, by the operator or before she put the citizen through; or the call ended. */
  z.object({
    callId: id,
    kind: z.literal('recordingResumed'),
    at,
    why: z.enum(['pressed', 'transferred', 'ended']),
  }),
  /** How the call sounded, told once at its end where it was measured. */
  qualityRecordSchema.extend({ callId: id, kind: z.literal('quality'), at }),
  z.object({
    callId: id,
    kind: z.literal('ended'),
    at,
    outcome: z.enum(['completed', 'missed', 'rejected', 'failed', 'lost', 'transferred', 'elsewhere']),
    /** Nobody lived to see the end: `at` is the last thing known of the call. */
    estimated: z.literal(true).optional(),
  }),
  z.object({
    callId: id,
    kind: z.literal('settled'),
    at,
    outcome: z.enum(['newCase', 'joinedCase', ...noMatterOutcomes]),
    caseId: z.uuid().nullable(),
  }),
])

export type CallFact = z.infer<typeof callFactSchema>
