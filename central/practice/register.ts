import type { Connection } from './connection.ts'
import type { ExchangeCore } from './exchange-core.ts'
import { authenticate } from './authenticate.ts'
import { rejoinCalls } from './call-end.ts'
import { sequenceOf } from './check-request.ts'
import { maskNumber } from './mask-number.ts'
import type { Header, SipRequest } from './sip-message.ts'
import { header } from './sip-message.ts'
import { firstAddress, parseNameAddress, parseUri } from './sip-address.ts'
import { makeReply } from './sip-reply.ts'

const defaultExpiresSeconds = 300
const maxExpiresSeconds = 3600

/** Answers a REGISTER: binds, refreshes, removes or tells the contact of the user. */
export function handleRegister(core: ExchangeCore, connection: Connection, request: SipRequest): void {
  const user = authenticate(core, connection, request)
  if (user === null) return
  const reply = (status: number, options: { reason?: string; headers?: readonly Header[] } = {}): void =>
    connection.send(makeReply(request, status, { toTag: core.newId(), ...options }))
  if (parseUri(parseNameAddress(header(request, 'to') ?? '')?.uri ?? '')?.user !== user)
    return reply(403, { reason: 'To is not the authenticated user' })

  const written = header(request, 'contact')
  const contact = written === '*' ? null : firstAddress(written)
  const expires = readExpires(contact?.params.get('expires') ?? header(request, 'expires'))
  if (expires === null) return reply(400, { reason: 'Bad Expires' })

  if (written === '*') {
    if (header(request, 'expires') !== '0') return reply(400, { reason: 'Contact * needs Expires 0' })
    unregister(core, user, '*')
  } else if (written !== undefined) {
    if (!contact || !parseUri(contact.uri)?.user) return reply(400, { reason: 'Bad Contact' })
    if (expires === 0) unregister(core, user, contact.uri)
    else if (expires < core.times.minExpiresSeconds)
      return reply(423, { headers: [['min-expires', String(core.times.minExpiresSeconds)]] })
    else {
      const instance = contact.params.get('+sip.instance') ?? ''
      if (!register(core, connection, request, { user, contact: contact.uri, instance, expires })) {
        return reply(503, { reason: 'Not bound' })
      }
    }
  }
  const bound = core.registrar.lookup(user)
  const left = bound ? Math.ceil((bound.until - core.timers.now()) / 1000) : 0
  reply(200, { headers: bound ? [['contact', `<${bound.contact}>;expires=${left}`]] : [] })
  // After the 200, so that a telephone hears that it is registered before it hears of calls.
  if (bound && written !== undefined) welcome(core, user)
}

/** A user is not reachable any more: by wish, by time or by the death of the socket. */
export function announceUnregistered(core: ExchangeCore, user: string): void {
  const isAgent = core.agents.has(user)
  core.emit({ event: 'unregistered', user: isAgent ? user : maskNumber(user) })
  if (isAgent) core.queueEvent({ type: 'agentUnregistered', agent: user, at: core.timers.now() })
}

function register(
  core: ExchangeCore,
  connection: Connection,
  request: SipRequest,
  wish: { user: string; contact: string; instance: string; expires: number },
): boolean {
  const { user, contact, instance } = wish
  const old = core.registrar.lookup(user)
  const bound = core.registrar.bind(
    { user, connection, contact, instance, sipCallId: header(request, 'call-id') ?? '', sequence: sequenceOf(request) },
    Math.min(wish.expires, maxExpiresSeconds),
  )
  if (!bound) return false
  // What rings at the telephone that was replaced must ring elsewhere.
  if (old && (old.connection !== connection || old.contact !== contact)) announceUnregistered(core, user)
  if (!old || old.connection !== connection || old.contact !== contact) {
    core.emit({ event: 'registered', user: core.agents.has(user) ? user : maskNumber(user) })
  }
  return true
}

function welcome(core: ExchangeCore, user: string): void {
  const bound = core.registrar.lookup(user)
  if (!bound) return
  rejoinCalls(core, bound)
  if (core.agents.has(user)) core.queueEvent({ type: 'agentRegistered', agent: user, at: core.timers.now() })
}

function unregister(core: ExchangeCore, user: string, contact: string): void {
  if (core.registrar.unbind(user, contact)) announceUnregistered(core, user)
}

function readExpires(text: string | undefined): number | null {
  if (text === undefined) return defaultExpiresSeconds
  return /^\d{1,10}$/.test(text) ? Number(text) : null
}
