import { z } from 'zod'

export type Party = 'desk' | 'phone' | 'store' | 'main'

/** `to` names who answers a command, `from` who may send it; main is the only road between them. */
export type Commands = Record<string, { to: Party; from: readonly Party[]; input: z.ZodType; output: z.ZodType }>
export type Events = Record<string, { from: Party; to: readonly Party[]; data: z.ZodType }>

export const nothing = z.null()
export const callId = z.string().min(1).max(128)
export const caseId = z.uuid()
