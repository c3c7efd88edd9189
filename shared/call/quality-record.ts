import { z } from 'zod'

const mos = z.number().min(1).max(5)
const lossShare = z.number().min(0).max(1)
const ms = z.number().nonnegative()

/**
 * How a whole call sounded. `mosIn`: the citizen as the operator heard her, `mosOut` the other way, 1 to 4.5 (ITU-T
 * G.107); losses are shares, 0 to 1; null where the other side never reported.
 */
export const qualityRecordSchema = z.object({
  mosIn: mos.nullable(),
  mosOut: mos.nullable(),
  lossIn: lossShare,
  lossOut: lossShare.nullable(),
  jitterMs: ms,
  rttMs: ms.nullable(),
  longestGapMs: ms,
})
export type QualityRecord = z.infer<typeof qualityRecordSchema>
