/**
 * What happens to a case after the call: who has it, what was granted, how it came back. The states are those of
 * caseStates; the steps between them stand in steps.ts, and what each leaves behind is folded here.
 */
import { z } from 'zod'
import type { CaseKind } from './case-record.ts'

/** 已受理 · 当场答复 · 无需回复 · 待派单 · 待签收 · 办理中 · 已反馈待回访 · 已办结 · 不予受理 · 已并单 · 已归档. */
export const caseStates = [
  'accepted',
  'repliedAtOnce',
  'noReplyWanted',
  'toDispatch',
  'toSign',
  'inHand',
  'answered',
  'settled',
  'notAccepted',
  'joined',
  'archived',
] as const
export type CaseState = (typeof caseStates)[number]

/** Whether this version knows such a state. */
export function isCaseState(state: string): state is CaseState {
  return caseStates.some((each) => each === state)
}

/** The states in which the operator who took the call still says how the citizen is replied to: no unit has it yet. */
export const deskStates: readonly CaseState[] = ['accepted', 'repliedAtOnce', 'noReplyWanted', 'toDispatch']

/** The states in which the citizen still waits for a reply. */
export const owedStates: readonly CaseState[] = ['toDispatch', 'toSign', 'inHand', 'answered']

const reason = z.string().trim().min(1).max(1000)
/** The id of a member unit in the directory: its name may change. */
const unitId = z.string().min(1).max(40)
const days = z.number().int().min(1).max(60)

/** What an event is called, and what whoever calls about it is told. */
export const eventSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  say: z.string().trim().min(1).max(500),
})
/** 事件: what many call about, made out of one case. */
export type PublicEvent = z.infer<typeof eventSchema>

/** 好差评 has five levels, 5 the best. */
const rating = z.number().int().min(1).max(5)

/** One step in the life of a case; who may take which, and from where, stands in steps.ts. */
export const caseStepSchema = z.discriminatedUnion('type', [
  /** 派单: to the unit that leads. */
  z.strictObject({ type: z.literal('dispatch'), unit: unitId }),
  /** 签收. */
  z.strictObject({ type: z.literal('sign') }),
  /** 退回: not this unit's affair. */
  z.strictObject({ type: z.literal('return'), reason }),
  /** 改派: to another unit, upon review; that one may not return it. */
  z.strictObject({ type: z.literal('redispatch'), unit: unitId, reason }),
  /** 会办: others take part, the first unit leads. */
  z.strictObject({ type: z.literal('invite'), units: z.array(unitId).min(1).max(20) }),
  /** 延期: asked for with a reason, granted or not by the centre. */
  z.strictObject({ type: z.literal('askExtension'), days, reason }),
  z.strictObject({ type: z.literal('grantExtension'), days }),
  z.strictObject({ type: z.literal('denyExtension'), reason }),
  /** 挂起 and its end: the deadline stands still. */
  z.strictObject({ type: z.literal('suspend'), reason }),
  z.strictObject({ type: z.literal('resume') }),
  /** What a unit that takes part has to say to the one that leads. */
  z.strictObject({ type: z.literal('contribute'), text: z.string().trim().min(1).max(10_000) }),
  /** 反馈. */
  z.strictObject({ type: z.literal('answer'), text: z.string().trim().min(1).max(10_000) }),
  /** The answer will not do. */
  z.strictObject({ type: z.literal('sendBack'), reason }),
  /** 回访: `rating` is the citizen's word on the matter, null where she gave none. */
  z.strictObject({
    type: z.literal('visit'),
    reached: z.boolean(),
    solved: z.boolean().nullable(),
    rating: rating.nullable(),
    note: z.string().max(1000),
    /** Which of those who called, by the identity of her call; who opened the case where nobody is named. */
    caller: z.uuid().toLowerCase().optional(),
  }),
  /** 市民评价: a citizen's own, by a message; `text` are her words. Nobody of the house takes it. */
  z.strictObject({
    type: z.literal('rate'),
    rating,
    text: z.string().trim().max(500),
    /** Which of those who called, as with a visit. */
    caller: z.uuid().toLowerCase().optional(),
  }),
  /** 办结 after the visit, or after visits in vain. */
  z.strictObject({ type: z.literal('settle') }),
  /** 重办. */
  z.strictObject({ type: z.literal('rehandle'), reason }),
  /** 督办. */
  z.strictObject({ type: z.literal('supervise'), reason }),
  /** 不予受理: the reason, and the channel that is right. */
  z.strictObject({ type: z.literal('decline'), reason, channel: reason }),
  /** 并单: `into` is the case that goes on. */
  z.strictObject({ type: z.literal('join'), into: z.uuid().toLowerCase() }),
  /** 撤销并单: it was another matter after all, and goes on by itself. */
  z.strictObject({ type: z.literal('unjoin'), reason }),
  /** 移出来电: whoever called about something else gets a case of her own; a call by the identity that it has. */
  z.strictObject({ type: z.literal('takeOut'), caller: z.uuid().toLowerCase(), reason }),
  /** 归档. */
  z.strictObject({ type: z.literal('archive') }),
  /** 事件: made out of this case, or told in other words from now on; and no event any more. */
  eventSchema.extend({ type: z.literal('makeEvent') }),
  z.strictObject({ type: z.literal('endEvent') }),
])
export type CaseStep = z.infer<typeof caseStepSchema>
export type StepType = CaseStep['type']

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

/** The calls that go where this one goes: those of a case that was joined are together, and so is what was said in one call. */
export function callsWith({ calls }: CaseLife, callerId: string): readonly JoinedCall[] {
  const named = calls.find((call) => call.callerId === callerId)
  if (named === undefined) return []
  const { from, callId } = named
  return calls.filter((call) =>
    from === null ? call === named || (callId !== null && call.callId === callId) : call.from === from,
  )
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
