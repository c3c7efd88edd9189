import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { bySystem, needs, sessionOf, type Access } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { webhookEvents } from './events-of.ts'
import {
  addWebhook,
  deliverAgain,
  endWebhook,
  listDead,
  listWebhooks,
  type Manager,
  type WebhookDeps,
} from './service.ts'

const BODY_BYTES = 4096
const LONGEST_URL = 500

export const webhookParams = z.object({ webhookId: z.uuid().toLowerCase() })
export const deliveryParams = webhookParams.extend({ deliveryId: z.uuid().toLowerCase() })
/** `events` null or left out: all that there are. */
export const webhookRequestSchema = z.strictObject({
  url: z.string().max(LONGEST_URL),
  events: z
    .array(z.string().refine((event) => webhookEvents.includes(event)))
    .min(1)
    .max(webhookEvents.length)
    .nullable()
    .default(null),
})
export const webhookAnswerSchema = z.object({ webhookId: z.string(), secret: z.string() })
export const webhookListSchema = z.object({
  webhooks: z.array(
    z.object({
      webhookId: z.string(),
      url: z.string(),
      events: z.array(z.string()).nullable(),
      createdAt: z.number().int(),
      /** Since when the centre lets it rest: what is owed waits, and goes in order afterwards. */
      pausedAt: z.number().int().nullable(),
    }),
  ),
  /** All that can be subscribed to. */
  events: z.array(z.string()),
})
export const deadListSchema = z.object({
  dead: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      caseId: z.string(),
      caseNo: z.string(),
      at: z.number().int(),
      tries: z.number().int(),
      reason: z.string().nullable(),
      doneAt: z.number().int().nullable(),
    }),
  ),
})

/** The same routes twice: for a unit's system over its own, for an administrator over the platform's. */
function routesUnder(
  app: FastifyInstance,
  deps: WebhookDeps,
  {
    base,
    access,
    managerOf,
  }: {
    readonly base: string
    readonly access: { readonly config: { readonly access: Access } }
    readonly managerOf: (request: FastifyRequest) => Manager
  },
): void {
  app.get(base, access, async (request) => ({
    webhooks: await listWebhooks(deps, managerOf(request)),
    events: webhookEvents,
  }))
  app.post(base, { ...access, bodyLimit: BODY_BYTES }, async (request) => {
    const asked = parseBody(webhookRequestSchema, storable(request.body))
    const added = await addWebhook(deps, asked, managerOf(request))
    if (!added.ok) throw new Refusal(added.error.code, added.error.detail)
    return added.value
  })
  app.delete(`${base}/:webhookId`, access, async (request) => {
    const { webhookId } = parseBody(webhookParams, request.params)
    if (!(await endWebhook(deps, webhookId, managerOf(request)))) throw new Refusal('notFound')
    return {}
  })
  app.get(`${base}/:webhookId/dead`, access, async (request) => {
    const { webhookId } = parseBody(webhookParams, request.params)
    const dead = await listDead(deps, webhookId, managerOf(request))
    if (dead === null) throw new Refusal('notFound')
    return { dead }
  })
  app.post(`${base}/:webhookId/dead/:deliveryId/again`, { ...access, bodyLimit: BODY_BYTES }, async (request) => {
    if (!(await deliverAgain(deps, parseBody(deliveryParams, request.params), managerOf(request))))
      throw new Refusal('notFound')
    return {}
  })
}

/** /unit/webhooks for the systems of units, /systems/webhooks for the platform above. */
export function webhookRoutes(app: FastifyInstance, deps: WebhookDeps): void {
  routesUnder(app, deps, { base: '/unit/webhooks', access: bySystem, managerOf: sessionOf })
  routesUnder(app, deps, {
    base: '/systems/webhooks',
    access: needs('systems.manage'),
    managerOf: (request) => ({ ...sessionOf(request), unit: null }),
  })
}
