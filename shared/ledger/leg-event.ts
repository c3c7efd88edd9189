/** What an exchange tells of a citizen's leg, in one form whatever the exchange: made by `cel.ts`, or written so. */
import { z } from 'zod'

const name = z.string().min(1).max(128)
const at = z.number().int().nonnegative()
/** The leg of one operator's telephone, as the exchange names it, and her extension. */
const line = { line: name, extension: z.string().max(64) }

/**
 * One event; `leg` is the exchange's name of the citizen's leg (the desks know it as the call's `callId`), `at`
 * milliseconds since the epoch by the exchange's clock. Events are a set: their order says nothing.
 */
export const legEventSchema = z.discriminatedUnion('kind', [
  /** A citizen's leg reached the exchange, from `number` ('' where it was withheld) to what she dialled. */
  z.object({
    kind: z.literal('began'),
    leg: name,
    at,
    number: z.string().max(64).meta({ pii: true }),
    called: z.string().max(64),
  }),
  z.object({ kind: z.literal('queued'), leg: name, at, queue: z.string().max(64) }),
  /** A telephone of the house began to ring for it, and a telephone and the citizen were put together. */
  z.object({ kind: z.enum(['rang', 'spoke']), leg: name, at, ...line }),
  /** That telephone's leg is over. */
  z.object({ kind: z.literal('lineEnded'), leg: name, at, line: name }),
  /** It came outside the hours and was told so. */
  z.object({ kind: z.literal('afterHours'), leg: name, at }),
  /** The citizen's own keys, after the call: 5 very satisfied … 1 very dissatisfied. */
  z.object({ kind: z.literal('rated'), leg: name, at, level: z.number().int().min(1).max(5) }),
  z.object({ kind: z.literal('ended'), leg: name, at, by: z.enum(['citizen', 'operator', 'exchange']) }),
])
export type LegEvent = z.infer<typeof legEventSchema>

/** The most events, and set-aside lines, of one batch. */
export const MOST_EVENTS = 500

/**
 * What stands in a growing file from byte `from` up to `to`: its events, and the lines that nobody understood.
 * `source` names the file by its content, so a renamed or copied one keeps its name.
 */
export const legBatchSchema = z.object({
  source: z.string().regex(/^[\da-f]{64}$/),
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  events: z.array(legEventSchema).max(MOST_EVENTS),
  strange: z.array(z.object({ at: z.number().int().nonnegative(), line: z.string().max(4096) })).max(MOST_EVENTS),
})
export type LegBatch = z.infer<typeof legBatchSchema>

/** Up to where central has this file; `taken`: this batch was what it waited for. */
export const legBatchAnswerSchema = z.object({ position: z.number().int().nonnegative(), taken: z.boolean() })
export type LegBatchAnswer = z.infer<typeof legBatchAnswerSchema>
