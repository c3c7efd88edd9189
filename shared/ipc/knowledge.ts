/** The articles that are in use at the desk, what is told of them, and what the operator tells the editors. */
import { z } from 'zod'
import { suggestedSchema, suggestQuerySchema } from '../kb/suggest.ts'
import { articleNewsSchema, usedArticleSchema } from '../kb/article-news.ts'
import { kbNoteSchema, WRONG_MOST } from '../kb/note.ts'
import { callId, nothing, type Commands, type Events } from './spec.ts'

const articleId = z.string().min(1).max(40)
const [wrong] = kbNoteSchema.options

export const knowledgeCommands = {
  /** What of the articles may be asked for next, by what stands in the form; none where it says nothing. */
  'kb.suggest': { to: 'store', from: ['desk'], input: suggestQuerySchema, output: z.array(suggestedSchema) },
  /** What became of the articles in use; those that stand as they were are not among them. */
  'kb.news': {
    to: 'store',
    from: ['desk'],
    input: z.object({ used: z.array(usedArticleSchema).max(60) }),
    output: z.array(articleNewsSchema),
  },
  /** What she has begun to say of an article that is wrong; null where nothing. */
  'kb.wrongWords': { to: 'store', from: ['desk'], input: z.object({ articleId }), output: z.string().nullable() },
  /** Answers after the commit. */
  'kb.keepWrong': {
    to: 'store',
    from: ['desk'],
    // The author travels with the words: they may reach the store after the next operator has signed in.
    input: z.object({ articleId, words: z.string().max(WRONG_MOST), author: z.string().min(1).max(20) }),
    output: nothing,
  },
  /** Tells the editors that an article is wrong. Answers after the commit; `invalidInput` (`citizen`) for words that name one. */
  'kb.wrong': {
    to: 'store',
    from: ['desk'],
    input: wrong.omit({ type: true }),
    output: z.object({ savedAt: z.number() }),
  },
  /** She left what she looked for in vain. */
  'kb.gap': {
    to: 'store',
    from: ['desk'],
    input: z.object({ query: z.string().max(200), callId: callId.nullable() }),
    output: nothing,
  },
} as const satisfies Commands

export const knowledgeEvents = {
  /** Central changed or withdrew articles that this desk had. */
  'kb.changed': { from: 'store', to: ['desk'], data: nothing },
} as const satisfies Events
