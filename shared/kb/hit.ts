import { z } from 'zod'
import { sheetAnswerSchema } from './sheet-answer.ts'
import { sheetsSchema } from './sheet.ts'

/** One answer of the knowledge search, as the desk shows it. */
export const articleHitSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  source: z.string(),
  validUntil: z.string(),
  expired: z.boolean(),
  /** Its tables, where it has some. */
  sheets: sheetsSchema.optional(),
})
export type ArticleHit = z.infer<typeof articleHitSchema>

/** `marks` are the pieces of the query that were found as they stand, for marking them. */
export const searchAnswerSchema = z.object({
  query: z.string(),
  hits: z.array(articleHitSchema),
  marks: z.array(z.string()),
  /** What the tables of the articles answer, above the articles. */
  sheet: sheetAnswerSchema.nullable().optional(),
})
export type SearchAnswer = z.infer<typeof searchAnswerSchema>
