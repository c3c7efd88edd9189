/** What the administration's pages and central say to each other about systems outside: their keys, and where events go. */
import { z } from 'zod'

/** A key of a unit's system; the key itself is told once. Times in ms. */
export const systemKeySchema = z.object({
  keyId: z.string(),
  unit: z.string(),
  /** As it stands in the directory; null for one that left it. */
  unitName: z.string().nullable(),
  name: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
  revokedAt: z.number().nullable(),
})
export type SystemKey = z.infer<typeof systemKeySchema>

/** What became of one event; `status` as in the outbox: pending, sent, dead, skipped. */
export const eventResultSchema = z.object({
  kind: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  tries: z.number(),
  /** When it was over, in ms; null while it is tried. */
  doneAt: z.number().nullable(),
})
export type EventResult = z.infer<typeof eventResultSchema>

export const systemWebhookSchema = z.object({
  webhookId: z.string(),
  /** Whose it is: a unit's own, looked after by its system; null: the platform above, looked after here. */
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  url: z.string(),
  /** Null: all that there are. */
  events: z.array(z.string()).nullable(),
  createdAt: z.number(),
  /** Since when nothing is sent there, and what is owed waits; null while it is. */
  pausedAt: z.number().nullable(),
  waiting: z.number(),
  /** The newest first. */
  results: z.array(eventResultSchema),
})
export type SystemWebhook = z.infer<typeof systemWebhookSchema>

export const systemsPageSchema = z.object({
  keys: z.array(systemKeySchema),
  webhooks: z.array(systemWebhookSchema),
  /** All that can be subscribed to. */
  events: z.array(z.string()),
})
export type SystemsPage = z.infer<typeof systemsPageSchema>

/** Each told once. */
export const madeKeySchema = z.object({ keyId: z.string(), key: z.string() })
export const madeWebhookSchema = z.object({ webhookId: z.string(), secret: z.string() })

export const webhookActs = ['pause', 'resume', 'test'] as const
export type WebhookAct = (typeof webhookActs)[number]

/** Whether a test was taken, and why it was not; of a pause and its end nothing. */
export const webhookActAnswerSchema = z.object({ reason: z.string().nullable() })
