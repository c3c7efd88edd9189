import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tokenInCookie } from './page-cookie.ts'
import { Refusal } from './refusal.ts'

/**
 * Answers at most `most` requests to this route at a time of one credential, and refuses what is beyond before
 * anything is looked up: who floods slows himself, and takes no connection from the others.
 */
export function limitInFlight(app: FastifyInstance, url: string, most: number): void {
  const inFlight = new Map<string, number>()
  const counted = new WeakMap<FastifyRequest, string>()
  app.addHook('onRequest', async (request) => {
    // A browser brings its session as a cookie, and others beside it.
    const authorization = request.headers.authorization ?? tokenInCookie(request)
    if (authorization === null || request.routeOptions.url !== url) return
    const now = (inFlight.get(authorization) ?? 0) + 1
    if (now > most) throw new Refusal('tooMany')
    inFlight.set(authorization, now)
    counted.set(request, authorization)
  })
  app.addHook('onResponse', async (request) => {
    const authorization = counted.get(request)
    if (authorization === undefined) return
    const left = (inFlight.get(authorization) ?? 1) - 1
    if (left > 0) inFlight.set(authorization, left)
    else inFlight.delete(authorization)
  })
}
