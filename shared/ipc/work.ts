/** What is looked up, and how this desk stands with central. */
import { z } from 'zod'
import { caseFormSchema } from '../case/case-form.ts'
import { lateEditSchema } from '../case/late-edit.ts'
import { searchAnswerSchema, searchScopeSchema } from '../kb/hit.ts'
import { deskSyncSchema } from '../sync/status.ts'
import { caseId, nothing, type Commands, type Events } from './spec.ts'

/** What may be refused, and what cannot be read any more. */
const refusable = [
  'case.open',
  'case.edit',
  'case.reply',
  'case.settle',
  'case.call',
  'call',
  'kb.wrong',
  'kb.gap',
  'unreadable',
] as const

/** Something this desk did that central did not take: what it was, why, and the words of it. */
export const refusedSchema = z.object({
  id: z.uuid(),
  at: z.number(),
  /** Refused by the rules of the case, or set aside at central for a person to look at. */
  status: z.enum(['refused', 'quarantined']),
  /** Central's reason. */
  code: z.string().nullable(),
  what: z.enum(refusable),
  caseNo: z.string().nullable(),
  /** The form as it would have been; null for a fact of a call. */
  form: caseFormSchema.nullable(),
  /** What was told the editors of an article, null where it is about none; the words of it. */
  note: z.object({ articleId: z.string().nullable(), words: z.string() }).nullable(),
})
export type Refused = z.infer<typeof refusedSchema>

export const workCommands = {
  'kb.search': {
    to: 'store',
    from: ['desk'],
    input: z.object({ query: z.string().max(200), scope: searchScopeSchema.optional() }),
    output: searchAnswerSchema,
  },
  /** What central did not take of the operator's work, or of those who work at no desk, and nobody has dealt with, the newest first. */
  'sync.refused': { to: 'store', from: ['desk'], input: nothing, output: z.array(refusedSchema) },
  /** Puts a refused form back among the drafts, in one commit with taking it off the list; answers the draft's case. */
  'sync.takeBack': { to: 'store', from: ['desk'], input: z.object({ id: z.uuid() }), output: z.object({ caseId }) },
  /** Takes it off the list; it stays in the file and at central. */
  'sync.dismiss': { to: 'store', from: ['desk'], input: z.object({ id: z.uuid() }), output: nothing },
  /** The late edits that the operator may settle, the newest first. */
  'sync.late': { to: 'store', from: ['desk'], input: nothing, output: z.array(lateEditSchema) },
  'sync.status': { to: 'store', from: ['desk'], input: nothing, output: deskSyncSchema },
} as const satisfies Commands

export const workEvents = {
  'sync.changed': { from: 'store', to: ['desk'], data: deskSyncSchema },
} as const satisfies Events
