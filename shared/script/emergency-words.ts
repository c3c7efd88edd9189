/** Words by which a citizen tells of a danger to somebody, and the service that is brought in for it. */
import { z } from 'zod'
import { emergencyNumbers } from '../call/dial-plan.ts'
import shipped from './data/emergency.json' with { type: 'json' }

const wordSchema = z.strictObject({
  word: z.string().trim().min(2).max(40),
  service: z.enum(emergencyNumbers),
  /** Longer words in which nobody is in danger. */
  except: z.array(z.string().trim().min(2).max(40)).max(20).default([]),
})
export const emergencyWordsSchema = z.strictObject({ words: z.array(wordSchema).max(1000) })
export type EmergencyWords = z.infer<typeof emergencyWordsSchema>
export type EmergencyWord = z.infer<typeof wordSchema>

/** The list that comes with the product. */
export const shippedEmergencyWords: EmergencyWords = emergencyWordsSchema.parse(shipped)
