/** Default deny: a route says who may use it, or the server does not start; without a credential there is nothing. */
import type { FastifyInstance } from 'fastify'
import { may, mayThere, type Permission } from '../../shared/people/roles.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import { pageToken } from './page-cookie.ts'
import { Refusal } from './refusal.ts'

/**
 * `public` needs nothing (or authenticates by other means), `device` an enrolled desk, `exchange` one whose calls
 * are told, `system` a member unit's own, by its key, `signedIn` anybody who is; otherwise what one must be allowed.
 */
export type Access = 'public' | 'device' | 'exchange' | 'system' | 'signedIn' | Permission
/** An enrolled desk, the store file that it speaks for (null before it has named one), and the team that it sits with. */
export type Device = { readonly deviceId: string; readonly storeId: string | null; readonly team: string | null }
/**
 * Who is signed in, at which desk and its store (null: at none) and for which member unit, if any. `expiresAt` in
 * milliseconds since the epoch.
 */
export type Session = {
  readonly tokenHash: string
  readonly staffNo: string
  readonly name: string
  readonly role: StaffRole
  readonly unit: string | null
  readonly deviceId: string | null
  readonly storeId: string | null
  readonly expiresAt: number
  /** The key of a unit's system; left out of a person's. */
  readonly keyId?: string
}
export type RouteEntry = { readonly method: string; readonly url: string; readonly access: Access }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    session: Session | null
    device: Device | null
    exchange: string | null
  }
  interface FastifyInstance {
    /** All routes with who may use them, for the test that walks them. */
    routeEntries: readonly RouteEntry[]
  }
}

export const open = { config: { access: 'public' as const } }
export const signedIn = { config: { access: 'signedIn' as const } }
export const byDevice = { config: { access: 'device' as const } }
export const bySystem = { config: { access: 'system' as const } }
export const byExchange = { config: { access: 'exchange' as const } }

/** The options of a route that asks for a permission. */
export function needs(permission: Permission) {
  return { config: { access: permission } }
}

const isMachine = (access: Access): access is 'device' | 'exchange' | 'system' =>
  access === 'device' || access === 'exchange' || access === 'system'

/** Whether somebody of this role is let in, as a person. */
export function isLetIn(role: StaffRole, access: Access): boolean {
  if (access === 'public' || access === 'signedIn') return true
  return !isMachine(access) && may(role, access)
}

/** Whether somebody is let in where she signed in (P4). */
function isLetInThere({ role, deviceId }: Session, access: Access): boolean {
  if (!isLetIn(role, access)) return false
  return access === 'public' || access === 'signedIn' || isMachine(access) || mayThere(role, access, deviceId !== null)
}

function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([\w-]{1,128})$/.exec(header ?? '')?.[1] ?? null
}

function credentialOf(scheme: 'Device' | 'Exchange', header: string | undefined): string | null {
  const [, said, credential] = /^(\w{1,16}) ([\w.-]{1,128})$/.exec(header ?? '') ?? []
  return said === scheme ? (credential ?? null) : null
}

/** Finds who a credential or a token stands for; null for an unknown, revoked or expired one. */
export type Gate = {
  readonly findSession: (token: string) => Promise<Session | null>
  readonly findDevice: (credential: string) => Promise<Device | null>
  /** The name of the exchange. */
  readonly findExchange: (credential: string) => Promise<string | null>
}

/** Guards all routes that are registered after it. */
export function guardRoutes(app: FastifyInstance, { findSession, findDevice, findExchange }: Gate): void {
  const entries: RouteEntry[] = []
  app.decorate('routeEntries', entries)
  app.decorateRequest('session', null)
  app.decorateRequest('device', null)
  app.decorateRequest('exchange', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`route ${url} does not say who may use it`)
    for (const one of [method].flat()) entries.push({ method: one, url, access: config.access })
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (access === 'public' || access === 'device') {
      const credential = credentialOf('Device', request.headers.authorization)
      request.device = credential === null ? null : await findDevice(credential)
      if (access === 'device' && request.device === null) throw new Refusal('deviceUnknown')
      return
    }
    if (access === 'exchange') {
      const credential = credentialOf('Exchange', request.headers.authorization)
      request.exchange = credential === null ? null : await findExchange(credential)
      if (request.exchange === null) throw new Refusal('deviceUnknown')
      return
    }
    const token = bearerToken(request.headers.authorization) ?? pageToken(request)
    const session = token === null ? null : await findSession(token)
    if (access === 'system') {
      if (session?.keyId === undefined) throw new Refusal('deviceUnknown')
      request.session = session
      return
    }
    if (session === null) throw new Refusal('notSignedIn')
    if (access !== undefined && !isLetInThere(session, access)) throw new Refusal('forbidden')
    request.session = session
  })
}

/** The device of a guarded request. */
export function deviceOf(request: { device: Device | null }): Device {
  if (request.device === null) throw new Refusal('deviceUnknown')
  return request.device
}

/** The exchange of a guarded request. */
export function exchangeOf(request: { exchange: string | null }): string {
  if (request.exchange === null) throw new Refusal('deviceUnknown')
  return request.exchange
}

/** The session of a guarded request. */
export function sessionOf(request: { session: Session | null }): Session {
  if (request.session === null) throw new Refusal('notSignedIn')
  return request.session
}
