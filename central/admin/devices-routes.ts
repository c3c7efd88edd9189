import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newCodeSchema, type MadeCode } from '../../shared/admin/devices-page.ts'
import type { Clock } from '../../shared/ports.ts'
import type { Devices } from '../devices/service.ts'
import { needs, sessionOf, type Device } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'

const BODY_BYTES = 4096
const deviceParams = z.object({ deviceId: z.uuid().toLowerCase() })

/** GET and POST /admin/devices: desks and exchanges, and the codes by which desks enrol; `letGo` ends what a revoked one hears. */
export function deviceAdminRoutes(
  app: FastifyInstance,
  {
    devices,
    clock,
    letGo,
  }: { readonly devices: Devices; readonly clock: Clock; readonly letGo: (device: Device) => void },
): void {
  const access = { ...needs('devices.manage'), bodyLimit: BODY_BYTES }
  app.get('/admin/devices', access, async () => ({
    devices: await devices.list(),
    codes: await devices.openCodes(clock.now()),
  }))
  app.post('/admin/devices/codes', access, async (request): Promise<MadeCode> => {
    const { name, team } = parseBody(newCodeSchema, storable(request.body))
    return devices.newCode(name, team || null, sessionOf(request).staffNo)
  })
  app.post('/admin/devices/:deviceId/revoke', access, async (request) => {
    const { deviceId } = parseBody(deviceParams, request.params)
    if (!(await devices.revoke(deviceId, sessionOf(request).staffNo))) throw new Refusal('notFound')
    letGo({ deviceId, storeId: null, team: null })
    return {}
  })
}
