/** The rule tables as central answers them over HTTP (/tables). */
import { z } from 'zod'
import { tableNameSchema } from './tables.ts'

/** The longest reason that is given for a change, in characters. */
export const MOST_WHY = 500

/**
 * One version without its body: 0 is what comes with the product, which nobody published. `at` by central's clock in
 * ms, `author` a staff number.
 */
export const tableHeadSchema = z.object({
  name: tableNameSchema,
  version: z.number().int().nonnegative(),
  author: z.string().nullable(),
  why: z.string(),
  at: z.number().nullable(),
})
export type TableHead = z.infer<typeof tableHeadSchema>

/** `body` is of the shape that the table of its name has (tables.ts). */
export const tableVersionSchema = tableHeadSchema.extend({ body: z.unknown() })
export type TableVersion = z.infer<typeof tableVersionSchema>

/** GET /tables: the newest version of each. */
export const tableListSchema = z.object({ tables: z.array(tableHeadSchema) })
/** GET /tables/:name/versions: all of one, the newest first. */
export const tableVersionsSchema = z.object({ versions: z.array(tableHeadSchema) })

/** PUT /tables/:name: a body that takes the place of version `base`, which must be the newest (else `outdated`). */
export const publishRequestSchema = z.object({
  base: z.number().int().nonnegative(),
  body: z.unknown(),
  why: z.string().trim().min(1).max(MOST_WHY),
})
export type PublishRequest = z.infer<typeof publishRequestSchema>

/** The refusal of a body that is wrong: all that is, by its place. */
export const flawedSchema = z.object({
  code: z.literal('invalidInput'),
  detail: z.literal('body'),
  flaws: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), code: z.string() })),
})
