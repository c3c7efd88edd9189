import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { bareNumber } from '../../shared/phone-number.ts'
import { needs, sessionOf } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { listMessages, noteWish, sendAgain, settleMessage, type MessageDeps } from './service.ts'

const BODY_BYTES = 4096
const idParams = z.object({ messageId: z.uuid().toLowerCase() })
const settleSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) })
const wishSchema = z.strictObject({
  phone: z
    .string()
    .max(64)
    .refine((phone) => bareNumber(phone) !== ''),
  wanted: z.boolean(),
})

/**
 * GET /messages/dead and /messages/by-voice, POST /messages/:messageId/again and …/settle for the monitor; POST
 * /messages/wish for who speaks with citizens.
 */
export function messageRoutes(app: FastifyInstance, deps: MessageDeps & { readonly committed: () => void }): void {
  const manages = needs('messages.manage')
  app.get('/messages/dead', manages, async () => ({ messages: await listMessages(deps, 'dead') }))
  app.get('/messages/by-voice', manages, async () => ({ messages: await listMessages(deps, 'byVoice') }))

  app.post('/messages/:messageId/again', { ...manages, bodyLimit: BODY_BYTES }, async (request) => {
    const { messageId } = parseBody(idParams, request.params)
    const revived = await sendAgain(deps, messageId, sessionOf(request))
    if (revived !== 'revived') throw new Refusal(revived === 'superseded' ? 'outdated' : 'notFound')
    deps.committed()
    return {}
  })

  app.post('/messages/:messageId/settle', { ...manages, bodyLimit: BODY_BYTES }, async (request) => {
    const { messageId: id } = parseBody(idParams, request.params)
    const { reason } = parseBody(settleSchema, storable(request.body))
    if (!(await settleMessage(deps, { id, reason }, sessionOf(request)))) throw new Refusal('notFound')
    return {}
  })

  app.post('/messages/wish', { ...needs('cases.ofCaller'), bodyLimit: BODY_BYTES }, async (request) => {
    await noteWish(deps, parseBody(wishSchema, request.body), sessionOf(request))
    return {}
  })
}
