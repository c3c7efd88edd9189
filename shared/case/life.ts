/**
 * What happens to a case after the call: who has it, what was granted, how it came back. The steps stand in case-step.ts
 * and steps.ts; what each leaves behind is folded here.
 */
import type { CaseKind } from './case-kind.ts'
import type { CaseStep, PublicEvent } from './case-step.ts'

/** `own`: no visit, but the rating that she who called besides gave by a message. */
export type Visit = Omit<Extract<CaseStep, { type: 'visit' }>, 'type' | 'note'> & { readonly own?: boolean }

/** A call about a case that another one opened. */
export type JoinedCall = {
  /** Her identity, as she said it in this call. */
  readonly callerId: string
  readonly callId: string | null
  readonly takenBy: string
  readonly at: number
  /** What her matter was: who reports something is as secret here as in a case of her own. */
  readonly kind: CaseKind | null
  readonly wantsReply: boolean
  /** The case that she had until it was joined into this one. */
  readonly from: string | null
  /** By who had called about this case before; not said where she had not. */
  readonly again?: boolean
}

/** What the steps so far have left behind. Times in ms. */
export type CaseLife = {
  /** The unit that leads; null while none has it. */
  readonly unit: string | null
  readonly others: readonly string[]
  /** Assigned upon review: it may not be returned again. */
  readonly reviewed: boolean
  /** Since when the unit that leads has had it, and when it signed. */
  readonly dispatchedAt: number | null
  readonly signedAt: number | null
  /** Working days asked for and not yet decided; working days granted. */
  readonly asked: number | null
  readonly extraDays: number
  readonly pauses: readonly { readonly from: number; readonly to: number | null }[]
  readonly answer: string | null
  readonly contributions: readonly { readonly unit: string; readonly text: string }[]
  /** Since the answer that stands; those of who opened the case, since her own rating where she gave one. */
  readonly visits: readonly Visit[]
  /** The own rating of who opened the case, of the answer that stands; null while she gave none. */
  readonly rated: number | null
  /** She rated badly, and nobody has spoken with her since. */
  readonly visitOwed: boolean
  readonly rehandled: number
  /** When it was begun anew: from then on its deadline runs. */
  readonly begunAnewAt: number | null
  readonly supervised: number
  readonly into: string | null
  /** Who joined it there; null while it is not. */
  readonly joinedBy: string | null
  /** Who else called about it; the first so many of them went over to `into` when it was joined. */
  readonly calls: readonly JoinedCall[]
  readonly handedOver: number
  readonly event: PublicEvent | null
}

export const newLife: CaseLife = {
  unit: null,
  others: [],
  reviewed: false,
  dispatchedAt: null,
  signedAt: null,
  asked: null,
  extraDays: 0,
  pauses: [],
  answer: null,
  contributions: [],
  visits: [],
  rated: null,
  visitOwed: false,
  rehandled: 0,
  begunAnewAt: null,
  supervised: 0,
  into: null,
  joinedBy: null,
  calls: [],
  handedOver: 0,
  event: null,
}

export const isSuspended = ({ pauses }: CaseLife): boolean => pauses.at(-1)?.to === null

const resumed = (life: CaseLife, at: number): CaseLife => ({
  ...life,
  pauses: life.pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause)),
})

/** 不满意 and 非常不满意: who says so is called. */
export const BAD_RATING = 2
/** So often a citizen is tried before it may be left at that. */
export const VISITS_IN_VAIN = 3
/** How often who opened the case was tried for; to her alone a message goes that asks for a rating. */
const openerTries = (visits: readonly Visit[]) => visits.filter(({ caller }) => caller === undefined).length

/** With another unit, or none, what the one before did and asked for is over; what the citizen was promised stays. */
const given = (life: CaseLife, unit: string | null, at: number): CaseLife => ({
  ...resumed(life, at),
  ...{ unit, others: [], dispatchedAt: unit === null ? null : at, signedAt: null },
  ...{ asked: null, answer: null, contributions: [] },
})

/** When a step was taken, and by whom, of a member unit, or null for the centre. */
export type StepStamp = { readonly at: number; readonly by: string; readonly unit: string | null }
/** A step that was taken: `left` names those who left by it, where an event says so. */
type Taken = StepStamp & { readonly left?: readonly string[] }

/**
 * The calls that go where this one goes: those of a case that was joined are together, and so is what somebody wrote down,
 * as secret, in one call. Of others' words the call alone would tell whose they are (K10.4).
 */
export function callsWith({ calls }: CaseLife, callerId: string): readonly JoinedCall[] {
  const named = calls.find((call) => call.callerId === callerId)
  if (named === undefined) return []
  const { from, callId, takenBy } = named
  const isReport = named.kind === 'report'
  const isOfThatCall = (call: JoinedCall) =>
    callId !== null && call.callId === callId && call.from === null && call.takenBy === takenBy
  return calls.filter((call) => {
    if (from !== null) return call.from === from
    return call === named || (isOfThatCall(call) && (call.kind === 'report') === isReport)
  })
}

/** Without these calls, and without what was tried for who made them. */
function without(life: CaseLife, gone: readonly string[]): CaseLife {
  const callers = new Set<string | undefined>(gone)
  return {
    ...life,
    calls: life.calls.filter(({ callerId }) => !callers.has(callerId)),
    visits: life.visits.filter(({ caller }) => caller === undefined || !callers.has(caller)),
  }
}

/** Folds a step that was decided. */
export function stepped(life: CaseLife, step: CaseStep, { at, by, unit, left }: Taken): CaseLife {
  switch (step.type) {
    case 'dispatch':
      return given(life, step.unit, at)
    case 'redispatch':
      return { ...given(life, step.unit, at), reviewed: true }
    case 'return':
      return given(life, null, at)
    case 'sign':
      return { ...life, signedAt: at }
    case 'invite':
      return { ...life, others: [...new Set([...life.others, ...step.units])].filter((one) => one !== life.unit) }
    case 'askExtension':
      return { ...life, asked: step.days }
    case 'grantExtension':
      return { ...life, asked: null, extraDays: life.extraDays + step.days }
    case 'denyExtension':
      return { ...life, asked: null }
    case 'suspend':
      return { ...life, pauses: [...life.pauses, { from: at, to: null }] }
    case 'resume':
      return resumed(life, at)
    case 'contribute':
      return { ...life, contributions: [...life.contributions, { unit: unit ?? '', text: step.text }] }
    case 'answer':
      // Another answer is another matter to ask the citizen about: what she said of the one before is in the history.
      return { ...resumed(life, at), answer: step.text, asked: null, visits: [], rated: null, visitOwed: false }
    case 'visit': {
      const { type: _type, note: _note, ...visit } = step
      const visits = [...life.visits, visit]
      const stillOwed =
        life.visitOwed && !(visit.caller === undefined && visit.reached) && openerTries(visits) < VISITS_IN_VAIN
      return { ...life, visits, visitOwed: stillOwed }
    }
    case 'sendBack':
      // There will be another answer, and she is asked anew.
      return { ...life, visitOwed: false }
    case 'rate': {
      const others = life.visits.filter(({ caller }) => caller !== step.caller)
      if (step.caller !== undefined) {
        const own = { caller: step.caller, reached: false, solved: null, rating: step.rating, own: true }
        return { ...life, visits: [...others, own] }
      }
      // Tries from before say nothing of whether she was asked what was wrong.
      return {
        ...life,
        visits: others,
        rated: step.rating,
        visitOwed: step.rating <= BAD_RATING,
      }
    }
    case 'rehandle':
      return {
        ...life,
        rehandled: life.rehandled + 1,
        begunAnewAt: at,
        answer: null,
        extraDays: 0,
        pauses: [],
        visitOwed: false,
      }
    case 'supervise':
      return { ...life, supervised: life.supervised + 1 }
    case 'join':
      return { ...life, into: step.into, joinedBy: by, handedOver: life.calls.length }
    case 'unjoin':
      return { ...given(life, null, at), into: null, joinedBy: null, handedOver: 0 }
    case 'takeOut':
      return without(life, left ?? callsWith(life, step.caller).map(({ callerId }) => callerId))
    case 'makeEvent': {
      const { type: _type, ...event } = step
      return { ...life, event }
    }
    case 'endEvent':
      return { ...life, event: null }
    default:
      return life
  }
}
