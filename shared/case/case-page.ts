/** A case with its life, as central answers GET /cases/:caseId and as a desk shows it. */
import { z } from 'zod'
import { pageCallSchema } from './case-calls.ts'
import { callerSchema, type CaseEvent, type CaseRecord } from './case-record.ts'
import { deadlinePhases, type Deadline } from './deadline.ts'
import { fieldSchema } from './form.ts'
import type { CaseLife } from './life.ts'
import { caseStates } from './case-step.ts'

export type Stepped = Extract<CaseEvent, { type: 'caseStepped' }>

/** Read by who was written with the same rules: what it is beside being an object, central vouches for. */
const object = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null)

/** `steps` are those of its life, the oldest first; `caller` is masked where the reader need not know. */
export const casePageSchema = z.object({
  record: object<CaseRecord>().refine(({ caseId, state }) => typeof caseId === 'string' && caseStates.includes(state)),
  steps: z.array(object<Stepped>()),
  caller: callerSchema.nullable(),
  /** Somebody reports something, and who is not for this reader to know. */
  reporterHidden: z.boolean(),
  /** Those that it has particulars of, for their labels. */
  fields: z.array(fieldSchema).default([]),
  /** How complete it is, 0 to 100; null where that is not known here. */
  score: z.number().int().nullable().default(null),
  /** Who called about it, who opened it first; empty from a central that does not say. */
  calls: z.array(pageCallSchema).default([]),
  /** The cases that were joined into it and that are the reader's to see. */
  children: z
    .array(z.object({ caseId: z.uuid(), caseNo: z.string(), openedAt: z.number().int(), summary: z.string() }))
    .default([]),
  /** What was written at desks without a sign-in of its author that covers it, the oldest first; empty for who is not of the centre. */
  unproved: z.array(z.object({ at: z.number().int(), by: z.string(), opening: z.boolean() })).default([]),
  deadlines: z.record(z.enum(deadlinePhases), object<Deadline>().nullable()),
})
export type CasePage = z.infer<typeof casePageSchema>

/** How a case stands after a step. */
export const stepTakenSchema = z.object({
  state: z.enum(caseStates),
  life: object<CaseLife>(),
  revision: z.number().int(),
})
export type StepTaken = z.infer<typeof stepTakenSchema>
