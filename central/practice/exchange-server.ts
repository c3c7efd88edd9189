import { randomBytes } from 'node:crypto'
import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'
import type { LegEvent } from '../../shared/ledger/leg-event.ts'
import { createCallLog } from './call-log.ts'
import { markLost, sweepCalls } from './call-end.ts'
import type { Connection } from './connection.ts'
import { createDialogs } from './dialogs.ts'
import { createDigest } from './digest.ts'
import { passwordOf, practiceRealm } from './exchange-core.ts'
import type { ExchangeCore, ExchangeEvent, ExchangeTimes } from './exchange-core.ts'
import { handleRequest } from './handle-request.ts'
import type { CallDetail } from './queue.ts'
import { createQueueRunner } from './queue-runner.ts'
import { announceUnregistered } from './register.ts'
import { createRegistrar } from './registrar.ts'
import { createServerInvites } from './server-invites.ts'
import { messageLimits, parseMessage, serializeMessage } from './sip-message.ts'
import { canBeAnswered, makeReply } from './sip-reply.ts'
import { systemTimers } from './timers.ts'
import type { Timers } from './timers.ts'
import { createTransactions } from './transactions.ts'

/** What the practice exchange is started with. */
export interface ExchangeOptions {
  /** 0: the operating system picks. */
  port?: number
  agents: readonly { extension: string; password: string }[]
  onEvent?: (event: ExchangeEvent) => void
  /** What becomes of each citizen's leg, with her number, for the ledger. */
  onLegEvent?: (event: LegEvent) => void
  times?: Partial<ExchangeTimes>
  timers?: Timers
  connectionsMax?: number
}

/** What the exchange holds at this moment; the numbers of citizens are whole here. */
export interface ExchangeStats {
  connections: number
  registered: string[]
  waiting: number
  dialogs: number
  transactions: number
  nonces: number
  calls: readonly CallDetail[]
}

/** A running exchange. */
export interface Exchange {
  port: number
  url: string
  close(): Promise<void>
  stats(): ExchangeStats
}

const sweepMs = 1_000
const frameBytesMax = 4 * messageLimits.bytes // above the limit of a message, so that a 413 can be sent
const framesPerSweepMax = 1_000
const sendBufferMax = 4 * 1024 * 1024
const pingEverySweeps = 15

interface Socket {
  webSocket: WebSocket
  frames: number
  alive: boolean
}

/** Starts the practice exchange: SIP over WebSocket (RFC 7118) on the loopback address only. */
export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const timers = options.timers ?? systemTimers
  const emit = options.onEvent ?? (() => {})
  const agents = new Map(options.agents.map((agent) => [agent.extension, agent.password]))
  const sockets = new Map<Connection, Socket>()
  const newId = (): string => randomBytes(12).toString('hex')
  let port = 0

  const core: ExchangeCore = {
    timers,
    agents,
    newId,
    emit,
    times: {
      ringMs: 20_000,
      directRingMs: 180_000,
      lostPartyMs: 120_000,
      parkedByeMs: 25_000,
      minExpiresSeconds: 10,
      ...options.times,
    },
    port: () => port,
    digest: createDigest({ realm: practiceRealm, timers, passwordOf: (user) => passwordOf({ agents }, user) }),
    registrar: createRegistrar(timers),
    transactions: createTransactions(timers),
    serverInvites: createServerInvites(timers, newId),
    branches: new Set(),
    dialogs: createDialogs(),
    queueEvent: (event) => queue.dispatch(event),
    callLog: createCallLog(() => timers.now(), options.onLegEvent ?? (() => {})),
    wrongPasswords: new WeakMap(),
  }
  const queue = createQueueRunner(core)

  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: options.port ?? 0,
    maxPayload: frameBytesMax,
    handleProtocols: (protocols) => (protocols.has('sip') ? 'sip' : false),
    verifyClient: ({ req }, done) => {
      const speaksSip = (req.headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === 'sip')
      const hasRoom = sockets.size < (options.connectionsMax ?? 300)
      if (!speaksSip) done(false, 400, 'Subprotocol sip expected')
      else done(hasRoom, 503, 'Too many connections')
    },
  })
  server.on('connection', accept)
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  server.on('error', (error) => emit({ event: 'fault', reason: error.message }))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `ws://127.0.0.1:${port}`

  function accept(webSocket: WebSocket): void {
    const socket: Socket = { webSocket, frames: 0, alive: true }
    const connection: Connection = {
      id: newId(),
      get open() {
        return webSocket.readyState === webSocket.OPEN
      },
      send: (message) => write(socket, serializeMessage(message)),
    }
    sockets.set(connection, socket)
    webSocket.on('pong', () => (socket.alive = true))
    webSocket.on('error', () => webSocket.terminate())
    webSocket.on('close', () => forget(connection))
    webSocket.on('message', (data) => receive(connection, socket, data))
  }

  function write(socket: Socket, text: string): void {
    if (socket.webSocket.readyState !== socket.webSocket.OPEN) return
    // Who does not read would otherwise fill our memory.
    if (socket.webSocket.bufferedAmount > sendBufferMax) socket.webSocket.terminate()
    else socket.webSocket.send(text)
  }

  function receive(connection: Connection, socket: Socket, data: RawData): void {
    socket.alive = true
    socket.frames++
    if (socket.frames > framesPerSweepMax) return socket.webSocket.close(1008, 'Too many messages')
    try {
      const message = parseMessage(textOf(data))
      if (message.kind === 'keepAlive') write(socket, '\r\n')
      else if (message.kind === 'request') handleRequest(core, queue.enter, connection, message)
      else if (message.kind === 'response') core.transactions.receive(connection, message)
      else if (canBeAnswered(message.request)) {
        connection.send(makeReply(message.request, message.status, { reason: message.reason, toTag: newId() }))
      }
    } catch (error) {
      // The border of the process: one bad message must not take the calls of all others with it.
      emit({ event: 'fault', reason: error instanceof Error ? error.message : 'unknown' })
    }
  }

  function forget(connection: Connection): void {
    sockets.delete(connection)
    markLost(core, connection)
    for (const user of core.registrar.dropConnection(connection)) announceUnregistered(core, user)
    core.serverInvites.dropConnection(connection)
    for (const branch of core.branches) if (branch.connection === connection) branch.lose()
  }

  let sweeps = 0
  let stopSweep = (): void => {}
  function sweep(): void {
    stopSweep = timers.after(sweepMs, sweep)
    sweeps++
    for (const user of core.registrar.sweep()) announceUnregistered(core, user)
    core.transactions.sweep()
    core.serverInvites.sweep()
    core.digest.sweep()
    sweepCalls(core)
    for (const socket of sockets.values()) {
      socket.frames = 0
      if (sweeps % pingEverySweeps === 0) checkAlive(socket)
    }
  }

  async function close(): Promise<void> {
    stopSweep()
    for (const { webSocket } of sockets.values()) webSocket.terminate()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  stopSweep = timers.after(sweepMs, sweep)
  emit({ event: 'listening', port, url })
  return {
    port,
    url,
    close,
    stats: () => ({
      connections: sockets.size,
      registered: core.registrar.users(),
      waiting: queue.waiting(),
      dialogs: core.dialogs.count(),
      transactions: core.transactions.count() + core.serverInvites.count(),
      nonces: core.digest.count(),
      calls: queue.details(),
    }),
  }
}

function checkAlive(socket: Socket): void {
  if (!socket.alive) return socket.webSocket.terminate()
  socket.alive = false
  socket.webSocket.ping()
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString()
}
