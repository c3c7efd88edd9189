/**
 * SIP over UDP on 127.0.0.1 (RFC 3261): requests and their answers, matched by branch. Loopback loses nothing, so
 * requests of ours are sent once; what Asterisk sends again is known by its branch and answered as before.
 */
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { parseVia } from '../../../central/practice/sip-address.ts'
import {
  header,
  parseMessage,
  serializeMessage,
  type SipRequest,
  type SipResponse,
} from '../../../central/practice/sip-message.ts'

export type SipSocket = {
  readonly port: number
  /** A Via for a new transaction. */
  newVia(): string
  /** Sends a request; resolves by its final response, and tells those that come before. */
  ask(request: SipRequest, onProgress?: (response: SipResponse) => void): Promise<SipResponse>
  send(message: SipRequest | SipResponse): void
  close(): void
}

type Hooks = {
  /** A request, once; ACK included. */
  asked(request: SipRequest): void
  /** A final response whose transaction is over: a 200 to an INVITE that came again. */
  repeated(response: SipResponse): void
}

/** Random, as tags, branches and Call-IDs must be. */
export function token(): string {
  return randomBytes(8).toString('hex')
}

/** Opens a socket that speaks to 127.0.0.1:`serverPort`. */
export async function openSipSocket(serverPort: number, on: Hooks): Promise<SipSocket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  const open = new Map<string, { resolve(response: SipResponse): void; progress(response: SipResponse): void }>()
  const answered = new Map<string, string | null>()
  let closed = false

  const keyOf = (message: SipRequest | SipResponse): string => {
    const method = header(message, 'cseq')?.split(' ')[1] ?? ''
    return `${parseVia(header(message, 'via') ?? '')?.branch ?? ''} ${method}`
  }

  function transmit(text: string): void {
    if (!closed) socket.send(text, serverPort, '127.0.0.1')
  }

  function heardRequest(request: SipRequest): void {
    const key = keyOf(request)
    const before = answered.get(key)
    if (before !== undefined) {
      if (before !== null) transmit(before)
      return
    }
    answered.set(key, null)
    on.asked(request)
  }

  function heardResponse(response: SipResponse): void {
    const key = keyOf(response)
    const transaction = open.get(key)
    if (response.status < 200) return transaction?.progress(response)
    if (transaction === undefined) return on.repeated(response)
    open.delete(key)
    transaction.resolve(response)
  }

  socket.on('message', (bytes) => {
    const message = parseMessage(bytes.toString())
    if (message.kind === 'request') heardRequest(message)
    else if (message.kind === 'response') heardResponse(message)
  })

  return {
    port,
    newVia: () => `SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${token()}`,
    ask: (request, progress = () => undefined) =>
      new Promise((resolve) => {
        open.set(keyOf(request), { resolve, progress })
        transmit(serializeMessage(request))
      }),
    send: (message) => {
      const text = serializeMessage(message)
      if (message.kind === 'response') answered.set(keyOf(message), text)
      transmit(text)
    },
    close: () => {
      closed = true
      socket.close()
    },
  }
}
