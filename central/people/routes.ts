import type { FastifyInstance } from 'fastify'
import { signInRequestSchema } from '../../shared/sync/protocol.ts'
import { deviceOf, open, sessionOf, signedIn, type Session } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import type { WhenceOf } from './lockout.ts'
import type { People, SignedIn } from './service.ts'

const BODY_BYTES = 4096

export type PeopleDeps = {
  readonly people: People
  readonly whenceOf: WhenceOf
  readonly letGo: (session: Session) => void
}

/** POST /sign-in and /sign-out; `letGo` ends what else hangs on the session. */
export function peopleRoutes(app: FastifyInstance, { people, whenceOf, letGo }: PeopleDeps): void {
  app.post('/sign-in', { ...open, bodyLimit: BODY_BYTES }, async (request): Promise<SignedIn> => {
    const { staffNo, password, code = null, storeId } = parseBody(signInRequestSchema, request.body)
    // Who names a store is at a desk, and that is a device; who names none works elsewhere.
    const place = storeId === null ? null : { device: deviceOf(request), storeId }
    const whence = whenceOf(request, place?.device.deviceId ?? null)
    const answer = await people.signIn({ staffNo: storable(staffNo), password, code, place, whence })
    if (!answer.ok) throw new Refusal(answer.error.code, answer.error.detail)
    return answer.value
  })

  app.post('/sign-out', { ...signedIn, bodyLimit: BODY_BYTES }, async (request): Promise<Record<string, never>> => {
    const session = sessionOf(request)
    await people.signOut(session)
    letGo(session)
    return {}
  })
}
