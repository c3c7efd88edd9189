/** Words that a reply must not hold: those that no operator says (服务忌语), each with a better wording, and secrets of the house. */
import { z } from 'zod'
import shipped from './data/forbidden.json' with { type: 'json' }

export const forbiddenWordSchema = z.strictObject({
  word: z.string().trim().min(1).max(40),
  /** `never`: not said to a citizen. `secret`: not told outside. */
  why: z.enum(['never', 'secret']),
  /** What to say in its place; null where it is only left out. */
  better: z.string().trim().min(1).max(120).nullable(),
  /** Longer words in which it is harmless. */
  except: z.array(z.string().trim().min(2).max(40)).max(20).default([]),
})
export type ForbiddenWord = z.infer<typeof forbiddenWordSchema>
export const forbiddenWordsSchema = z.strictObject({ words: z.array(forbiddenWordSchema).max(5000) })
export type ForbiddenWords = z.infer<typeof forbiddenWordsSchema>

/** The list that comes with the product. */
export const shippedForbiddenWords: ForbiddenWords = forbiddenWordsSchema.parse(shipped)
