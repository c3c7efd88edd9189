import { z } from 'zod'
import { codecsInUseSchema } from './codecs.ts'

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

/** How a call sounds now; the numbers as in the record, over the last seconds. */
export const callQualitySchema = qualityRecordSchema.omit({ longestGapMs: true }).extend({
  /** 3: users are satisfied; 2: some are not; 1: many are not. Null while nothing can be said. */
  bars: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  /** `nothingHeard`: the operator does not hear the citizen; `notHeard`: the citizen does not hear her. */
  trouble: z.enum(['nothingHeard', 'notHeard', 'both']).nullable(),
  codecs: codecsInUseSchema,
})
export type CallQuality = z.infer<typeof callQualitySchema>
