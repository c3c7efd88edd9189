/** What the administration's pages and central say to each other about member units. */
import { z } from 'zod'
import { directoryNumberSchema } from '../directory/entry.ts'
import { deputySchema, memberSchema } from '../unit/unit-page.ts'

/** An id of the directory: cases and people name their unit by it, so it never changes. */
export const unitIdSchema = z.string().regex(/^[\w.-]{1,40}$/)

/** What of a unit can be changed, in the directory's own words and lengths. */
export const unitFieldsSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  numbers: z
    .array(z.strictObject({ number: z.string().trim().min(1).max(32), words: z.string().trim().max(20) }))
    .min(1)
    .max(8),
  hours: z.string().trim().max(120),
  district: z.string().trim().min(1).max(40).nullable(),
})
export type UnitFields = z.infer<typeof unitFieldsSchema>

export const adminUnitSchema = z.object({
  id: z.string(),
  name: z.string(),
  numbers: z.array(directoryNumberSchema),
  hours: z.string(),
  /** Null for one of the city itself. */
  district: z.string().nullable(),
  /** It takes no cases any more, and stands in no desk's directory. */
  retired: z.boolean(),
})
export type AdminUnit = z.infer<typeof adminUnitSchema>

export const unitsListSchema = z.object({ units: z.array(adminUnitSchema) })

/** One unit with who works there, who stands in for whom, and the numbers of the cases that lie with it. */
export const unitDetailSchema = z.object({
  unit: adminUnitSchema,
  members: z.array(memberSchema),
  deputies: z.array(deputySchema),
  openCases: z.array(z.string()),
})
export type UnitDetail = z.infer<typeof unitDetailSchema>

export const newUnitSchema = unitFieldsSchema.extend({ id: unitIdSchema })
export type NewUnit = z.infer<typeof newUnitSchema>

/** `base` is the unit as it was read: where it stands otherwise by now, nothing is changed. */
export const unitChangeSchema = z.strictObject({ base: unitFieldsSchema, fields: unitFieldsSchema })
export type UnitChange = z.infer<typeof unitChangeSchema>

export const unitActs = ['retire', 'restore'] as const
export type UnitAct = (typeof unitActs)[number]
