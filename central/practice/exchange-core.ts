import type { CallLog } from './call-log.ts'
import type { Connection } from './connection.ts'
import type { Dialogs } from './dialogs.ts'
import type { Digest } from './digest.ts'
import type { CallDetail, QueueEvent } from './queue.ts'
import type { Registrar } from './registrar.ts'
import type { ServerInvites } from './server-invites.ts'
import type { Timers } from './timers.ts'
import type { Transactions } from './transactions.ts'
import { parseUri } from './sip-address.ts'

/** The number that the queue answers to. */
export const queueNumber = '12345'
/** The realm of every challenge. */
export const practiceRealm = 'sanxin.practice'
/** The password of every practising citizen. */
export const citizenPassword = 'citizen'

/** What the exchange tells the outside, one line of JSON each; citizens' numbers are masked. */
export type ExchangeEvent =
  | { event: 'listening'; port: number; url: string }
  | { event: 'registered' | 'unregistered'; user: string }
  | { event: 'queued'; callId: string; from: string }
  | { event: 'offered' | 'ringTimeout' | 'answered'; callId: string; agent: string }
  | { event: 'refused'; callId: string; agent: string; status: number }
  | ({ event: 'callEnded' } & CallDetail)
  | { event: 'fault'; reason: string }

/** How long the exchange waits for what. */
export interface ExchangeTimes {
  ringMs: number
  /** A direct call rings no longer than this (RFC 3261's Timer C). */
  directRingMs: number
  /** A side of a call whose socket died may come back for so long; then the other side is told BYE. */
  lostPartyMs: number
  /** A BYE waits so long for an addressee without a socket. */
  parkedByeMs: number
  minExpiresSeconds: number
}

/** An INVITE on its way to one telephone. */
export interface Branch {
  account: string
  connection: Connection
  /** Takes the offer back; an answer may still come in the same moment. */
  cancel(): void
  /** The telephone's socket died. */
  lose(): void
}

/** The parts of the exchange that the handlers of requests share. */
export interface ExchangeCore {
  timers: Timers
  times: ExchangeTimes
  port(): number
  agents: ReadonlyMap<string, string>
  digest: Digest
  registrar: Registrar
  transactions: Transactions
  serverInvites: ServerInvites
  branches: Set<Branch>
  dialogs: Dialogs
  newId(): string
  emit(event: ExchangeEvent): void
  queueEvent(event: QueueEvent): void
  callLog: CallLog
  /** Wrong passwords per socket. */
  wrongPasswords: WeakMap<Connection, number>
}

/** The Via of a request that the exchange sends. */
export function viaValue(core: ExchangeCore, branch: string): string {
  return `SIP/2.0/WS 127.0.0.1:${core.port()};branch=${branch}`
}

/** The exchange's own address, for Record-Route and Contact. */
export function ownUri(core: ExchangeCore, user = ''): string {
  return `sip:${user === '' ? '' : `${user}@`}127.0.0.1:${core.port()};transport=ws`
}

/** Whether a URI means the exchange itself. */
export function isOwnUri(core: ExchangeCore, uri: string): boolean {
  const parsed = parseUri(uri)
  return (
    parsed !== null &&
    parsed.user === '' &&
    ['127.0.0.1', 'localhost'].includes(parsed.host) &&
    parsed.port === core.port()
  )
}

/** A branch of our own, with RFC 3261's cookie. */
export function newBranch(core: ExchangeCore): string {
  return `z9hG4bK${core.newId()}`
}

/** Whether a user name is one a citizen may call by. */
export function isCitizen(core: ExchangeCore, user: string): boolean {
  return user !== queueNumber && !core.agents.has(user) && (/^c\d{1,15}$/.test(user) || /^[+0-9]{3,15}$/.test(user))
}

/** The password of a user, or null when there is no such user. */
export function passwordOf(core: Pick<ExchangeCore, 'agents'>, user: string): string | null {
  return core.agents.get(user) ?? (isCitizen(core as ExchangeCore, user) ? citizenPassword : null)
}
