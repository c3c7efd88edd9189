import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { PROTOCOL_VERSION, syncRequestSchema } from '../../shared/sync/protocol.ts'
import { createSeen } from '../devices/seen.ts'
import { byDevice, deviceOf } from '../http/access.ts'
import { atATime } from '../http/in-flight.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { sync, type SyncDeps } from './service.ts'

/** Of one desk one request is taken at a time, the next one may wait; more wait for nothing. */
export const MOST_IN_FLIGHT = 2
const BODY_BYTES = 4 * 1024 * 1024
const versionSchema = z.looseObject({ protocol: z.number().int() })

/** POST /sync: the one conversation between a desk and central (shared/sync/protocol.ts). */
export function syncRoutes(app: FastifyInstance, deps: SyncDeps): void {
  const noteSeen = createSeen(deps.db, deps.clock, deps.log)
  app.post('/sync', { ...atATime(MOST_IN_FLIGHT, byDevice), bodyLimit: BODY_BYTES }, async (request, reply) => {
    // Before all else: another version's request may have another shape.
    const { protocol } = parseBody(versionSchema, request.body)
    if (protocol !== PROTOCOL_VERSION) throw new Refusal('protocolMismatch')
    const device = deviceOf(request)
    await noteSeen(device, request.headers['user-agent'])
    const answer = await sync(deps, device, parseBody(syncRequestSchema, request.body))
    if (!answer.ok) throw new Refusal(answer.error.code, answer.error.detail)
    return reply.type('application/json; charset=utf-8').send(answer.value)
  })
}
