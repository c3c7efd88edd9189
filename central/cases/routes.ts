import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ofCallerRequestSchema } from '../../shared/sync/protocol.ts'
import { needs, sessionOf } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { casesOfCaller, readCase, type CaseDeps } from './service.ts'

const BODY_BYTES = 4096
const caseParams = z.object({ caseId: z.uuid() })

/** POST /cases/of-caller and GET /cases/:caseId. */
export function caseRoutes(app: FastifyInstance, deps: CaseDeps): void {
  app.post('/cases/of-caller', { ...needs('cases.ofCaller'), bodyLimit: BODY_BYTES }, async (request) => {
    const { phone } = parseBody(ofCallerRequestSchema, request.body)
    return { cases: await casesOfCaller(deps, phone, sessionOf(request)) }
  })

  app.get('/cases/:caseId', needs('cases.read'), async (request) => {
    const { caseId } = parseBody(caseParams, request.params)
    const found = await readCase(deps, caseId, sessionOf(request))
    if (found === null) throw new Refusal('notFound')
    return found
  })
}
