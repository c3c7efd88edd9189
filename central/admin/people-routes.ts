import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newPersonSchema,
  peopleQuerySchema,
  personActs,
  personChangeSchema,
  staffNoSchema,
} from '../../shared/admin/people-page.ts'
import { needs, sessionOf } from '../http/access.ts'
import { orRefuse, parseBody } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { actOn, addPerson, changeOne, listPeople, readPerson, type AdminDeps } from './people-service.ts'

const BODY_BYTES = 4096
const personParams = z.object({ staffNo: staffNoSchema })
const actParams = personParams.extend({ act: z.enum(personActs) })

/** GET, POST and PUT /admin/people: who works here, for who may change them. */
export function peopleAdminRoutes(app: FastifyInstance, deps: AdminDeps): void {
  const access = { ...needs('staff.manage'), bodyLimit: BODY_BYTES }
  app.get('/admin/people', access, async (request) =>
    listPeople(deps, parseBody(peopleQuerySchema, storable(request.query))),
  )
  app.post('/admin/people', access, async (request) => {
    const person = parseBody(newPersonSchema, storable(request.body))
    return orRefuse(await addPerson(deps, person, sessionOf(request)))
  })
  app.get('/admin/people/:staffNo', access, async (request) => {
    const { staffNo } = parseBody(personParams, request.params)
    return orRefuse(await readPerson(deps, staffNo))
  })
  app.put('/admin/people/:staffNo', access, async (request) => {
    const { staffNo } = parseBody(personParams, request.params)
    const change = parseBody(personChangeSchema, storable(request.body))
    return orRefuse(await changeOne(deps, staffNo, change, sessionOf(request)))
  })
  app.post('/admin/people/:staffNo/:act', access, async (request) => {
    const { staffNo, act } = parseBody(actParams, request.params)
    return orRefuse(await actOn(deps, staffNo, act, sessionOf(request)))
  })
}
