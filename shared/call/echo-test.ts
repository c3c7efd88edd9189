import { z } from 'zod'

/** The exchange's number that says back what it hears. */
export const echoNumber = z.string().regex(/^[0-9*#]{1,16}$/)

/** How a test of the sound by the exchange's echo stands. */
export type EchoTest = {
  readonly state: 'calling' | 'up' | 'over' | 'failed'
  /** Whether the operator's own voice came back. */
  readonly heard: boolean
  /** The SIP status by which the exchange refused; null where it did not. */
  readonly status: number | null
}

/** Both sides of such a test, as levels from 0 to 1. */
export const echoLevelsSchema = z.object({ microphone: z.number(), ear: z.number() })
