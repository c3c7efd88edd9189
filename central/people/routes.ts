import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { deskRequestSchema, signInRequestSchema, type deskResponseSchema } from '../../shared/sync/protocol.ts'
import { needs, open, sessionOf, signedIn, type Session } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import type { People, SignedIn } from './service.ts'

const BODY_BYTES = 4096

/** POST /sign-in, /desk and /sign-out; `letGo` ends what else hangs on the session as it was. */
export function peopleRoutes(app: FastifyInstance, people: People, letGo: (session: Session) => void): void {
  app.post('/sign-in', { ...open, bodyLimit: BODY_BYTES }, async (request): Promise<SignedIn> => {
    const { staffNo, password, storeId } = parseBody(signInRequestSchema, request.body)
    const answer = await people.signIn({ staffNo: storable(staffNo), password, storeId })
    if (!answer.ok) throw new Refusal(answer.error.code, answer.error.detail)
    return answer.value
  })

  type DeskAnswer = z.infer<typeof deskResponseSchema>
  app.post('/desk', { ...needs('sync'), bodyLimit: BODY_BYTES }, async (request): Promise<DeskAnswer> => {
    const { storeId } = parseBody(deskRequestSchema, request.body)
    const session = sessionOf(request)
    const answer = await people.bindStore(session, storeId)
    if (!answer.ok) throw new Refusal(answer.error.code)
    // What listened for the store that was put aside hears nothing for this one.
    if (storeId.toLowerCase() !== session.storeId) letGo(session)
    return { deskCode: answer.value }
  })

  app.post('/sign-out', { ...signedIn, bodyLimit: BODY_BYTES }, async (request): Promise<Record<string, never>> => {
    const session = sessionOf(request)
    await people.signOut(session)
    letGo(session)
    return {}
  })
}
