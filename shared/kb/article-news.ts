/** What became of the articles that are in use at a desk: quoted in the reply on the screen, or open beside it (KU). */
import { z } from 'zod'
import type { Article } from '../sync/protocol.ts'
import { sheetsSchema } from './sheet.ts'

/** A version of an article that somebody uses. */
export const usedArticleSchema = z.object({ id: z.string().max(40), version: z.number().int() })
export type UsedArticle = z.infer<typeof usedArticleSchema>

/** What a version says, or said. */
export const articleWordsSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  source: z.string(),
  validUntil: z.string(),
  /** By the day on which it was asked. */
  expired: z.boolean(),
  /** Its tables, where it has some. */
  sheets: sheetsSchema.optional(),
})
export type ArticleWords = z.infer<typeof articleWordsSchema>

export const articleNewsSchema = z.object({
  ...usedArticleSchema.shape,
  /** Another version says something else, central took it back, or its time is over. */
  kind: z.enum(['changed', 'withdrawn', 'expired']),
  /** When this desk heard of it, in ms of central's clock; null where it has let go of that, and of what expired. */
  at: z.number().nullable(),
  /** The version in use, where this desk still has it. */
  before: articleWordsSchema.nullable(),
  /** The version that stands; null where none does. */
  now: articleWordsSchema.nullable(),
})
export type ArticleNews = z.infer<typeof articleNewsSchema>

type Said = Pick<Article, 'title' | 'body' | 'source' | 'validUntil' | 'sheets'>

/** Whether two versions say the same to a citizen: then there is nothing to tell. */
export function saysTheSame(one: Said, other: Said): boolean {
  const sameWords = (['title', 'body', 'source', 'validUntil'] as const).every((part) => one[part] === other[part])
  return sameWords && JSON.stringify(one.sheets ?? []) === JSON.stringify(other.sheets ?? [])
}
