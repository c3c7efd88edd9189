/** The list of calls that nothing came of yet, for who leads the shift. */
import { z } from 'zod'
import { ledgerAnswerSchema, legWordSchema } from '../ledger/entry.ts'
import { nothing, type Commands, type Events } from './spec.ts'

const openCount = z.object({
  /** How many stand on the list; null while central has not said, or who sits here may not know. */
  open: z.number().int().nullable(),
})

export const ledgerCommands = {
  /** The list as central has it now, the oldest first; that it was read stands in central's audit. */
  'ledger.list': { to: 'store', from: ['desk'], input: nothing, output: ledgerAnswerSchema },
  /** The outcome of a leg, or its case; `notFound` with `unknownLeg` (it has one by now) or `unknownCase`. */
  'ledger.settle': { to: 'store', from: ['desk'], input: legWordSchema, output: nothing },
  /** What central pushed last. */
  'ledger.open': { to: 'store', from: ['desk'], input: nothing, output: openCount },
} as const satisfies Commands

export const ledgerEvents = {
  /** Central pushed another count. */
  'ledger.changed': { from: 'store', to: ['desk'], data: openCount },
} as const satisfies Events
