/** The calls of a desk as they are listed: made of their facts alone, so they are the same after any death. */
import { z } from 'zod'
import type { NumberPlan } from '../number-plan.ts'
import { dialPlan } from './dial-plan.ts'
import { callPurposes, type CallPurpose } from './call-fact.ts'

/** How far back the calls of a shift go, in ms: as long as a desk knows who signed in, over midnight and a restart. */
export const SHIFT_MS = 12 * 3_600_000

/** A colleague who calls directly is nobody's citizen: nothing is owed her. */
export const listedPurposes = [...callPurposes, 'colleague'] as const
export type ListedPurpose = (typeof listedPurposes)[number]

export const listedCallSchema = z.object({
  callId: z.string(),
  /** When it began to ring here, or was dialled; ms since the epoch. */
  at: z.number(),
  direction: z.enum(['in', 'out']),
  purpose: z.enum(listedPurposes),
  /** As presented or dialled; '' where it was withheld. Whoever shows it masks it. */
  number: z.string().meta({ pii: true }),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  outcome: z.enum(['completed', 'missed', 'rejected', 'failed', 'lost', 'transferred', 'elsewhere']).nullable(),
  /** To whom she was put through; null where to nobody. */
  transferredTo: z.string().nullable(),
  /** Its case: saved, or a draft of who asks, then without a number. */
  caseId: z.uuid().nullable(),
  caseNo: z.string().nullable(),
  /** Whether the citizen is to be called back (rules B1–B9, electron/store/db/call-book.ts). */
  owed: z.boolean(),
  /** Another desk answered the citizen, in this call or in a later one. */
  answeredElsewhere: z.boolean(),
  /** How often that was tried, and nobody answered. */
  tries: z.number().int(),
})
export type ListedCall = z.infer<typeof listedCallSchema>

/** Whose call it is that came in: one from an extension, that no queue brought, is a colleague's. */
export function purposeOfOffer(number: string, queue: string, plan: NumberPlan): ListedPurpose {
  const read = dialPlan(number, plan)
  return queue === '' && read.ok && read.kind === 'extension' ? 'colleague' : 'citizen'
}

/** Whether a call is a citizen's, and its number can be dialled. */
export function canCallBack(
  { purpose, number }: { purpose: ListedPurpose | CallPurpose; number: string },
  plan: NumberPlan,
): boolean {
  return purpose === 'citizen' && dialPlan(number, plan).ok
}
