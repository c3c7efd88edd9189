/** Default deny: a route says who may use it, or the server does not start; without a token there is nothing. */
import type { FastifyInstance } from 'fastify'
import { Refusal } from './refusal.ts'

export type StaffRole = 'operator' | 'monitor'
/** `public` needs no token (or authenticates by other means); otherwise the roles that are let in. */
export type Access = 'public' | readonly StaffRole[]
/** Who is signed in at which desk's store. `expiresAt` in milliseconds since the epoch. */
export type Session = {
  readonly tokenHash: string
  readonly staffNo: string
  readonly name: string
  readonly role: StaffRole
  readonly storeId: string
  readonly expiresAt: number
}
export type RouteEntry = { readonly method: string; readonly url: string; readonly access: Access }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    session: Session | null
  }
  interface FastifyInstance {
    /** All routes with who may use them, for the test that walks them. */
    routeEntries: readonly RouteEntry[]
  }
}

const everyone: Access = ['operator', 'monitor']
export const signedIn = { config: { access: everyone } }
export const open = { config: { access: 'public' as const } }

function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([\w-]{1,128})$/.exec(header ?? '')?.[1] ?? null
}

/** Guards all routes that are registered after it; `findSession` gives null for an unknown or expired token. */
export function guardRoutes(app: FastifyInstance, findSession: (token: string) => Promise<Session | null>): void {
  const entries: RouteEntry[] = []
  app.decorate('routeEntries', entries)
  app.decorateRequest('session', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`route ${url} does not say who may use it`)
    for (const one of [method].flat()) entries.push({ method: one, url, access: config.access })
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (access === 'public') return
    const token = bearerToken(request.headers.authorization)
    const session = token === null ? null : await findSession(token)
    if (session === null) throw new Refusal('notSignedIn')
    if (access !== undefined && !access.includes(session.role)) throw new Refusal('forbidden')
    request.session = session
  })
}

/** The session of a guarded request. */
export function sessionOf(request: { session: Session | null }): Session {
  if (request.session === null) throw new Refusal('notSignedIn')
  return request.session
}
