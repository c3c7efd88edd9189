/** What came of a citizen's leg: each has one outcome, ten minutes after its end, or stands on the list (E3 to E6, central/SPEC.md). */
import { z } from 'zod'
import { noMatterOutcomes } from '../call/call-fact.ts'
import { callBackOf, MOST_TRIES, type OtherCall } from '../call/call-owed.ts'
import { dialPlan } from '../call/dial-plan.ts'
import type { NumberPlan } from '../number-plan.ts'
import type { LegEnding, LegRow } from './fold-leg.ts'

/** How long after its end a leg may be without one, in ms. */
export const OUTCOME_MS = 10 * 60_000
/** A leg of which nothing was heard for so long has ended, though no exchange said so (it lost its power, say); in ms. */
export const SILENT_MS = 4 * 3_600_000

export const legOutcomes = [
  'newCase',
  /** One more call about a case that stood. */
  'joinedCase',
  'caseAmended',
  ...noMatterOutcomes,
  'handedOver',
  /** We called the citizen and reached her. */
  'calledBack',
  /** She called again: was answered, or that newer call stands for this one. */
  'calledAgain',
  /** So often as the rule says she was called in vain. */
  'notReached',
  /** No number that can be dialled was presented. */
  'cannotCallBack',
  /** The monitor's word, with a reason. */
  'settledByHand',
] as const
export type LegOutcome = (typeof legOutcomes)[number]
export const legOutcomeSchema = z.enum(legOutcomes)

/** What desks told central that concerns a leg. */
export type Told = {
  /** The outcome of the desk's call, and what its operator said of it; null where no desk told any. */
  readonly callOutcome: string | null
  readonly settledOutcome: string | null
  /** The case that was opened in it, and one of the same citizen that the desk which answered amended about then. */
  readonly openedCase: string | null
  /** The case to which it was joined. */
  readonly joinedCase: string | null
  readonly amendedCase: string | null
  /** Her other calls, as callBackOf asks for them. */
  readonly others: readonly OtherCall[]
}

/** An outcome and, where there is one, its case. */
export type Settled = { readonly outcome: LegOutcome; readonly caseId: string | null }

type Ended = Pick<LegRow, 'number' | 'answeredAt'> & { readonly ending: LegEnding | null }

function isNoMatter(outcome: string | null): outcome is (typeof noMatterOutcomes)[number] {
  return (noMatterOutcomes as readonly (string | null)[]).includes(outcome)
}

/** Whether a call back is owed: whoever was not answered is, however that came, and who was lost in the middle. */
function owesCallBack({ answeredAt }: Ended, { callOutcome }: Told): boolean {
  return answeredAt === null || callOutcome === 'lost'
}

/** The outcome of a leg that is over; null while it has none. `plan`: how numbers are meant at the centre. */
export function outcomeOf(leg: Ended, told: Told, plan: NumberPlan): Settled | null {
  const bare = (outcome: LegOutcome): Settled => ({ outcome, caseId: null })
  if (told.openedCase !== null) return { outcome: 'newCase', caseId: told.openedCase }
  if (told.joinedCase !== null) return { outcome: 'joinedCase', caseId: told.joinedCase }
  if (isNoMatter(told.settledOutcome)) return bare(told.settledOutcome)
  if (told.amendedCase !== null) return { outcome: 'caseAmended', caseId: told.amendedCase }
  if (told.callOutcome === 'transferred') return bare('handedOver')
  if (!owesCallBack(leg, told)) return null
  const { kept, tries } = callBackOf(told.others)
  if (kept !== null) return bare(kept)
  if (!dialPlan(leg.number, plan).ok) return bare('cannotCallBack')
  return tries >= MOST_TRIES ? bare('notReached') : null
}
