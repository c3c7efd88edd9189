/**
 * One desk on /live.
 *
 *   connected ──hello (token known, store its own)──► welcomed ──status*──► … ──close──► gone
 *       │ 5 s without hello, a strange message, a wrong token, a role without live ▲
 *       └──────────────────────────────────────────────────────────────────────────┘
 */
import { z } from 'zod'
import type { Clock, Ids, Log } from '../../shared/ports.ts'
import { liveFromDeskSchema, type liveToDeskSchema } from '../../shared/sync/protocol.ts'
import { may } from '../../shared/people/roles.ts'
import type { Db } from '../db/db.ts'
import type { DeskSession, Session } from '../http/access.ts'
import { faultOf } from '../../shared/fault.ts'
import { storable } from '../storable.ts'
import type { HeadWatch } from './head-watch.ts'
import { markGone, upsertStatus } from './sql.ts'

/** The closing codes of /live: 4000 + the HTTP status of the same meaning; 1008 for a strange message. */
export const closing = { notSignedIn: 4401, forbidden: 4403, tooSlow: 4408, tooMany: 4429, strange: 1008 } as const

/** As much of a WebSocket as a connection needs. */
export type LiveSocket = {
  readonly bufferedAmount: number
  send(text: string): void
  close(code: number): void
  terminate(): void
  on(event: 'message', listener: (data: { toString(): string }, isBinary: boolean) => void): unknown
  on(event: 'close' | 'error', listener: () => void): unknown
}
export type LiveDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly watch: HeadWatch
  readonly findSession: (token: string) => Promise<Session | null>
  readonly helloMs: number
  /** How often a desk is pinged, and its session asked for again. */
  readonly pingMs: number
}
/** What the server knows of a connection: whose it is once welcomed, and when it is over. */
export type Connection = {
  session: DeskSession | null
  readonly over: Promise<void>
  close(code: number): void
  /** Closes it where its session holds no more: signed out elsewhere, expired, its person deactivated. */
  recheck(): Promise<void>
}

type FromDesk = z.infer<typeof liveFromDeskSchema>
type ToDesk = z.infer<typeof liveToDeskSchema>
type Status = Extract<FromDesk, { type: 'status' }>

/** A desk that reads nothing any more is let go at this many waiting bytes. */
const MOST_BUFFERED = 64 * 1024

function parseMessage(text: string): FromDesk | null {
  try {
    return liveFromDeskSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Serves one socket until it closes. */
export function serveConnection(deps: LiveDeps, socket: LiveSocket): Connection {
  const { db, clock, watch } = deps
  const connectionId = deps.ids.next()
  let closed = false
  let greeted = false
  let stopWatching = () => {}
  let latest: Status | null = null
  let writing: Promise<void> = Promise.resolve()
  const ended = Promise.withResolvers<void>()
  /** Asks for the session again; null before the hello. */
  let ask: (() => Promise<Session | null>) | null = null
  const connection: Connection = {
    session: null,
    over: ended.promise,
    close: (code) => socket.close(code),
    recheck: async () => {
      if (ask !== null && (await ask()) === null && !closed) socket.close(closing.notSignedIn)
    },
  }

  const helloTimer = setTimeout(() => socket.close(closing.tooSlow), deps.helloMs)
  const send = (message: ToDesk) => {
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate()
    else socket.send(JSON.stringify(message))
  }

  async function hello(token: string, storeId: string): Promise<void> {
    ask = () => deps.findSession(token)
    const session = await ask()
    if (closed) return
    if (session === null) return socket.close(closing.notSignedIn)
    if (!may(session.role, 'live')) return socket.close(closing.forbidden)
    const own = storeId.toLowerCase()
    if (session.storeId !== own) return socket.close(closing.notSignedIn)
    clearTimeout(helloTimer)
    connection.session = { ...session, storeId: own }
    const { head, stop } = await watch.subscribe(own, (now) => send({ type: 'changed', head: now }))
    if (closed) return stop()
    stopWatching = stop
    send({ type: 'welcome', head })
  }

  /** Writes the newest status only: a desk that chatters costs one row at a time. */
  async function writeLatest(): Promise<void> {
    const status = latest
    const { session } = connection
    if (status === null || session === null) return
    latest = null
    const { staffNo, storeId } = session
    const seenAt = clock.now()
    const since = Number.isSafeInteger(status.since) ? status.since : seenAt
    const row = { staffNo, storeId, connectionId, status: storable(status.status), since, seenAt }
    await db.tx('sanxin_live', (sql) => upsertStatus(sql, row))
  }

  const failed = (error: unknown) => {
    deps.log('liveFailed', faultOf(error))
    socket.close(1011)
  }

  socket.on('message', (data, isBinary) => {
    const message = isBinary ? null : parseMessage(data.toString())
    if (message === null || (message.type === 'hello') === greeted) return socket.close(closing.strange)
    if (message.type === 'hello') {
      greeted = true
      hello(message.token, message.storeId).catch(failed)
      return
    }
    if (connection.session === null) return socket.close(closing.strange)
    if (connection.session.expiresAt <= clock.now()) return socket.close(closing.notSignedIn)
    latest = message
    writing = writing.then(writeLatest).catch(failed)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    closed = true
    clearTimeout(helloTimer)
    stopWatching()
    const leave = async () => {
      await writing
      if (connection.session !== null) await db.tx('sanxin_live', (sql) => markGone(sql, connectionId, clock.now()))
    }
    leave()
      .catch((error: unknown) => deps.log('liveFailed', faultOf(error)))
      .finally(ended.resolve)
  })
  return connection
}
