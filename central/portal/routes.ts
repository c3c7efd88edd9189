import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../shared/people/roles.ts'
import { deputyRequestSchema, draftKinds, LONGEST_DRAFT } from '../../shared/unit/unit-page.ts'
import { needs, open, sessionOf } from '../http/access.ts'
import { guardBrowser, YEAR_S } from '../http/guard-browser.ts'
import { pageCookie, pageOrigin } from '../http/page-cookie.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import type { Log } from '../../shared/ports.ts'
import type { People } from '../people/service.ts'
import { storable } from '../storable.ts'
import { readPage, type UnitPage } from './page.ts'
import { endDeputy, keepDraft, nameDeputy, readDrafts, readWork, type UnitDeps, type UnitSession } from './service.ts'

const BODY_BYTES = 4096
const DRAFT_BYTES = 4 * LONGEST_DRAFT + 1024

const signInSchema = z.strictObject({ staffNo: z.string().min(1).max(20), password: z.string().min(1).max(200) })
const caseParams = z.object({ caseId: z.uuid().toLowerCase() })
const draftParams = caseParams.extend({ kind: z.enum(draftKinds) })
const draftBody = z.strictObject({ text: z.string().max(LONGEST_DRAFT) })

/** Somebody of a unit; a member without a unit can do nothing here. */
export function unitSessionOf(request: FastifyRequest): UnitSession {
  const session = sessionOf(request)
  const { unit } = session
  if (unit === null || !may(session.role, 'unit.work')) throw new Refusal('forbidden')
  return { ...session, unit }
}

const NOT_BUILT = '<!doctype html><meta charset="utf-8"><title>三心</title><p>成员单位页面还没有构建：npm run build'

/** GET /unit/ and its files. The page needs no sign-in: what it shows does. */
function pageRoutes(app: FastifyInstance, page: UnitPage | null): void {
  app.get('/unit', open, (_request, reply) => reply.redirect('/unit/'))
  app.get('/unit/', open, (_request, reply) => {
    const html = guardBrowser(reply).type('text/html; charset=utf-8').header('x-frame-options', 'DENY')
    if (page === null) return html.code(503).header('content-security-policy', "default-src 'none'").send(NOT_BUILT)
    const { html: text, policy } = page.document()
    return html.header('content-security-policy', policy).send(text)
  })
  app.get('/unit/assets/:name', open, (request, reply) => {
    const { name } = parseBody(z.object({ name: z.string().max(200) }), request.params)
    const found = page?.asset(name) ?? null
    if (found === null) throw new Refusal('notFound')
    return guardBrowser(reply)
      .header('cache-control', `public, max-age=${YEAR_S}, immutable`)
      .type(found.type)
      .send(found.body)
  })
}

/** POST /unit/sign-in and /unit/sign-out: the session is a cookie, and in no answer. */
function sessionRoutes(app: FastifyInstance, people: People): void {
  app.post('/unit/sign-in', { ...open, bodyLimit: BODY_BYTES }, async (request, reply) => {
    const { staffNo, password } = parseBody(signInSchema, storable(request.body))
    const origin = pageOrigin(request)
    if (origin === null) throw new Refusal('forbidden', 'foreignPage')
    const answer = await people.signIn({ staffNo, password, code: null, place: null, wants: 'unit.work' })
    if (!answer.ok) throw new Refusal(answer.error.code, answer.error.detail)
    void reply.header('set-cookie', pageCookie(answer.value.token, origin.secure))
    return {}
  })
  app.post('/unit/sign-out', { ...needs('unit.work'), bodyLimit: BODY_BYTES }, async (request, reply) => {
    await people.signOut(sessionOf(request))
    void reply.header('set-cookie', pageCookie(null, pageOrigin(request)?.secure ?? false))
    return {}
  })
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
    const named = await nameDeputy(deps, asked, unitSessionOf(request))
    if (!named.ok) throw new Refusal(named.error.code, named.error.detail)
    return {}
  })
  app.delete('/unit/deputy', needs('unit.work'), async (request) => {
    await endDeputy(deps, unitSessionOf(request))
    return {}
  })
}

/** All of the page of the member units but the files on cases; `folder` is where it was built. */
export function unitRoutes(
  app: FastifyInstance,
  { people, folder, log, ...deps }: UnitDeps & { readonly people: People; readonly folder: string; readonly log: Log },
): void {
  const page = readPage(folder)
  if (page === null) log('unitPageNotBuilt')
  pageRoutes(app, page)
  sessionRoutes(app, people)
  workRoutes(app, deps)
}
