/**
 * How numbers are meant at a centre. Central keeps it (central/numbers/), and tells it to each desk with the sign-in.
 * Shapes after the numbering plan of the Chinese mainland (工信部 电信网编号计划): area codes of two (10, 2x) or three
 * digits behind a trunk zero.
 */
import { z } from 'zod'

/** An area code without its trunk zero: `20`, `750`. */
export const areaCodeSchema = z
  .string()
  .regex(/^(?:10|2\d|[3-9]\d{2})$/, { error: '区号不带 0，如 20 或 750 · an area code without its 0, say 20 or 750' })

/** With more digits an extension could not be told from a local number of seven. */
const LONGEST_EXTENSION = 6

const within = { error: '分机 2 至 6 位，先少后多，如 3-5 · extensions have 2 to 6 digits, the least first, say 3-5' }
export const extensionSchema = z
  .object({ least: z.number().int().min(2, within), most: z.number().int().max(LONGEST_EXTENSION, within) })
  .refine(({ least, most }) => least <= most, within)

export const numberPlanSchema = z.object({
  /** The area code that a local number without one belongs to. */
  areaCode: areaCodeSchema,
  /** How many digits an extension has. */
  extension: extensionSchema,
})
export type NumberPlan = z.infer<typeof numberPlanSchema>

/** Jiangmen's (江门), where nothing else was said. */
export const defaultNumberPlan: NumberPlan = { areaCode: '750', extension: { least: 3, most: 5 } }
