/** Default deny: a route says who may use it, or the server does not start; without a token there is nothing. */
import type { FastifyInstance } from 'fastify'
import { may, type Permission } from '../../shared/people/roles.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import { Refusal } from './refusal.ts'

/** `public` needs no token (or authenticates by other means), `signedIn` any; otherwise what one must be allowed. */
export type Access = 'public' | 'signedIn' | Permission
/**
 * Who is signed in, at which desk's store (null: at none) and for which member unit, if any. `expiresAt` in
 * milliseconds since the epoch.
 */
export type Session = {
  readonly tokenHash: string
  readonly staffNo: string
  readonly name: string
  readonly role: StaffRole
  readonly unit: string | null
  readonly storeId: string | null
  readonly expiresAt: number
}
/** The session of somebody at a desk. */
export type DeskSession = Session & { readonly storeId: string }
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

export const open = { config: { access: 'public' as const } }
export const signedIn = { config: { access: 'signedIn' as const } }

/** The options of a route that asks for a permission. */
export function needs(permission: Permission) {
  return { config: { access: permission } }
}

/** Whether somebody of this role is let in. */
export function isLetIn(role: StaffRole, access: Access): boolean {
  return access === 'public' || access === 'signedIn' || may(role, access)
}

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
    if (access !== undefined && !isLetIn(session.role, access)) throw new Refusal('forbidden')
    request.session = session
  })
}

/** The session of a guarded request. */
export function sessionOf(request: { session: Session | null }): Session {
  if (request.session === null) throw new Refusal('notSignedIn')
  return request.session
}

/** The session of a guarded request from a desk; who is at none is refused. */
export function deskSessionOf(request: { session: Session | null }): DeskSession {
  const { storeId, ...session } = sessionOf(request)
  if (storeId === null) throw new Refusal('forbidden', 'storeId')
  return { ...session, storeId }
}
