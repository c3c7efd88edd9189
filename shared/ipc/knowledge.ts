/** The articles that are in use at the desk, and what is told of them. */
import { z } from 'zod'
import { articleNewsSchema, usedArticleSchema } from '../kb/article-news.ts'
import { nothing, type Commands, type Events } from './spec.ts'

export const knowledgeCommands = {
  /** What became of the articles in use; those that stand as they were are not among them. */
  'kb.news': {
    to: 'store',
    from: ['desk'],
    input: z.object({ used: z.array(usedArticleSchema).max(60) }),
    output: z.array(articleNewsSchema),
  },
} as const satisfies Commands

export const knowledgeEvents = {
  /** Central changed or withdrew articles that this desk had. */
  'kb.changed': { from: 'store', to: ['desk'], data: nothing },
} as const satisfies Events
