/** What is kept of a matter beyond the fixed fields: the values of particulars, by the ids of their fields (form.ts). */
import { z } from 'zod'

/** No word that every object has: a value is looked up by it. */
export const particularIdSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/)
  .refine((id) => !(id in {}))

/** The longest a value may be, in characters. */
export const MOST_CHARS = 2000
/** The most particulars that a form has, and a case keeps in either of its two places. */
export const MOST_PARTICULARS = 200

export const valuesSchema = z
  .record(particularIdSchema, z.string().max(MOST_CHARS))
  .refine((values) => Object.keys(values).length <= MOST_PARTICULARS)
export type Values = { readonly [id: string]: string }

/** With the number of the form that they were taken with. */
export const particularsSchema = z.object({ version: z.number().int().nonnegative(), values: valuesSchema })
export type Particulars = { readonly version: number; readonly values: Values }

export const noParticulars: Particulars = { version: 0, values: {} }

/** The values that say something, in the order of their ids: the same ones are always the same text. */
export function plainValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value.trim() !== '')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
