import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newUnitSchema, unitActs, unitChangeSchema, unitIdSchema } from '../../shared/admin/units-page.ts'
import { needs, sessionOf } from '../http/access.ts'
import { orRefuse, parseBody } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import type { AdminDeps } from './people-service.ts'
import { actOnUnit, addUnit, changeUnit, listUnits, readUnit } from './units-service.ts'

const BODY_BYTES = 16_384
const unitParams = z.object({ unit: unitIdSchema })
const actParams = unitParams.extend({ act: z.enum(unitActs) })

/** GET, POST and PUT /admin/units: the member units, for who may change them. */
export function unitAdminRoutes(app: FastifyInstance, deps: AdminDeps): void {
  const access = { ...needs('units.manage'), bodyLimit: BODY_BYTES }
  app.get('/admin/units', access, async () => ({ units: await listUnits(deps) }))
  app.post('/admin/units', access, async (request) => {
    const unit = parseBody(newUnitSchema, storable(request.body))
    orRefuse(await addUnit(deps, unit, sessionOf(request)))
    return {}
  })
  app.get('/admin/units/:unit', access, async (request) => {
    const { unit } = parseBody(unitParams, request.params)
    return orRefuse(await readUnit(deps, unit))
  })
  app.put('/admin/units/:unit', access, async (request) => {
    const { unit } = parseBody(unitParams, request.params)
    const change = parseBody(unitChangeSchema, storable(request.body))
    orRefuse(await changeUnit(deps, unit, change, sessionOf(request)))
    return {}
  })
  app.post('/admin/units/:unit/:act', access, async (request) => {
    const { unit, act } = parseBody(actParams, request.params)
    orRefuse(await actOnUnit(deps, unit, act, sessionOf(request)))
    return {}
  })
}
