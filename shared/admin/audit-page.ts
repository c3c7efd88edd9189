/** What the administration's pages and central say to each other about the audit. */
import { z } from 'zod'

/** What to look for: who did it or to whom (a staff number, an id), what, and on which day in China. */
export const auditQuerySchema = z.object({
  who: z.string().max(100).default(''),
  action: z.string().max(40).default(''),
  day: z.union([z.iso.date(), z.literal('')]).default(''),
  /** The entry before which the page begins. */
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
})
export type AuditQuery = z.output<typeof auditQuerySchema>

export const auditEntrySchema = z.object({
  seq: z.number(),
  /** In ms. */
  at: z.number(),
  /** A staff number, or `ops:` and an account for a command; null for the program, and for who did not get in. */
  actor: z.string().nullable(),
  /** The desk's store. */
  place: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
  /** As JSON text. */
  detail: z.string(),
})
export type ShownAuditEntry = z.infer<typeof auditEntrySchema>

/** The newest first; `next` is the place of the next page, null on the last one. */
export const auditListSchema = z.object({ entries: z.array(auditEntrySchema), next: z.string().nullable() })

/** Whether the chain holds: how many entries, the last one's hash, and the first place that does not fit. */
export const auditChainSchema = z.object({
  head: z.object({ seq: z.number(), hash: z.string() }),
  flaw: z.object({ seq: z.number(), why: z.string() }).nullable(),
})
