import type { FastifyInstance } from 'fastify'
import { oidcSignInRequestSchema, type OidcOffer } from '../../shared/sync/oidc.ts'
import { byDevice, deviceOf, open } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import type { Oidc } from './oidc.ts'
import type { People, SignedIn } from './service.ts'

const BODY_BYTES = 8192

/** GET and POST /sign-in/oidc: with the organisation's account; not found where that is not set up. */
export function oidcRoutes(app: FastifyInstance, people: People, oidc: Oidc | null): void {
  app.get('/sign-in/oidc', open, async (): Promise<OidcOffer> => {
    if (oidc === null) throw new Refusal('notFound')
    const offer = await oidc.offer()
    if (!offer.ok) throw new Refusal(offer.error.code)
    return offer.value
  })

  app.post('/sign-in/oidc', { ...byDevice, bodyLimit: BODY_BYTES }, async (request): Promise<SignedIn> => {
    if (oidc === null) throw new Refusal('notFound')
    const { storeId, ...answer } = parseBody(oidcSignInRequestSchema, request.body)
    const staffNo = await oidc.staffNoOf(answer)
    if (!staffNo.ok) throw new Refusal(staffNo.error.code)
    const signedIn = await people.signInAs(storable(staffNo.value), { device: deviceOf(request), storeId })
    if (!signedIn.ok) throw new Refusal(signedIn.error.code)
    return signedIn.value
  })
}
