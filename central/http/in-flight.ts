import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tokenInCookie } from './page-cookie.ts'
import { Refusal } from './refusal.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** So many requests of one credential to this URL are answered at a time. */
    atATime?: number
  }
}

/** A route that `guard` guards, of which one credential has so many on the way at a time. */
export const atATime = <Config extends object>(most: number, { config }: { readonly config: Config }) => ({
  config: { ...config, atATime: most },
})

/**
 * Refuses what is beyond a route's `atATime` before anything is looked up, so it comes before all that looks: who floods
 * slows himself, and takes no connection from the others.
 */
export function limitInFlight(app: FastifyInstance): void {
  const inFlight = new Map<string, number>()
  const counted = new WeakMap<FastifyRequest, string>()
  app.addHook('onRequest', async (request) => {
    const { url, config } = request.routeOptions
    // A browser brings its session as a cookie, and others beside it.
    const authorization = request.headers.authorization ?? tokenInCookie(request)
    if (authorization === null || config.atATime === undefined) return
    const key = `${url ?? ''} ${authorization}`
    const now = (inFlight.get(key) ?? 0) + 1
    if (now > config.atATime) throw new Refusal('tooMany')
    inFlight.set(key, now)
    counted.set(request, key)
  })
  app.addHook('onResponse', async (request) => {
    const key = counted.get(request)
    if (key === undefined) return
    const left = (inFlight.get(key) ?? 1) - 1
    if (left > 0) inFlight.set(key, left)
    else inFlight.delete(key)
  })
}
