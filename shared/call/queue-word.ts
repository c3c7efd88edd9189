import { z } from 'zod'

/** A feature code as it is dialled; null where the exchange has none. */
const code = z
  .string()
  .regex(/^[0-9*#]{1,16}$/)
  .nullable()

/** The feature codes by which an operator enters the exchange's queue, is paused in it, and leaves it. */
export const queueCodesSchema = z.object({ login: code, pause: code, unpause: code, logout: code })
export type QueueCodes = z.infer<typeof queueCodesSchema>

/** How the exchange's queue stands to the operator's status: `refused` when it did not take the last code. */
export type QueueWord = 'none' | 'pending' | 'agreed' | 'refused'
