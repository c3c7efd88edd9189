/** Whom a case owes a reply: each who called about it and wants one, not the first alone (rules K8). */
import type { CaseRecord } from './case-record.ts'
import { BAD_RATING, VISITS_IN_VAIN, type CaseLife, type JoinedCall, type Visit } from './life.ts'
import { owedStates, type CaseState } from './case-step.ts'

/** Whether something is still done about a case in this state, as far as this version knows of it. */
export function isOpenState(state: string): boolean {
  return state === 'accepted' || owedStates.some((each) => each === state)
}

/** Somebody who called about a case; `callerId` null for who opened it. */
export type CaseCaller = { readonly callerId: string | null; readonly takenBy: string; readonly wantsReply: boolean }

const visitsOf = ({ visits }: CaseLife, callerId: string | null): readonly Visit[] =>
  visits.filter(({ caller }) => (caller ?? null) === callerId)

/** Reached since the answer that stands, or tried often enough; or she has rated it herself, and well. */
export function wasVisited(life: CaseLife, callerId: string | null): boolean {
  if (callerId === null && (life.visitOwed || life.rated !== null)) return !life.visitOwed
  const visits = visitsOf(life, callerId)
  if (visits.some(({ own, rating }) => own === true && (rating ?? 0) > BAD_RATING)) return true
  return visits.some(({ reached }) => reached) || visits.filter(({ own }) => own !== true).length >= VISITS_IN_VAIN
}

/** The states in which there is something to say to who called, or nothing to wait for any more. */
const repliable: ReadonlySet<CaseState> = new Set([
  'answered',
  'settled',
  'repliedAtOnce',
  'noReplyWanted',
  'notAccepted',
  'joined',
  'archived',
] as const)

/** A rating of a citizen's own that was bad, and upon which nobody has acted yet; `callerId` null for who opened the case. */
export type BadRatingOf = { readonly callerId: string | null; readonly rating: number }

/** The bad ratings of a case that are owed a visit (K5.12). */
export function badRatings({ life, state }: CaseRecord): BadRatingOf[] {
  const opener = life.visitOwed && life.rated !== null ? [{ callerId: null, rating: life.rated }] : []
  if (!repliable.has(state)) return opener
  const others = life.visits.flatMap(({ own, caller, rating }) =>
    own === true && caller !== undefined && rating !== null && !wasVisited(life, caller)
      ? [{ callerId: caller, rating }]
      : [],
  )
  return [...opener, ...others]
}

/** Everybody who called about a case, who opened it first; without those who went over to another case with it. */
export function callersOfCase({ openedBy, groups, life }: CaseRecord): CaseCaller[] {
  const opener = { callerId: null, takenBy: openedBy, wantsReply: groups.reply.mode !== 'notWanted' }
  return [opener, ...life.calls.slice(life.handedOver)]
}

/** How many people called about a case: who called again is one; of who reports something that is not told (K10.3). */
export function countCallers({ life, secret }: CaseRecord): number {
  const isOneMore = ({ again, kind }: JoinedCall) => secret || kind === 'report' || again !== true
  return 1 + life.calls.slice(life.handedOver).filter(isOneMore).length
}

/**
 * Who is to be called now. Who opened the case is visited while it is answered, and afterwards where she rated it badly;
 * she was replied to in her call where it never went to a unit. Whoever called besides is owed a reply in any state in which no unit has it.
 */
export function owedCallers(record: CaseRecord): CaseCaller[] {
  if (!repliable.has(record.state)) return []
  return callersOfCase(record).filter(
    ({ callerId, wantsReply }) =>
      !wasVisited(record.life, callerId) &&
      (callerId === null ? record.state === 'answered' || record.life.visitOwed : wantsReply),
  )
}
