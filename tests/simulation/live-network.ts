/** The /live connections between desks and central, flushed by hand: each carries in order, and may be cut at any moment. */
import type { WebSocket } from '@fastify/websocket'
import type { DialLive, LiveEar } from '../../electron/store/sync/live-wire.ts'
import type { Random } from './random.ts'

/** What a WebSocket says of a connection that was cut. */
const NO_CLOSE_FRAME = 1006

type Connection = {
  readonly desk: number
  readonly ear: LiveEar
  /** Central's end; null until the dialling has been carried there. */
  socket: WebSocket | null
  /** What is under way, in the order of each direction. */
  readonly toCentral: (() => Promise<void> | void)[]
  readonly toDesk: (() => void)[]
}

export type LiveNetwork = {
  /** For one life of a desk; a desk that died hears nothing more. */
  dialFor(desk: number, isAlive: () => boolean): DialLive
  /** How many things are under way. */
  waiting(): number
  /** Carries the next thing of some connection, in one direction. */
  deliver(): Promise<void>
  /** Cuts some connection: what is under way on it is lost, and both ends hear of it. */
  cut(): void
  /** The desk's process is gone, and its connections with it. */
  deskDied(desk: number): void
  forget(): void
}

/** `dial` opens a connection at one of central's nodes. */
export function createLiveNetwork(random: Random, dial: () => Promise<WebSocket>): LiveNetwork {
  let connections: Connection[] = []

  function end(connection: Connection): void {
    connections = connections.filter((one) => one !== connection)
    connection.socket?.removeAllListeners('message').terminate()
  }

  async function reach(connection: Connection): Promise<void> {
    const socket = await dial()
    connection.socket = socket
    if (!connections.includes(connection)) return socket.terminate()
    const text = (data: { toString(): string }) => data.toString()
    socket.on('message', (data: Buffer) => {
      const said = text(data)
      connection.toDesk.push(() => connection.ear.message(said))
    })
    socket.on('close', (code: number) => {
      if (!connections.includes(connection)) return
      connection.toDesk.push(() => {
        end(connection)
        connection.ear.closed(code)
      })
    })
    connection.toDesk.push(() => connection.ear.opened())
  }

  const queues = () =>
    connections.flatMap(({ toCentral, toDesk }) => [toCentral, toDesk].filter((queue) => queue.length > 0))

  return {
    dialFor: (desk, isAlive) => (ear) => {
      const guarded: LiveEar = {
        opened: () => isAlive() && ear.opened(),
        message: (said) => isAlive() && ear.message(said),
        closed: (code) => isAlive() && ear.closed(code),
      }
      const connection: Connection = { desk, ear: guarded, socket: null, toCentral: [], toDesk: [] }
      connection.toCentral.push(() => reach(connection))
      connections.push(connection)
      return {
        send: (said) => void connection.toCentral.push(() => connection.socket?.send(said)),
        close: () => end(connection),
      }
    },
    waiting: () => queues().length,
    deliver: async () => {
      const next = random.pick(queues())?.shift()
      await next?.()
    },
    cut: () => {
      const connection = random.pick(connections)
      if (connection === undefined) return
      end(connection)
      connection.ear.closed(NO_CLOSE_FRAME)
    },
    deskDied: (desk) => {
      for (const connection of connections) if (connection.desk === desk) end(connection)
    },
    forget: () => {
      for (const connection of connections) end(connection)
    },
  }
}
