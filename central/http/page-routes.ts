/** What every page in a browser needs of central: its files, and a session that is a cookie. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { isOneTimeCode } from '../../shared/people/one-time-code.ts'
import type { Permission } from '../../shared/people/roles.ts'
import type { WhenceOf } from '../people/lockout.ts'
import type { People } from '../people/service.ts'
import { storable } from '../storable.ts'
import { needs, open, sessionOf } from './access.ts'
import type { BuiltPage } from './built-page.ts'
import { guardBrowser, YEAR_S } from './guard-browser.ts'
import { pageCookie, pageOrigin } from './page-cookie.ts'
import { parseBody, Refusal } from './refusal.ts'

const BODY_BYTES = 4096

const signInSchema = z.strictObject({
  staffNo: z.string().min(1).max(20),
  password: z.string().min(1).max(200),
  code: z.string().refine(isOneTimeCode).optional(),
})
const assetParams = z.object({ name: z.string().max(200) })

/** GET `base`/ and its files. A page needs no sign-in: what it shows does. `title` is how it is called, where it was not built. */
export function pageRoutes(app: FastifyInstance, base: string, page: BuiltPage | null, title: string): void {
  app.get(base, open, (_request, reply) => reply.redirect(`${base}/`))
  app.get(`${base}/`, open, (_request, reply) => {
    const html = guardBrowser(reply).type('text/html; charset=utf-8').header('x-frame-options', 'DENY')
    if (page === null) {
      const notBuilt = `<!doctype html><meta charset="utf-8"><title>三心</title><p>${title}还没有构建：npm run build`
      return html.code(503).header('content-security-policy', "default-src 'none'").send(notBuilt)
    }
    const { html: text, policy } = page.document()
    return html.header('content-security-policy', policy).send(text)
  })
  app.get(`${base}/assets/:name`, open, (request, reply) => {
    const found = page?.asset(parseBody(assetParams, request.params).name) ?? null
    if (found === null) throw new Refusal('notFound')
    return guardBrowser(reply)
      .header('cache-control', `public, max-age=${YEAR_S}, immutable`)
      .type(found.type)
      .send(found.body)
  })
}

/** POST `base`/sign-in and `base`/sign-out, for who has the permission `wants`: the session is a cookie, and in no answer. */
export function pageSessionRoutes(
  app: FastifyInstance,
  { people, whenceOf }: { readonly people: People; readonly whenceOf: WhenceOf },
  base: string,
  wants: Permission,
): void {
  app.post(`${base}/sign-in`, { ...open, bodyLimit: BODY_BYTES }, async (request, reply) => {
    const { staffNo, password, code = null } = parseBody(signInSchema, storable(request.body))
    const origin = pageOrigin(request)
    if (origin === null) throw new Refusal('forbidden', 'foreignPage')
    const whence = whenceOf(request, null)
    const answer = await people.signIn({ staffNo, password, code, place: null, whence, wants })
    if (!answer.ok) throw new Refusal(answer.error.code, answer.error.detail)
    void reply.header('set-cookie', pageCookie(answer.value.token, origin.secure))
    return {}
  })
  app.post(`${base}/sign-out`, { ...needs(wants), bodyLimit: BODY_BYTES }, async (request, reply) => {
    await people.signOut(sessionOf(request))
    void reply.header('set-cookie', pageCookie(null, pageOrigin(request)?.secure ?? false))
    return {}
  })
}
