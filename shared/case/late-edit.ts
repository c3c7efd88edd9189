/** What crosses the desktop of edits that met: the late ones to choose from, and the case as it stands beside a form. */
import { z } from 'zod'
import { caseFormSchema } from './case-form.ts'
import { lateNameSchema } from './case-record.ts'
import { baseSchema } from './commands.ts'

const groupSchema = lateNameSchema.shape.group
/** A group's value as the operator reads it: the fields of the form that it fills. */
const partsSchema = caseFormSchema.partial()
const sideSchema = z.object({ parts: partsSchema, by: z.string(), at: z.number() })

/** An edit that came late, beside what stands: each with whose words they are and since when. */
export const lateEditSchema = z.object({
  /** Its name in one word, for lists. */
  id: z.string(),
  caseId: z.uuid(),
  caseNo: z.string(),
  late: lateNameSchema,
  standing: sideSchema,
  offered: sideSchema,
})
export type LateEdit = z.infer<typeof lateEditSchema>

/** The choice: between this late edit and what stood beside it on the screen. */
export const settleSchema = z.object({
  caseId: z.uuid(),
  late: lateNameSchema,
  take: z.boolean(),
  standing: partsSchema,
})
export type Settle = z.infer<typeof settleSchema>

const seenSchema = z.object({ group: groupSchema, parts: partsSchema, base: baseSchema })

/** A group of a case as it stands now, and as the author of its draft has seen it. */
export const standingSchema = seenSchema.extend({
  by: z.string(),
  at: z.number(),
  /** Null where she has seen nothing of it, or central did not take what she said. */
  seen: partsSchema.nullable(),
})
export type StandingNow = z.infer<typeof standingSchema>

/** Groups that the operator was shown as they stand. */
export const followSchema = z.object({ caseId: z.uuid(), seen: z.array(seenSchema).min(1).max(6) })
export type Follow = z.infer<typeof followSchema>
