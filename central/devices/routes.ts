import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import {
  deskRequestSchema,
  enrolRequestSchema,
  type deskResponseSchema,
  type EnrolResponse,
} from '../../shared/sync/protocol.ts'
import { byDevice, deviceOf, open, type Device } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import type { Devices } from './service.ts'

const BODY_BYTES = 4096

/** POST /enrol and /desk; `letGo` ends what hears of the store that the device spoke for before. */
export function deviceRoutes(app: FastifyInstance, devices: Devices, letGo: (device: Device) => void): void {
  app.post('/enrol', { ...open, bodyLimit: BODY_BYTES }, async (request): Promise<EnrolResponse> => {
    const answer = await devices.enrol(parseBody(enrolRequestSchema, request.body))
    if (!answer.ok) throw new Refusal(answer.error.code)
    return answer.value
  })

  type DeskAnswer = z.infer<typeof deskResponseSchema>
  app.post('/desk', { ...byDevice, bodyLimit: BODY_BYTES }, async (request): Promise<DeskAnswer> => {
    const { storeId } = parseBody(deskRequestSchema, request.body)
    const device = deviceOf(request)
    const deskCode = await devices.bindStore(device, storeId)
    // What listened for the store that was put aside hears nothing for this one.
    if (storeId.toLowerCase() !== device.storeId) letGo(device)
    return { deskCode }
  })
}
