import type { FastifyInstance } from 'fastify'
import { signInRequestSchema, type SignInResponse } from '../../shared/sync/protocol.ts'
import { open, sessionOf, signedIn, type Session } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import type { People } from './service.ts'

const BODY_BYTES = 4096

/** POST /sign-in and /sign-out; `onSignedOut` lets go of what else hangs on the session. */
export function peopleRoutes(app: FastifyInstance, people: People, onSignedOut: (session: Session) => void): void {
  app.post('/sign-in', { ...open, bodyLimit: BODY_BYTES }, async (request): Promise<SignInResponse> => {
    const { staffNo, password, storeId } = parseBody(signInRequestSchema, request.body)
    const answer = await people.signIn({ staffNo: storable(staffNo), password, storeId })
    if (!answer.ok) throw new Refusal(answer.error.code)
    return answer.value
  })

  app.post('/sign-out', { ...signedIn, bodyLimit: BODY_BYTES }, async (request): Promise<Record<string, never>> => {
    const session = sessionOf(request)
    await people.signOut(session)
    onSignedOut(session)
    return {}
  })
}
