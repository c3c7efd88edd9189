/** The calls that this desk had, and whom it owes one. */
import { z } from 'zod'
import { listedCallSchema } from '../call/call-book.ts'
import { caseId, nothing, type Commands } from './spec.ts'

export const callCommands = {
  /** The calls of whoever is signed in, of her shift, and those of this desk that are owed; the newest first. */
  'call.shift': { to: 'store', from: ['desk'], input: nothing, output: z.array(listedCallSchema) },
  /** Whom to call back next; null where nobody is owed a call. */
  'call.nextOwed': { to: 'store', from: ['desk'], input: nothing, output: listedCallSchema.nullable() },
  /** Lays a saved case among the drafts of whoever asks, as it stands; hers that is there already stays as it is. */
  'draft.reopen': { to: 'store', from: ['desk'], input: z.object({ caseId }), output: nothing },
} as const satisfies Commands
