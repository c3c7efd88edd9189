/** The work on cases after their call: lists of them, the page of one, the steps in its life, and what of it is kept. */
import { z } from 'zod'
import { caseCountsSchema, caseListSchema, caseQuerySchema } from '../case/case-line.ts'
import { casePageSchema, stepTakenSchema } from '../case/case-page.ts'
import { caseStepSchema } from '../case/case-step.ts'
import { savedFilterSchema } from '../case/saved-filter.ts'
import { similarCaseSchema, similarQuerySchema } from '../case/similar.ts'
import { keptWordsSchema, stepWordsSchema } from '../case/step-words.ts'
import { caseId, nothing, type Commands } from './spec.ts'

/** Whose answer it is: central's, or this desk's own, of what it holds, while central cannot be asked. */
export const answeredBy = z.enum(['central', 'desk'])
export type AnsweredBy = z.infer<typeof answeredBy>

/** A member unit as it can be looked for; `readings` as in shared/directory/match.ts. */
export const foundUnitSchema = z.object({
  id: z.string(),
  name: z.string(),
  district: z.string().nullable(),
  readings: z.array(z.string()),
})
export type FoundUnit = z.infer<typeof foundUnitSchema>

export const caseWorkCommands = {
  'case.find': {
    to: 'store',
    from: ['desk'],
    input: caseQuerySchema,
    output: z.object({ list: caseListSchema, from: answeredBy }),
  },
  /** Open cases like the one that is being written, the likest first. */
  'case.similar': {
    to: 'store',
    from: ['desk'],
    input: similarQuerySchema,
    output: z.object({ cases: z.array(similarCaseSchema), from: answeredBy }),
  },
  /** How many cases stand where something is owed, at central alone. */
  'case.counts': { to: 'store', from: ['desk'], input: nothing, output: caseCountsSchema },
  /** All member units of the directory of this desk. */
  'case.units': { to: 'store', from: ['desk'], input: nothing, output: z.array(foundUnitSchema) },
  'case.page': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId }),
    output: z.object({ page: casePageSchema, from: answeredBy }),
  },
  /** Central records that the case is taken away on paper; it may be once this is answered. */
  'case.printed': { to: 'store', from: ['desk'], input: z.object({ caseId }), output: nothing },
  /** Prints what the desk has laid out for paper, or saves it as a PDF; `name` is what the file is called as a suggestion. */
  'desk.print': {
    to: 'main',
    from: ['desk'],
    input: z.object({ as: z.enum(['paper', 'file']), name: z.string().regex(/^[\w-]{1,40}$/) }),
    output: z.enum(['printed', 'saved', 'cancelled', 'noPrinter']),
  },
  /**
   * Takes a step at central; it is not queued. `centralUnreachable` with the detail `notSent` where it did not leave
   * the desk; with any other it may have arrived, and is sent again as it was by the same command.
   */
  'case.step': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId, step: caseStepSchema }),
    output: stepTakenSchema,
  },
  /** The words of a step that she has begun in this case; null where there are none. */
  'case.words': { to: 'store', from: ['desk'], input: z.object({ caseId }), output: keptWordsSchema.nullable() },
  /** Answers after the commit. `illegalTransition` while a step is under way whose answer was lost. */
  'case.keepWords': {
    to: 'store',
    from: ['desk'],
    // The author travels with the words: they may reach the store after the next operator has signed in.
    input: z.object({ caseId, words: stepWordsSchema, author: z.string().min(1).max(20) }),
    output: nothing,
  },
  'case.dropWords': { to: 'store', from: ['desk'], input: z.object({ caseId }), output: nothing },
  /** The searches that she gave a name, in its order. */
  'case.filters': { to: 'store', from: ['desk'], input: nothing, output: z.array(savedFilterSchema) },
  'case.keepFilter': { to: 'store', from: ['desk'], input: savedFilterSchema, output: nothing },
  'case.dropFilter': { to: 'store', from: ['desk'], input: savedFilterSchema.pick({ name: true }), output: nothing },
} as const satisfies Commands
