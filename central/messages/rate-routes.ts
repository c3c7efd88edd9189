import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { needs, open, sessionOf } from '../http/access.ts'
import { formOf, sendPage, takeForms } from '../http/citizen-page.ts'
import type { createAskers } from '../http/askers.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { verifiedId } from '../outbox/signature.ts'
import { storable } from '../storable.ts'
import { rateForm, ratePages } from './rate-page.ts'
import { inboundSchema, listOwedVisits, mayRate, rateByToken, takeInbound, type RatingDeps } from './rating-service.ts'

const FORM_BYTES = 8 * 1024
const INBOUND_BYTES = 16 * 1024

type IsTooMuch = ReturnType<typeof createAskers>

const tokenOf = (params: unknown) => {
  const parsed = z.object({ token: z.string().max(100) }).safeParse(params)
  return parsed.success ? parsed.data.token : ''
}
const ratedSchema = z.object({
  rating: z.enum(['1', '2', '3', '4', '5']).transform(Number),
  text: z.string().trim().max(500),
})

/** GET /rate/:token changes nothing (telephones look links up by themselves); POST takes the rating. */
function pageRoutes(page: FastifyInstance, deps: RatingDeps, isTooMuch: IsTooMuch): void {
  takeForms(page)
  page.get('/rate/:token', open, async (request, reply) => {
    if (isTooMuch(request)) return sendPage(reply, ratePages.tooMany(), 429)
    const isOpen = await mayRate(deps, tokenOf(request.params))
    return isOpen ? sendPage(reply, rateForm(false)) : sendPage(reply, ratePages.gone(), 404)
  })
  page.post('/rate/:token', { ...open, bodyLimit: FORM_BYTES }, async (request, reply) => {
    if (isTooMuch(request)) return sendPage(reply, ratePages.tooMany(), 429)
    const token = tokenOf(request.params)
    const form = formOf(request.body)
    const rated = ratedSchema.safeParse({ rating: form.get('rating'), text: storable(form.get('text') ?? '') })
    if (!rated.success)
      return (await mayRate(deps, token))
        ? sendPage(reply, rateForm(true), 400)
        : sendPage(reply, ratePages.gone(), 404)
    const answer = await rateByToken(deps, token, rated.data)
    if (answer.ok) return sendPage(reply, rated.data.rating <= 2 ? ratePages.sorry() : ratePages.thanks())
    return answer.error.code === 'notFound'
      ? sendPage(reply, ratePages.gone(), 404)
      : sendPage(reply, ratePages.notNow(), 409)
  })
}

/** POST /messages/inbound: what citizens replied, signed by the gateway with the secret that both have; whoever has that is not counted. */
function inboundRoute(intake: FastifyInstance, deps: RatingDeps, secret: string | null): void {
  // The signature is over the bytes as they came.
  intake.removeContentTypeParser('application/json')
  intake.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  intake.post('/messages/inbound', { ...open, bodyLimit: INBOUND_BYTES }, async (request) => {
    if (secret === null) throw new Refusal('notFound')
    const body = typeof request.body === 'string' ? request.body : ''
    const id = verifiedId(secret, request.headers, body, deps.clock.now() / 1000)
    if (id === null) throw new Refusal('deviceUnknown')
    let value: unknown = null
    try {
      value = JSON.parse(body)
    } catch {
      throw new Refusal('invalidInput', 'JSON')
    }
    return { outcome: await takeInbound(deps, id, parseBody(inboundSchema, storable(value))) }
  })
}

/** The citizens' page, the gateway's intake, and GET /ratings/owed for the monitor. */
export function rateRoutes(
  app: FastifyInstance,
  {
    inboundSecret,
    isTooMuch,
    ...deps
  }: RatingDeps & { readonly inboundSecret: string | null; readonly isTooMuch: IsTooMuch },
): void {
  void app.register(async (page) => pageRoutes(page, deps, isTooMuch))
  void app.register(async (intake) => inboundRoute(intake, deps, inboundSecret))
  app.get('/ratings/owed', needs('messages.manage'), async (request) => ({
    cases: await listOwedVisits(deps, sessionOf(request)),
  }))
}
