/** A leg of the ledger as readers have it, and the word on one that has no outcome; over HTTP. */
import { z } from 'zod'
import { legEndings } from './fold-leg.ts'
import { legOutcomeSchema, type LegOutcome } from './outcome.ts'

const time = z.number().int().nullable()

/** Times in ms since the epoch, by the exchange's clock; null for what has not happened. */
export const ledgerEntrySchema = z.object({
  exchange: z.string(),
  leg: z.string(),
  /** As presented, '' where it was withheld; masked by the reader's role. */
  number: z.string().meta({ pii: true }),
  called: z.string(),
  beganAt: z.number().int(),
  queue: z.string().nullable(),
  queuedAt: time,
  rangAt: time,
  answeredAt: time,
  answeredBy: z.string().nullable(),
  staffNo: z.string().nullable(),
  endedAt: time,
  ending: z.enum(legEndings).nullable(),
  rating: z.number().int().nullable(),
  /** When it must have an outcome; null while it lasts. */
  dueAt: time,
  outcome: legOutcomeSchema.nullable(),
  caseId: z.uuid().nullable(),
  /** How often the citizen was called back in vain. */
  tries: z.number().int(),
  settledAt: time,
  settledBy: z.string().nullable(),
  reason: z.string().nullable(),
})
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>

/** GET /ledger: rows, and how many stand on the list, beyond those that are told too. */
export const ledgerAnswerSchema = z.object({ rows: z.array(ledgerEntrySchema), open: z.number().int() })
export type LedgerAnswer = z.infer<typeof ledgerAnswerSchema>

/** What a monitor may name; the others are found by what desks told. */
export const nameableOutcomes = [
  'handedOver',
  'silent',
  'wrongNumber',
  'abuse',
  'cannotCallBack',
  'settledByHand',
] as const satisfies readonly LegOutcome[]
export type NameableOutcome = (typeof nameableOutcomes)[number]

const name = { exchange: z.string().min(1).max(64), leg: z.string().min(1).max(128) }

/** POST /ledger/settle: the outcome with a reason, or the case that the call was about, by its number. */
export const legWordSchema = z.union([
  z.object({ ...name, caseNo: z.string().trim().min(1).max(40) }),
  z.object({
    ...name,
    outcome: z.enum(nameableOutcomes).default('settledByHand'),
    reason: z.string().trim().min(1).max(500),
  }),
])
export type LegWord = z.infer<typeof legWordSchema>
