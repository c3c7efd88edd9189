/**
 * The case (工单): what a citizen raised, as events tell it. Who the caller is stands in a record of its own
 * that the case only names (`callerId`), so it can be masked, locked and purged (rule 11 of the design).
 */
import { z } from 'zod'
import { caseKinds } from './case-kind.ts'
import type { MessageKind } from './message-kind.ts'
import { noParticulars, particularsSchema, valuesSchema } from './particulars.ts'
import type { CaseLife, JoinedCall } from './life.ts'
import type { CaseState, CaseStep } from './case-step.ts'

/** How the citizen is replied to: at once, by a unit after dispatch, or not at all by the citizen's own word. */
export const replyModes = ['atOnce', 'later', 'notWanted'] as const
export type ReplyMode = (typeof replyModes)[number]

const line = z.string().max(200)
const text = z.string().max(10_000)

export const articleRefSchema = z.object({ id: z.string().max(40), version: z.number().int().positive() })

/** Groups of values that belong together: edits merge by group, never by single field. */
export const groupSchemas = {
  classification: z.object({ kind: z.enum(caseKinds).nullable(), code: z.string().max(20).nullable() }),
  place: z.object({ district: line.nullable(), street: line.nullable(), address: line }),
  caller: z.object({ callerId: z.uuid().toLowerCase() }),
  content: z.object({ text }),
  reply: z.object({ mode: z.enum(replyModes).nullable(), text, articles: z.array(articleRefSchema).max(50) }),
  /** What a form asks of the kind and class beyond these; what of it is personal lies with the caller. */
  particulars: particularsSchema,
} as const

export type CaseGroups = { readonly [G in keyof typeof groupSchemas]: z.infer<(typeof groupSchemas)[G]> }
export type GroupName = keyof CaseGroups
export const groupNames = [
  'classification',
  'place',
  'caller',
  'content',
  'reply',
  'particulars',
] as const satisfies GroupName[]

/** The groups that a case is opened with: an older program knew of no particulars. */
export const openedGroupsSchema = z.object({ ...groupSchemas, particulars: particularsSchema.optional() })
export type OpenedGroups = Omit<CaseGroups, 'particulars'> & Partial<Pick<CaseGroups, 'particulars'>>

export const wholeGroups = (groups: OpenedGroups): CaseGroups => ({
  ...groups,
  particulars: groups.particulars ?? noParticulars,
})

/** Which late edit of a case is meant: the mutation that brought it and its group, for a restore gives other revisions. */
export const lateNameSchema = z.object({
  mutation: z.uuid(),
  group: z.enum(groupNames),
})
export type LateName = z.infer<typeof lateNameSchema>

/** The identity of a caller: personal data, kept apart from the events. */
export const callerSchema = z.object({
  callerId: z.uuid().toLowerCase(),
  name: line.meta({ pii: true }),
  phone: z.string().max(64).meta({ pii: true }),
  /** The particulars that are personal, or tell who reports. */
  papers: valuesSchema.meta({ pii: true }).optional(),
})
export type CallerIdentity = z.infer<typeof callerSchema>

export type CaseRecord = {
  readonly caseId: string
  readonly caseNo: string
  readonly callId: string | null
  readonly state: CaseState
  readonly life: CaseLife
  readonly openedAt: number
  readonly openedBy: string
  readonly groups: CaseGroups
  /** The revision at which each group was last written. */
  readonly groupRevisions: { readonly [G in GroupName]: number }
  /** It is a report, or was one and nobody who may know lifted that: who raised it is for few to know (secrecy.ts). */
  readonly secret: boolean
  /** Edits that came late on a group that had changed: kept, and offered to the operator. */
  readonly late: readonly LateEdit[]
  readonly revision: number
}

/** An edit that came late; `mutation` is what brought it, and with its group its name. */
export type LateEdit = GroupValue & { readonly mutation: string; readonly by: string; readonly at: number }

type Stamp = { readonly at: number; readonly by: string }

export type CaseEvent = Stamp &
  (
    | {
        readonly type: 'caseOpened'
        readonly caseNo: string
        readonly callId: string | null
        readonly groups: OpenedGroups
      }
    /** `lifts`: by it a report is one no more, and who raised it no secret. */
    | { readonly type: 'groupEdited'; readonly edit: GroupValue; readonly lifts?: true }
    | { readonly type: 'lateEditKept'; readonly edit: GroupValue; readonly mutation: string }
    /** What was kept is dealt with: it took the place of what stood, or what stood stays. */
    | { readonly type: 'lateEditSettled'; readonly late: LateName; readonly take: boolean; readonly lifts?: true }
    | { readonly type: 'caseReplied'; readonly state: 'repliedAtOnce' | 'toDispatch' | 'noReplyWanted' }
    /** `state` is where the step led; `unit` whom its author stood for, null for the centre. */
    | {
        readonly type: 'caseStepped'
        readonly step: CaseStep
        readonly state: CaseState
        readonly unit: string | null
        /** Where callers leave the case: what they had been sent of it by then, and is not to be taken back. */
        readonly sent?: readonly MessageKind[]
        /** Who leaves the case by it, where a call is taken out: who was in the same call is not told to everybody. */
        readonly left?: readonly string[]
      }
    /** One more call about this case, or one of a case that was joined into it (`from`), with the words of the caller. */
    | { readonly type: 'callJoined'; readonly call: JoinedCall; readonly groups: CaseGroups }
  )

export type GroupValue = {
  readonly [G in GroupName]: { readonly group: G; readonly value: CaseGroups[G] }
}[GroupName]
