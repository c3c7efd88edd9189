/** What the editors' and the units' pages say to central about articles, and central to them. */
import { z } from 'zod'
import { articleFieldsSchema, articleIdSchema } from './article-life-fields.ts'
import { articleParties, articleStates, articleStepSchema, MOST_WHY } from './article-life.ts'

/** An article in a list. Times are central's, in ms; `validUntil` is of what is published, null where nothing is. */
export const articleLineSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(articleStates),
  version: z.number().int(),
  withdrawn: z.boolean(),
  owner: z.string().nullable(),
  unit: z.string(),
  district: z.string().nullable(),
  validUntil: z.string().nullable(),
  changedAt: z.number(),
})
export type ArticleLine = z.infer<typeof articleLineSchema>
/** `next` is where the next page begins; null on the last one. */
export const articleListSchema = z.object({ articles: z.array(articleLineSchema), next: z.string().nullable() })

/** What is published that has expired, or will within 30 days. */
export const expiries = ['soon', 'past'] as const
/** GET /kb/waiting: how many wait for an editor, of each kind. */
export const waitingSchema = z.object({
  review: z.number().int(),
  soon: z.number().int(),
  past: z.number().int(),
  tasks: z.number().int(),
  gaps: z.number().int(),
})
export type Waiting = z.infer<typeof waitingSchema>

/** Which to list: by words, which all must stand somewhere in it; by state, owning unit and district. */
export const articleQuerySchema = z.object({
  words: z.string().max(60).default(''),
  state: z.enum(articleStates).optional(),
  unit: z.string().max(40).optional(),
  district: z.string().max(40).optional(),
  expires: z.enum(expiries).optional(),
  after: z
    .string()
    .regex(/^\d{1,16} [\w.-]{1,40}$/)
    .optional(),
})
export type ArticleQuery = z.infer<typeof articleQuerySchema>

export const eventSteps = [...articleStepSchema.options.map((one) => one.shape.type.value), 'import'] as const
/** What happened to an article: who did what, when and why. `by` is a staff number, null for the program itself. */
export const articleEventSchema = z.object({
  edition: z.number().int(),
  step: z.enum(eventSteps),
  by: z.string().nullable(),
  party: z.enum(articleParties).nullable(),
  at: z.number(),
  why: z.string(),
  version: z.number().int(),
  state: z.enum(articleStates),
})
export type ArticleEvent = z.infer<typeof articleEventSchema>

const draftSchema = z.object({
  state: z.enum(['draft', 'review']),
  fields: articleFieldsSchema,
  base: z.number().int(),
  by: z.string(),
})
export const articleLifeSchema = z.object({
  id: z.string(),
  owner: z.string().nullable(),
  version: z.number().int(),
  withdrawn: z.boolean(),
  edition: z.number().int(),
  published: articleFieldsSchema.nullable(),
  draft: draftSchema.nullable(),
})
/** GET …/articles/:articleId: as it stands, and what happened to it, the newest first. */
export const articleDetailSchema = z.object({ life: articleLifeSchema, events: z.array(articleEventSchema) })
export type ArticleDetail = z.infer<typeof articleDetailSchema>

/** GET …/articles/:articleId/editions/:edition: what was written or published then. */
export const articleEditionSchema = z.object({ fields: articleFieldsSchema })

/** POST …/articles: `made` is an id of this beginning, by which it is known when it is sent again. */
export const newArticleSchema = z.strictObject({
  made: z.uuid().toLowerCase(),
  fields: articleFieldsSchema,
  /** Of a unit it is her own, whatever is said. */
  owner: z.string().min(1).max(40).nullable(),
})
export type NewArticle = z.infer<typeof newArticleSchema>
export const madeArticleSchema = z.object({ id: articleIdSchema })

/** POST …/articles/:articleId/steps: `edition` is the one that was seen; upon another it is refused (`outdated`). */
export const articleStepRequestSchema = z.strictObject({
  edition: z.number().int().nonnegative(),
  step: articleStepSchema,
})
export type ArticleStepRequest = z.infer<typeof articleStepRequestSchema>

/** An answer that was found wrong in a call. */
export const articleTaskSchema = z.object({
  id: z.string(),
  articleId: z.string(),
  /** Null for an article that is not here. */
  title: z.string().nullable(),
  version: z.number().int(),
  words: z.string(),
  callId: z.string().nullable(),
  caseId: z.string().nullable(),
  by: z.string(),
  at: z.number(),
  doneAt: z.number().nullable(),
  doneBy: z.string().nullable(),
  why: z.string().nullable(),
})
export type ArticleTask = z.infer<typeof articleTaskSchema>
export const taskListSchema = z.object({ tasks: z.array(articleTaskSchema) })

/** What was looked for in vain: how often since it was last closed, and at how many desks in all. */
export const articleGapSchema = z.object({
  words: z.string(),
  times: z.number().int(),
  desks: z.number().int(),
  firstAt: z.number(),
  lastAt: z.number(),
  closedAt: z.number().nullable(),
  closedBy: z.string().nullable(),
  why: z.string().nullable(),
})
export type ArticleGap = z.infer<typeof articleGapSchema>
export const gapListSchema = z.object({ gaps: z.array(articleGapSchema) })

const why = z.string().trim().min(1).max(MOST_WHY)
export const endedQuerySchema = z.object({ ended: z.enum(['0', '1']).default('0') })
export const closeTaskSchema = z.strictObject({ why })
export const closeGapSchema = z.strictObject({ words: z.string().min(1).max(60), why })
