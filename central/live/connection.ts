/**
 * One desk on /live.
 *
 *   connected ──hello (device known, store its own)──► welcomed ──status*──► … ──close──► gone
 *       │ 5 s without hello, a strange message, a wrong credential               ▲
 *       └────────────────────────────────────────────────────────────────────────┘
 *
 * The feed is the device's, the status is of who is signed in there: without a token that holds it is not written.
 */
import { z } from 'zod'
import type { Clock, Ids, Log } from '../../shared/ports.ts'
import { liveFromDeskSchema, type liveToDeskSchema } from '../../shared/sync/protocol.ts'
import { may } from '../../shared/people/roles.ts'
import type { Db } from '../db/db.ts'
import type { Device, Gate, Session } from '../http/access.ts'
import { faultOf } from '../../shared/fault.ts'
import { storable } from '../storable.ts'
import type { OpenWatch } from '../ledger/open-watch.ts'
import type { HeadWatch, Tell } from './head-watch.ts'
import { markEarlierGone, markGone, upsertStatus } from './sql.ts'

/** The closing codes of /live: 4000 + the HTTP status of the same meaning; 1008 for a strange message. */
export const closing = { deviceUnknown: 4401, tooSlow: 4408, tooMany: 4429, strange: 1008 } as const

/** As much of a WebSocket as a connection needs. */
export type LiveSocket = {
  readonly bufferedAmount: number
  /** A text message; of bytes, those of its UTF-8. */
  send(message: string | Uint8Array, options: { readonly binary: false }): void
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
  /** Of the ledger's list, for those who may read it. */
  readonly openWatch: OpenWatch
  readonly gate: Gate
  readonly helloMs: number
  /** How often a desk is pinged, and its session asked for again. */
  readonly pingMs: number
  /** So many connections at once; whoever comes beyond them is told so. */
  readonly most: number
}
/** What the server knows of a connection: whose it is once welcomed, and when it is over. */
export type Connection = {
  device: Device | null
  session: Session | null
  readonly over: Promise<void>
  close(code: number): void
  /** Whoever was signed in is so no more; the feed goes on. */
  forgetSession(): void
  /** Looks again whether the device is the one that was let in, for its store and team, and whether the session stands. */
  check(): Promise<void>
}

type FromDesk = z.infer<typeof liveFromDeskSchema>
type ToDesk = z.infer<typeof liveToDeskSchema>
type Status = Extract<FromDesk, { type: 'status' }>
type Hello = Extract<FromDesk, { type: 'hello' }>

/** A desk that reads nothing any more is let go at this many waiting bytes. */
const MOST_BUFFERED = 256 * 1024

/** Whether a device still is what was let in: the store, and so its feed, may be another device's by now. */
function isSame({ storeId, team }: Device, stands: Device | null): boolean {
  return stands !== null && stands.storeId === storeId && stands.team === team
}

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
  let stopCounting = () => {}
  let latest: Status | null = null
  let writing: Promise<void> = Promise.resolve()
  const ended = Promise.withResolvers<void>()
  let credential = ''
  let token: string | null = null
  const connection: Connection = {
    device: null,
    session: null,
    over: ended.promise,
    close: (code) => socket.close(code),
    forgetSession,
    check: async () => {
      const { device } = connection
      if (device !== null && !isSame(device, await deps.gate.findDevice(credential)))
        return socket.close(closing.deviceUnknown)
      if (connection.session !== null && (await findSession()) === null) forgetSession()
    },
  }

  const helloTimer = setTimeout(() => socket.close(closing.tooSlow), deps.helloMs)
  const tell: Tell = (message: string | Uint8Array) => {
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate()
    else socket.send(message, { binary: false })
  }
  const send = (message: ToDesk) => tell(Buffer.from(JSON.stringify(message)))

  /** Who is signed in at this device and may tell what they do. */
  async function findSession(): Promise<Session | null> {
    const session = token === null ? null : await deps.gate.findSession(token)
    return session !== null && may(session.role, 'live') ? session : null
  }

  async function hello({ device: said, token: whose, storeId: store }: Hello): Promise<void> {
    credential = said
    token = whose
    const storeId = store.toLowerCase()
    const device = await deps.gate.findDevice(said)
    const session = await findSession()
    if (closed) return
    if (device === null || device.storeId !== storeId) return socket.close(closing.deviceUnknown)
    clearTimeout(helloTimer)
    connection.device = device
    connection.session = session?.deviceId === device.deviceId ? session : null
    await db.tx('sanxin_live', (sql) => markEarlierGone(sql, storeId, connectionId, clock.now()))
    const { head, stop } = await watch.subscribe({ storeId, team: device.team }, tell)
    if (closed) return stop()
    stopWatching = stop
    send({ type: 'welcome', head })
    if (connection.session !== null && may(connection.session.role, 'ledger.read'))
      stopCounting = deps.openWatch.subscribe((open) => send({ type: 'ledger', open }))
  }

  /** Writes the newest status only: a desk that chatters costs one row at a time. */
  async function writeLatest(): Promise<void> {
    const status = latest
    const { session, device } = connection
    const storeId = device?.storeId ?? null
    if (status === null || session === null || storeId === null) return
    latest = null
    const { staffNo } = session
    const seenAt = clock.now()
    const since = Number.isSafeInteger(status.since) ? status.since : seenAt
    const row = { staffNo, storeId, connectionId, status: storable(status.status), since, seenAt }
    await db.tx('sanxin_live', (sql) => upsertStatus(sql, row))
  }

  const leaveStatus = () => db.tx('sanxin_live', (sql) => markGone(sql, connectionId, clock.now()))

  function forgetSession(): void {
    if (connection.session === null) return
    connection.session = null
    stopCounting()
    latest = null
    writing = writing.then(leaveStatus).catch(failed)
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
      hello(message).catch(failed)
      return
    }
    if (connection.device === null) return socket.close(closing.strange)
    if (connection.session !== null && connection.session.expiresAt <= clock.now()) forgetSession()
    latest = message
    writing = writing.then(writeLatest).catch(failed)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    closed = true
    clearTimeout(helloTimer)
    stopWatching()
    stopCounting()
    const leave = async () => {
      await writing
      if (connection.session !== null) await leaveStatus()
    }
    leave()
      .catch((error: unknown) => deps.log('liveFailed', faultOf(error)))
      .finally(ended.resolve)
  })
  return connection
}
