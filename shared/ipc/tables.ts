/** The rule tables of this desk (shared/tables). */
import { z } from 'zod'
import { ruleTableSchema } from '../sync/protocol.ts'
import { nothing, type Commands, type Events } from './spec.ts'

export const tableCommands = {
  /** Those that central brought, the newest of each; what is not among them is as it comes with the program. */
  'tables.current': { to: 'store', from: ['desk'], input: nothing, output: z.array(ruleTableSchema) },
} as const satisfies Commands

export const tableEvents = {
  'tables.changed': { from: 'store', to: ['desk'], data: nothing },
} as const satisfies Events
