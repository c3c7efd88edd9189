import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { caseStepSchema } from '../../shared/case/case-step.ts'
import { ofCallerRequestSchema } from '../../shared/sync/protocol.ts'
import { needs, sessionOf } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { casesOfCaller, notePrinted, readCase, type CaseDeps } from './service.ts'
import { storable } from '../storable.ts'
import { takeStep } from './step-service.ts'

const BODY_BYTES = 4096
/** The longest words of a step, whatever they are written in. */
const STEP_BYTES = 64 * 1024
export const caseParams = z.object({ caseId: z.uuid().toLowerCase() })
export const stepRequestSchema = z.object({ id: z.uuid().toLowerCase(), step: caseStepSchema })

/** POST /cases/of-caller, GET /cases/:caseId, POST /cases/:caseId/printed and POST /cases/:caseId/steps. */
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

  app.post('/cases/:caseId/printed', { ...needs('cases.read'), bodyLimit: BODY_BYTES }, async (request) => {
    const { caseId } = parseBody(caseParams, request.params)
    if (!(await notePrinted(deps, caseId, sessionOf(request)))) throw new Refusal('notFound')
    return {}
  })

  app.post('/cases/:caseId/steps', { ...needs('cases.step'), bodyLimit: STEP_BYTES }, async (request) => {
    const { caseId } = parseBody(caseParams, request.params)
    const { id, step } = parseBody(stepRequestSchema, storable(request.body))
    const taken = await takeStep(deps, { id, caseId, step }, sessionOf(request))
    if (!taken.ok) throw new Refusal(taken.error.code, taken.error.detail)
    return taken.value
  })
}
