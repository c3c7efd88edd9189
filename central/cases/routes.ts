import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ofCallerRequestSchema } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/db.ts'
import { signedIn } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { casesOfCaller, readCase } from './service.ts'

const BODY_BYTES = 4096
const caseParams = z.object({ caseId: z.uuid() })

/** POST /cases/of-caller and GET /cases/:caseId. */
export function caseRoutes(app: FastifyInstance, db: Db): void {
  app.post('/cases/of-caller', { ...signedIn, bodyLimit: BODY_BYTES }, async (request) => {
    const { phone } = parseBody(ofCallerRequestSchema, request.body)
    return { cases: await casesOfCaller(db, phone) }
  })

  app.get('/cases/:caseId', signedIn, async (request) => {
    const { caseId } = parseBody(caseParams, request.params)
    const found = await readCase(db, caseId)
    if (found === null) throw new Refusal('notFound')
    return found
  })
}
