import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { needs, sessionOf } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import type { Keys } from './keys.ts'

const BODY_BYTES = 4096
const keySchema = z.strictObject({ unit: z.string().min(1).max(40), name: z.string().trim().min(1).max(100) })
const keyParams = z.object({ keyId: z.uuid().toLowerCase() })

/** GET and POST /systems/keys, DELETE /systems/keys/:keyId for the administrator. */
export function systemRoutes(app: FastifyInstance, keys: Keys): void {
  const manages = needs('systems.manage')
  app.get('/systems/keys', manages, async () => ({ keys: await keys.list() }))
  app.post('/systems/keys', { ...manages, bodyLimit: BODY_BYTES }, async (request) => {
    const added = await keys.add(parseBody(keySchema, storable(request.body)), sessionOf(request).staffNo)
    if (!added.ok) throw new Refusal(added.error.code, added.error.detail)
    return added.value
  })
  app.delete('/systems/keys/:keyId', manages, async (request) => {
    const { keyId } = parseBody(keyParams, request.params)
    if (!(await keys.revoke(keyId, sessionOf(request).staffNo))) throw new Refusal('notFound')
    return {}
  })
}
