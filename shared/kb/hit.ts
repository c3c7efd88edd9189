import { z } from 'zod'
import { sheetAnswerSchema } from './sheet-answer.ts'
import { sheetsSchema } from './sheet.ts'

/** Whose and where an article must be; null for any. What holds in the whole city holds in each district. */
export const searchScopeSchema = z.object({
  unit: z.string().max(80).nullable().default(null),
  district: z.string().max(40).nullable().default(null),
})
export type SearchScope = z.infer<typeof searchScopeSchema>
export const anywhere: SearchScope = { unit: null, district: null }
/** Whether an article is the chosen unit's, and holds in the chosen district or everywhere (rule KS8). */
export const isWithin = (
  scope: SearchScope,
  { unit, district }: { readonly unit: string; readonly district: string | null },
): boolean =>
  (scope.unit === null || unit === scope.unit) &&
  (scope.district === null || district === null || district === scope.district)
/** Whether less than everything is searched. */
export const narrows = ({ unit, district }: SearchScope): boolean => unit !== null || district !== null

/** One answer of the knowledge search, as the desk shows it. */
export const articleHitSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  /** A piece of the body around what was found, in one line; at most SNIPPET characters. */
  snippet: z.string(),
  source: z.string(),
  /** Whose article it is, and the district in which it holds; null for everywhere. */
  unit: z.string(),
  district: z.string().nullable(),
  validUntil: z.string(),
  expired: z.boolean(),
  /** Its tables, where it has some. */
  sheets: sheetsSchema.optional(),
  /** The day from which it holds, where that is still to come. */
  notBefore: z.string().nullable(),
})
export type ArticleHit = z.infer<typeof articleHitSchema>

/**
 * `marks` are the pieces of the query, and words that mean the same, that were found as they stand, for marking them.
 * `near` says that nothing answers what was asked for: the hits share something with it.
 */
export const searchAnswerSchema = z.object({
  query: z.string(),
  hits: z.array(articleHitSchema),
  marks: z.array(z.string()),
  /** What the tables of the articles answer, above the articles. */
  sheet: sheetAnswerSchema.nullable().optional(),
  near: z.boolean(),
})
export type SearchAnswer = z.infer<typeof searchAnswerSchema>
