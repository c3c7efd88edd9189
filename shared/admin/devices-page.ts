/** What the administration's pages and central say to each other about desks and exchanges. */
import { z } from 'zod'

export const adminDeviceSchema = z.object({
  deviceId: z.string(),
  kind: z.enum(['desk', 'exchange']),
  /** The words of who enrolled it. */
  name: z.string(),
  team: z.string().nullable(),
  /** Of the store file that it speaks for; null before it has named one, and of an exchange. */
  deskCode: z.string().nullable(),
  enrolledAt: z.number(),
  revokedAt: z.number().nullable(),
  /** When it was last heard, to the minute; null for never. Times in ms. */
  seenAt: z.number().nullable(),
  /** The program's version as the desk said it last. */
  version: z.string().nullable(),
})
export type AdminDevice = z.infer<typeof adminDeviceSchema>

/** A code that was made and that no desk has used yet; the code itself is told once. */
export const openCodeSchema = z.object({ name: z.string(), team: z.string().nullable(), expiresAt: z.number() })

export const devicesListSchema = z.object({ devices: z.array(adminDeviceSchema), codes: z.array(openCodeSchema) })

/** A team of no name is none. */
export const newCodeSchema = z.strictObject({ name: z.string().trim().min(1).max(60), team: z.string().trim().max(40) })

/** Told once; `expiresAt` in ms. */
export const madeCodeSchema = z.object({ code: z.string(), expiresAt: z.number() })
export type MadeCode = z.infer<typeof madeCodeSchema>
