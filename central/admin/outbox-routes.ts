import type { FastifyInstance } from 'fastify'
import { againSchema } from '../../shared/admin/outbox-page.ts'
import { needs, sessionOf } from '../http/access.ts'
import { orRefuse, parseBody } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { readOutbox, sendDeadAgain, type OutboxDeps } from './outbox-service.ts'

const BODY_BYTES = 4096

/** GET /admin/outbox, what is owed still; POST /admin/outbox/again, one dead one or all of a kind. */
export function outboxAdminRoutes(app: FastifyInstance, deps: OutboxDeps): void {
  const access = { ...needs('messages.manage'), bodyLimit: BODY_BYTES }
  app.get('/admin/outbox', access, async (request) => readOutbox(deps, sessionOf(request)))
  app.post('/admin/outbox/again', access, async (request) => {
    return {
      number: orRefuse(await sendDeadAgain(deps, parseBody(againSchema, storable(request.body)), sessionOf(request))),
    }
  })
}
