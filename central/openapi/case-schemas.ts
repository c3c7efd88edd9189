/** Shapes of a case as GET /cases/:caseId answers it, for the description of the interface; the compiler holds them to the types. */
import { z } from 'zod'
import { groupNames, groupSchemas, type CaseRecord } from '../../shared/case/case-record.ts'
import { casePageSchema, type Stepped, type StepTaken } from '../../shared/case/case-page.ts'
import { deadlineTableSchema, deadlinePhases, type Deadline } from '../../shared/case/deadline.ts'
import { messageKinds } from '../../shared/case/message-kind.ts'
import { caseKinds } from '../../shared/case/case-kind.ts'
import type { CaseLife } from '../../shared/case/life.ts'
import { caseStates, caseStepSchema, eventSchema } from '../../shared/case/case-step.ts'

const time = z.number().int().describe('ms since 1970-01-01 UTC')
const stamp = { at: time, by: z.string() }
const state = z.enum(caseStates)
const unit = z.string().nullable()
const rating = z.number().int().min(1).max(5).nullable()

export const lifeSchema = z.object({
  ...{ unit, others: z.array(z.string()), reviewed: z.boolean() },
  ...{ dispatchedAt: time.nullable(), signedAt: time.nullable() },
  ...{ asked: z.number().int().nullable(), extraDays: z.number().int() },
  pauses: z.array(z.object({ from: time, to: time.nullable() })),
  answer: z.string().nullable(),
  contributions: z.array(z.object({ unit: z.string(), text: z.string() })),
  visits: z.array(
    z.object({
      reached: z.boolean(),
      solved: z.boolean().nullable(),
      rating,
      caller: z.string().optional(),
      own: z.boolean().optional(),
    }),
  ),
  ...{ rated: rating, visitOwed: z.boolean() },
  ...{ rehandled: z.number().int(), begunAnewAt: time.nullable(), supervised: z.number().int() },
  ...{ into: z.string().nullable(), joinedBy: z.string().nullable() },
  calls: z.array(
    z.object({
      ...{ callerId: z.string(), callId: z.string().nullable(), takenBy: z.string(), at: time },
      ...{ kind: z.enum(caseKinds).nullable(), wantsReply: z.boolean(), from: z.string().nullable() },
      again: z.boolean().optional(),
    }),
  ),
  ...{ handedOver: z.number().int(), event: eventSchema.nullable() },
}) satisfies z.ZodType<CaseLife>

/** Edits that came late, by the group of values that they are of. */
const lateSchema = z.union(
  groupNames.map((group) =>
    z.object({ group: z.literal(group), value: groupSchemas[group], mutation: z.string(), ...stamp }),
  ),
)

const recordSchema = z.object({
  ...{ caseId: z.string(), caseNo: z.string(), callId: z.string().nullable(), state, life: lifeSchema },
  ...{ openedAt: time, openedBy: z.string(), groups: z.object(groupSchemas) },
  groupRevisions: z.record(z.enum(groupNames), z.number().int()),
  secret: z.boolean(),
  late: z.array(lateSchema),
  revision: z.number().int(),
}) satisfies z.ZodType<Omit<CaseRecord, 'late'>>

const steppedSchema = z.object({
  ...{ type: z.literal('caseStepped'), step: caseStepSchema, state, unit, ...stamp },
  sent: z.array(z.enum(messageKinds)).optional(),
  left: z.array(z.string()).optional(),
}) satisfies z.ZodType<Stepped>

const deadlineSchema = z.object({
  ...{ phase: z.enum(deadlinePhases), rule: z.string(), span: deadlineTableSchema.element.shape.span },
  ...{ due: time.nullable(), amber: time.nullable(), provisional: z.boolean() },
}) satisfies z.ZodType<Deadline>

export const casePageShape = casePageSchema.extend({
  record: recordSchema,
  steps: z.array(steppedSchema),
  deadlines: z.object({ sign: deadlineSchema.nullable(), answer: deadlineSchema.nullable() }),
})
export const stepTakenShape = z.object({
  ...{ state, life: lifeSchema, revision: z.number().int() },
}) satisfies z.ZodType<StepTaken>
