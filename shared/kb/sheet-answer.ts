/** What the tables of the articles answer to a question, as the desk shows it above the articles. */
import { z } from 'zod'

/** The same words in Mandarin and in English; names of places and lines stay as they are written. */
export const saidSchema = z.object({ zh: z.string(), en: z.string() })
export type Said = z.infer<typeof saidSchema>

/** An article that an answer goes by, as its source is shown. */
export const sourceSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  source: z.string(),
  validUntil: z.string(),
  expired: z.boolean(),
})
export type Source = z.infer<typeof sourceSchema>

/**
 * `say` is the answer in one sentence that can be read out; `rows` are what it was taken from, and `sources` the
 * articles of it, which a reply quotes.
 */
export const sheetAnswerSchema = z.object({
  kind: z.enum(['route', 'stop', 'line', 'hours', 'table']),
  title: saidSchema,
  say: saidSchema,
  rows: z.array(z.object({ name: saidSchema, value: saidSchema })).max(16),
  sources: z.array(sourceSchema).min(1).max(8),
})
export type SheetAnswer = z.infer<typeof sheetAnswerSchema>
export type AnswerRow = SheetAnswer['rows'][number]

/** The same in both languages. */
export const same = (words: string): Said => ({ zh: words, en: words })

/** A Han text before a number has a blank between: 坐 28 路, 坐会城快线. */
export const spaced = (words: string): string => (/^[\d(A-Za-z]/.test(words) ? ` ${words}` : words)
