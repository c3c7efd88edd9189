import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { webhookActs, type SystemsPage } from '../../shared/admin/systems-page.ts'
import { needs, sessionOf } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import type { Keys } from '../systems/keys.ts'
import { webhookEvents } from '../webhooks/events-of.ts'
import { actOnWebhook, listManaged, unitNames } from '../webhooks/manage.ts'
import { webhookParams } from '../webhooks/routes.ts'
import type { WebhookDeps } from '../webhooks/service.ts'

const actParams = webhookParams.extend({ act: z.enum(webhookActs) })

/** GET /admin/systems, and POST /systems/webhooks/:webhookId/:act; keys and webhooks are made and ended at /systems. */
export function systemAdminRoutes(app: FastifyInstance, keys: Keys, deps: WebhookDeps): void {
  const access = { ...needs('systems.manage'), bodyLimit: 4096 }
  app.get('/admin/systems', access, async (): Promise<SystemsPage> => {
    const names = await unitNames(deps)
    return {
      keys: (await keys.list()).map((key) => ({ ...key, unitName: names.get(key.unit) ?? null })),
      webhooks: await listManaged(deps, names),
      events: [...webhookEvents],
    }
  })
  app.post('/systems/webhooks/:webhookId/:act', access, async (request) => {
    const { webhookId, act } = parseBody(actParams, request.params)
    const done = await actOnWebhook(deps, webhookId, act, sessionOf(request))
    if (done === null) throw new Refusal('notFound')
    return done
  })
}
