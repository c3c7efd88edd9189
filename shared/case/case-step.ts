/** The states of a case, and the steps between them as they are asked for; who may take which stands in steps.ts. */
import { z } from 'zod'

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
