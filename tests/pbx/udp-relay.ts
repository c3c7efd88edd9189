/** Ways for sound through this machine that can be taken away: what one end sends to a relay arrives at the other. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

type Address = { readonly address: string; readonly port: number }
/** The two ends of a way. */
export type End = 'desk' | 'exchange'
export type Lost = { readonly to: End; readonly what: 'sound' | 'all' }

async function bound(address: string): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('error', () => undefined)
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}

export type Relays = {
  /** The address that stands for this one, which is of that end, from now on. */
  standFor(target: Address, of: End): Promise<Address>
  /** What is on its way to this end is lost from now on: the sound (RTP) alone, or all; null for nothing. */
  lose(lost: Lost | null): void
  /** All ways that there are go nowhere from now on; new ones may be opened. */
  cut(): void
  close(): void
}

/** RTP and no RTCP, on a port for both (RFC 5761 4), nor STUN or DTLS (RFC 7983 7). */
function isSound(data: Buffer): boolean {
  const [first = 0, second = 0] = data
  return first >= 128 && first < 192 && (second < 192 || second > 223)
}

export function openRelays(): Relays {
  const open = new Set<Socket>()
  const cut = new WeakSet<Socket>()
  let lost: Lost | null = null
  const isLost = (socket: Socket, data: Buffer, to: End) =>
    cut.has(socket) || (lost?.to === to && (lost.what === 'all' || isSound(data)))
  /** An address that is offered again has the way that it had: to an end that changed its address ICE begins anew. */
  const stands = new Map<string, Promise<Address>>()

  async function keep(address: string): Promise<Socket> {
    const socket = await bound(address)
    open.add(socket)
    return socket
  }

  async function openFor(target: Address, of: End): Promise<Address> {
    const beyond = of === 'desk' ? 'exchange' : 'desk'
    const front = await keep(target.address)
    // One way back for each who sends: the target sees them apart, and answers each of them.
    const backs = new Map<string, Promise<Socket>>()
    async function backFor(from: Address): Promise<Socket> {
      const back = await keep(target.address)
      back.on('message', (data) => {
        if (!isLost(back, data, beyond)) front.send(data, from.port, from.address)
      })
      return back
    }
    front.on('message', (data, from) => {
      if (isLost(front, data, of)) return
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
    standFor: (target, of) => {
      const key = `${target.address}:${target.port}`
      const stand = stands.get(key) ?? openFor(target, of)
      stands.set(key, stand)
      return stand
    },
    lose: (what) => {
      lost = what
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
