/** A road between a desk and its exchange that can be cut: as when a cable is pulled, seen from the desk's socket. */
import { createServer, connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

export type Cutter = {
  /** The exchange's address, by way of this road. */
  readonly url: string
  /** All sockets are gone, and nobody gets through. */
  cut(): void
  mend(): void
  /** Whether anybody is connected by this road. */
  isUsed(): boolean
  /** How many have come by this road so far. */
  opened(): number
  /** Everything that is sent from now on is taken and goes nowhere; nobody closes anything. New sockets get through. */
  swallow(): void
}

/** Opens a road to a WebSocket address on this machine. */
export async function openCutter(to: string): Promise<Cutter> {
  const target = new URL(to)
  const sockets = new Set<Socket>()
  const swallowed = new WeakSet<Socket>()
  let isCut = false
  let opened = 0
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    opened += 1
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => one.destroy())
      one.on('close', () => {
        sockets.delete(one)
        // What was swallowed stays as it is, seen from the other end.
        if (!swallowed.has(one)) other.destroy()
      })
      one.on('data', (data: Buffer) => {
        if (!swallowed.has(one)) other.write(data)
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(to)
  url.port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  return {
    url: url.href,
    cut,
    isUsed: () => sockets.size > 0,
    opened: () => opened,
    mend: () => {
      isCut = false
    },
    swallow: () => {
      for (const socket of sockets) swallowed.add(socket)
    },
  }
}
