/** A search that is taken away as a table, by the system's dialog. */
import { z } from 'zod'
import { caseQuerySchema } from '../case/case-line.ts'
import { tableKindSchema } from '../case/table-kind.ts'
import { nothing, type Commands, type Events } from './spec.ts'

const what = { query: caseQuerySchema, as: tableKindSchema }

export const takeAwayCommands = {
  /** Asks where to, and saves it there. `illegalTransition` in a call: nothing comes before the citizen then. */
  'desk.saveTable': {
    to: 'main',
    from: ['desk'],
    input: z.object({ ...what, name: z.string().regex(/^[\p{L}\d-]{1,40}$/u) }),
    output: z.enum(['saved', 'cancelled']),
  },
  /** Central's table into this file, whole or not at all. */
  'case.saveTable': {
    to: 'store',
    from: ['main'],
    input: z.object({ ...what, path: z.string().min(1) }),
    output: nothing,
  },
} as const satisfies Commands

export const takeAwayEvents = {
  /** How much of it has come; twice a second at most. */
  'table.progress': { from: 'store', to: ['desk'], data: z.object({ bytes: z.number().int() }) },
} as const satisfies Events
