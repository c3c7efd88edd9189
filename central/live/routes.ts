/** /live: a WebSocket that says that there is something new, and hears what operators are doing. */
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { open, type Device, type Session } from '../http/access.ts'
import { faultOf } from '../../shared/fault.ts'
import { closing, serveConnection, type Connection, type LiveDeps } from './connection.ts'

const MESSAGE_BYTES = 4096
const CLOSE_MS = 1000

export type Live = {
  /** A session is over: its desk's connection goes on without it. */
  letGo(session: Session): void
  /** Lets go of the connections of a device that speaks for another store now. */
  closeDevice(device: Device): void
}

/** Adds /live; open connections are closed before the server is. */
export async function liveRoutes(app: FastifyInstance, deps: LiveDeps): Promise<Live> {
  const connections = new Set<Connection>()
  await app.register(websocket, {
    options: { maxPayload: MESSAGE_BYTES },
    preClose: async function closeAll(this: FastifyInstance) {
      const server = this.websocketServer
      for (const client of server.clients) client.close(1001)
      const late = setTimeout(() => server.clients.forEach((client) => client.terminate()), CLOSE_MS)
      await Promise.all([...connections].map(({ over }) => over))
      clearTimeout(late)
      await new Promise((resolve) => server.close(resolve))
    },
  })

  app.get('/live', { ...open, websocket: true }, (socket) => {
    if (connections.size >= deps.most) return socket.close(closing.tooMany)
    const connection = serveConnection(deps, socket)
    connections.add(connection)
    connection.over.finally(() => connections.delete(connection)).catch(() => undefined)

    // A desk whose network died says nothing: without an answer to the last ping it is gone.
    let answered = true
    socket.on('pong', () => (answered = true))
    const ping = setInterval(() => {
      if (!answered) return socket.terminate()
      answered = false
      socket.ping()
      // A database that is away ends nobody's session.
      connection.check().catch((error: unknown) => deps.log('liveFailed', faultOf(error)))
    }, deps.pingMs)
    socket.on('close', () => clearInterval(ping))
  })

  return {
    letGo: ({ tokenHash }) => {
      for (const one of connections) if (one.session?.tokenHash === tokenHash) one.forgetSession()
    },
    closeDevice: ({ deviceId }) => {
      for (const one of connections) if (one.device?.deviceId === deviceId) one.close(closing.deviceUnknown)
    },
  }
}
