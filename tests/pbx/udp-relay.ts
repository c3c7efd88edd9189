/** Ways for sound through this machine that can be taken away: what one end sends to a relay arrives at the other. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

type Address = { readonly address: string; readonly port: number }

async function bound(address: string): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('error', () => undefined)
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}

export type Relays = {
  /** The address that stands for this one from now on. */
  standFor(target: Address): Promise<Address>
  /** All ways that there are go nowhere from now on; new ones may be opened. */
  cut(): void
  close(): void
}

export function openRelays(): Relays {
  const open = new Set<Socket>()
  const cut = new WeakSet<Socket>()
  /** An address that is offered again has the way that it had: to an end that changed its address ICE begins anew. */
  const stands = new Map<string, Promise<Address>>()

  async function keep(address: string): Promise<Socket> {
    const socket = await bound(address)
    open.add(socket)
    return socket
  }

  async function openFor(target: Address): Promise<Address> {
    const front = await keep(target.address)
    // One way back for each who sends: the target sees them apart, and answers each of them.
    const backs = new Map<string, Promise<Socket>>()
    async function backFor(from: Address): Promise<Socket> {
      const back = await keep(target.address)
      back.on('message', (data) => {
        if (!cut.has(back)) front.send(data, from.port, from.address)
      })
      return back
    }
    front.on('message', (data, from) => {
      if (cut.has(front)) return
      const key = `${from.address}:${from.port}`
      const back = backs.get(key) ?? backFor(from)
      backs.set(key, back)
      void back.then((socket) => {
        if (!cut.has(socket)) socket.send(data, target.port, target.address)
      })
    })
    return { address: target.address, port: front.address().port }
  }

  return {
    standFor: (target) => {
      const key = `${target.address}:${target.port}`
      const stand = stands.get(key) ?? openFor(target)
      stands.set(key, stand)
      return stand
    },
    cut: () => {
      for (const socket of open) cut.add(socket)
      stands.clear()
    },
    close: () => {
      for (const socket of open) socket.close()
      open.clear()
    },
  }
}
