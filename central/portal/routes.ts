import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../shared/people/roles.ts'
import { deputyRequestSchema, draftKinds, LONGEST_DRAFT } from '../../shared/unit/unit-page.ts'
import { needs, sessionOf } from '../http/access.ts'
import { readPage } from '../http/built-page.ts'
import { pageRoutes, pageSessionRoutes } from '../http/page-routes.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import type { Log } from '../../shared/ports.ts'
import type { WhenceOf } from '../people/lockout.ts'
import type { People } from '../people/service.ts'
import { storable } from '../storable.ts'
import { endDeputy, keepDraft, nameDeputy, readDrafts, readWork, type UnitDeps, type UnitSession } from './service.ts'

const BODY_BYTES = 4096
const DRAFT_BYTES = 4 * LONGEST_DRAFT + 1024

const caseParams = z.object({ caseId: z.uuid().toLowerCase() })
export const draftParams = caseParams.extend({ kind: z.enum(draftKinds) })
export const draftBody = z.strictObject({ text: z.string().max(LONGEST_DRAFT) })

/** What somebody does as a person: a system of the unit does not. */
function personOf(request: FastifyRequest): UnitSession {
  const session = unitSessionOf(request)
  if (session.keyId !== undefined) throw new Refusal('forbidden', 'person')
  return session
}

/** Somebody of a unit; a member without a unit can do nothing here. */
export function unitSessionOf(request: FastifyRequest): UnitSession {
  const session = sessionOf(request)
  const { unit } = session
  if (unit === null || !may(session.role, 'unit.work')) throw new Refusal('forbidden')
  return { ...session, unit }
}

function workRoutes(app: FastifyInstance, deps: UnitDeps): void {
  app.get('/unit/me', needs('unit.work'), async (request) => {
    const { staffNo, name, unit } = unitSessionOf(request)
    return { staffNo, name, unit }
  })
  app.get('/unit/work', needs('unit.work'), async (request) => readWork(deps, unitSessionOf(request)))
  app.get('/unit/drafts/:caseId', needs('unit.work'), async (request) => {
    const { caseId } = parseBody(caseParams, request.params)
    return { drafts: await readDrafts(deps, caseId, unitSessionOf(request)) }
  })
  app.put('/unit/drafts/:caseId/:kind', { ...needs('unit.work'), bodyLimit: DRAFT_BYTES }, async (request) => {
    const { caseId, kind } = parseBody(draftParams, request.params)
    const { text } = parseBody(draftBody, storable(request.body))
    const kept = await keepDraft(deps, { caseId, kind, text }, unitSessionOf(request))
    if (!kept.ok) throw new Refusal(kept.error.code, kept.error.detail)
    return {}
  })
  app.put('/unit/deputy', { ...needs('unit.work'), bodyLimit: BODY_BYTES }, async (request) => {
    const asked = parseBody(deputyRequestSchema, storable(request.body))
    const named = await nameDeputy(deps, asked, personOf(request))
    if (!named.ok) throw new Refusal(named.error.code, named.error.detail)
    return {}
  })
  app.delete('/unit/deputy', needs('unit.work'), async (request) => {
    await endDeputy(deps, personOf(request))
    return {}
  })
}

type More = {
  readonly people: People
  readonly whenceOf: WhenceOf
  readonly folder: string
  readonly log: Log
}

/** All of the page of the member units but the files on cases; `folder` is where it was built. */
export function unitRoutes(app: FastifyInstance, { people, whenceOf, folder, log, ...deps }: UnitDeps & More): void {
  const page = readPage(folder)
  if (page === null) log('unitPageNotBuilt')
  pageRoutes(app, '/unit', page, '成员单位页面')
  pageSessionRoutes(app, { people, whenceOf }, '/unit', 'unit.work')
  workRoutes(app, deps)
}
