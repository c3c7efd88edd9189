import { z } from 'zod'

/** Tones sent in a call (RFC 4733 events 0 to 15); null where the exchange has none for it. */
export const tonesCode = z
  .string()
  .regex(/^[0-9*#A-D]{1,16}$/)
  .nullable()

/** The name of a SIP header (RFC 3261 25.1, token). */
export const headerName = z.string().regex(/^[A-Za-z0-9.!%*_+`'~-]{1,64}$/)

/** How the exchange names its recording of a call, and by which tones it pauses it and goes on. */
export const recordingRulesSchema = z.object({
  /** Headers of the INVITE or of its 200 that may hold the name, the first that does wins. */
  headers: z.array(headerName).max(8),
  pause: tonesCode,
  resume: tonesCode,
})
export type RecordingRules = z.infer<typeof recordingRulesSchema>

export const noRecordingCodes = { pause: null, resume: null } as const
