import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { answeredCallsRequestSchema, type answeredCallsResponseSchema } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/db.ts'
import { byDevice, deviceOf } from '../http/access.ts'
import { parseBody } from '../http/refusal.ts'
import { selectAnswered } from './sql.ts'

const BODY_BYTES = 32 * 1024

/** POST /calls/answered: a desk that missed a ring asks whether another one answered it. */
export function callRoutes(app: FastifyInstance, db: Db): void {
  type Answer = z.infer<typeof answeredCallsResponseSchema>
  app.post('/calls/answered', { ...byDevice, bodyLimit: BODY_BYTES }, async (request): Promise<Answer> => {
    const { callIds } = parseBody(answeredCallsRequestSchema, request.body)
    const { storeId, team } = deviceOf(request)
    return { answered: await db.tx('sanxin_desk', (sql) => selectAnswered(sql, storeId, callIds), { storeId, team }) }
  })
}
