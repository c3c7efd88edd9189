import { z } from 'zod'

/** One answer of the knowledge search, as the desk shows it. */
export const articleHitSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  source: z.string(),
  validUntil: z.string(),
  expired: z.boolean(),
})
export type ArticleHit = z.infer<typeof articleHitSchema>

/** `marks` are the pieces of the query that were found as they stand, for marking them. */
export const searchAnswerSchema = z.object({
  query: z.string(),
  hits: z.array(articleHitSchema),
  marks: z.array(z.string()),
})
export type SearchAnswer = z.infer<typeof searchAnswerSchema>
