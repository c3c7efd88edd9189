import { z } from 'zod'
import { codecsInUseSchema } from './codecs.ts'
import { qualityRecordSchema } from './quality-record.ts'

/** How a call sounds now; the numbers as in the record, over the last seconds. */
export const callQualitySchema = qualityRecordSchema.omit({ longestGapMs: true }).extend({
  /** 3: users are satisfied; 2: some are not; 1: many are not. Null while nothing can be said. */
  bars: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  /** `nothingHeard`: the operator does not hear the citizen; `notHeard`: the citizen does not hear her. */
  trouble: z.enum(['nothingHeard', 'notHeard', 'both']).nullable(),
  codecs: codecsInUseSchema,
})
export type CallQuality = z.infer<typeof callQualitySchema>
