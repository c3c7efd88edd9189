/** The words of the operator: drafts, cases, and the facts of the calls that they came of. */
import { z } from 'zod'
import { noMatterOutcomes } from '../call/call-fact.ts'
import { callMarksSchema } from '../call/call-marks.ts'
import { toldFactSchema } from '../call/phone-snapshot.ts'
import { caseFormSchema } from '../case/case-form.ts'
import { followSchema, settleSchema, standingSchema } from '../case/late-edit.ts'
import { caseSummarySchema } from '../sync/protocol.ts'
import { callId, caseId, nothing, type Commands, type Events } from './spec.ts'

export const draftSchema = z.object({
  caseId,
  callId: callId.nullable(),
  form: caseFormSchema,
  startedAt: z.number(),
  updatedAt: z.number(),
  /** The number of the case once it was saved; until then the draft is only the operator's. */
  caseNo: z.string().nullable(),
  /** Whether the case stands saved with just these words. */
  clean: z.boolean(),
})
export type Draft = z.infer<typeof draftSchema>

export const caseCommands = {
  'call.record': { to: 'store', from: ['phone'], input: toldFactSchema, output: nothing },
  /** The operator's word that a call led to no case. */
  'call.settle': {
    to: 'store',
    from: ['desk'],
    input: z.object({ callId, outcome: z.enum(noMatterOutcomes) }),
    output: nothing,
  },
  /** What was marked of a call of this desk; nothing of one that it does not know. */
  'call.marks': { to: 'store', from: ['desk'], input: z.object({ callId }), output: callMarksSchema },
  /** Calls whose end nobody lived to tell, except those that are up, end at the last thing known of them. */
  'call.endUnfinished': { to: 'store', from: ['main'], input: z.object({ up: z.array(callId) }), output: nothing },
  /** Answers after the commit: what it acknowledges survives kill -9. */
  'draft.save': {
    to: 'store',
    from: ['desk'],
    // The author travels with the words: they may reach the store after the next operator has signed in.
    input: draftSchema
      .omit({ updatedAt: true, caseNo: true, clean: true })
      .extend({ author: z.string().min(1).max(20) }),
    output: z.object({ updatedAt: z.number() }),
  },
  'draft.list': { to: 'store', from: ['desk'], input: nothing, output: z.array(draftSchema) },
  /** These groups were shown to the operator as they stand; her unsaved words stay. */
  'draft.follow': { to: 'store', from: ['desk'], input: followSchema, output: nothing },
  'draft.discard': { to: 'store', from: ['desk'], input: z.object({ caseId }), output: nothing },
  /** Opens the case with its reply, or edits it when it stands already. Answers after the commit. */
  'case.save': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId, callId: callId.nullable(), form: caseFormSchema }),
    output: z.object({ caseNo: z.string(), savedAt: z.number() }),
  },
  /**
   * Makes the call of a draft that is not saved one more call of a case that stands (`into`), with the words of the
   * draft, which goes. Answers after the commit. `invalidInput` names what is missing: her number, where she is owed a reply.
   */
  'case.joinCall': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId, callId: callId.nullable(), form: caseFormSchema, into: caseId }),
    output: z.object({ savedAt: z.number() }),
  },
  /** How the case of a draft stands now, group by group. */
  'case.standing': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId }),
    output: z.array(standingSchema).nullable(),
  },
  /**
   * Settles a late edit; refused where it is settled already, or where something else stands than was shown. Answers
   * how the group stands now, beside what the author had seen of it.
   */
  'case.settle': { to: 'store', from: ['desk'], input: settleSchema, output: standingSchema },
  'case.ofCaller': {
    to: 'store',
    from: ['desk'],
    input: z.object({ phone: z.string().max(64) }),
    /** `complete` is false when central could not be asked and only this desk's own cases are shown. */
    output: z.object({ cases: z.array(caseSummarySchema), complete: z.boolean() }),
  },
  'desk.today': {
    to: 'store',
    from: ['desk'],
    input: nothing,
    output: z.object({
      answered: z.number().int(),
      missed: z.number().int(),
      repliesOwed: z.number().int(),
      callsOwed: z.number().int(),
    }),
  },
} as const satisfies Commands

export const caseEvents = {
  /** Whether the store refuses words that were typed: a window that closes now would lose them. */
  'words.stalled': { from: 'desk', to: ['main'], data: z.object({ stalled: z.boolean() }) },
  'case.confirmed': { from: 'store', to: ['desk'], data: z.object({ caseId }) },
} as const satisfies Events
