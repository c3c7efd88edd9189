/** A telephone as citizens have it: SIP over UDP, G.711, nothing else. It calls, is called, and may register. */
import { makeReply } from '../../../central/practice/sip-reply.ts'
import { firstAddress, tagOf } from '../../../central/practice/sip-address.ts'
import { header, type SipRequest, type SipResponse } from '../../../central/practice/sip-message.ts'
import { askWithCredentials, makeRequest, type Dialog } from './dialog.ts'
import { placeCall, receiveCall, Refused, type CallRoad, type IncomingCall, type PlainCall } from './plain-call.ts'
import { openRtp } from './rtp.ts'
import { openSipSocket, token } from './sip-socket.ts'

export type PlainPhone = {
  /** Registers for `seconds`; 0 takes it back. Rejects with Refused. */
  register(seconds?: number): Promise<void>
  /** Calls a number, humming `hz` once it is answered. */
  call(number: string, hz?: number): Promise<PlainCall>
  /** The next call that comes in, also one that came before the question; in their order. */
  rung(): Promise<IncomingCall>
  /** Hangs up what is still up, and closes. */
  close(): Promise<void>
}

type PhoneOptions = {
  /** Asterisk's SIP port on 127.0.0.1. */
  readonly sipPort: number
  readonly user: string
  /** Without: a citizen, whom nobody asks for a password. */
  readonly password?: string
  readonly name?: string
}

/** Opens a telephone on ports of its own. */
export async function openPlainPhone({ sipPort, user, password, name }: PhoneOptions): Promise<PlainPhone> {
  const account = { user, password: password ?? null }
  const roads = new Map<string, CallRoad>()
  const arrived: IncomingCall[] = []
  const awaiting: ((call: IncomingCall) => void)[] = []
  const socket = await openSipSocket(sipPort, { asked, repeated })
  const server = `127.0.0.1:${sipPort}`
  const display = name === undefined ? '' : `"${name}" `
  let registration: Dialog | null = null

  function newDialog(remote: string, target: string): Dialog {
    const local = `${display}<sip:${user}@${server}>;tag=${token()}`
    return { callId: token(), local, remote, target, sequence: 0 }
  }

  function asked(request: SipRequest): void {
    const callId = header(request, 'call-id') ?? ''
    const road = roads.get(callId)
    if (road !== undefined) return road.asked(request)
    if (request.method === 'ACK') return
    if (request.method === 'INVITE') return void receive(request, callId)
    // OPTIONS, NOTIFY and the like want a yes; what belongs to a call that is over has none.
    const known = request.method !== 'BYE' && request.method !== 'CANCEL'
    socket.send(makeReply(request, known ? 200 : 481, { toTag: token() }))
  }

  function repeated(response: SipResponse): void {
    roads.get(header(response, 'call-id') ?? '')?.repeated(response)
  }

  async function receive(invite: SipRequest, callId: string): Promise<void> {
    socket.send(makeReply(invite, 100))
    const rtp = await openRtp()
    const to = header(invite, 'to') ?? ''
    const dialog: Dialog = {
      callId,
      local: tagOf(to) === '' ? `${to};tag=${token()}` : to,
      remote: header(invite, 'from') ?? '',
      target: firstAddress(header(invite, 'contact'))?.uri ?? invite.uri,
      sequence: 0,
    }
    const { incoming, road } = receiveCall({ socket, account, dialog, rtp, forget: () => roads.delete(callId) }, invite)
    roads.set(callId, road)
    const next = awaiting.shift()
    if (next === undefined) arrived.push(incoming)
    else next(incoming)
  }

  return {
    register: async (seconds = 120) => {
      registration ??= newDialog(`<sip:${user}@${server}>`, `sip:${server}`)
      const dialog = registration
      const { response } = await askWithCredentials(socket, account, (headers) =>
        makeRequest(socket, account, dialog, 'REGISTER', { headers: [...headers, ['expires', String(seconds)]] }),
      )
      if (response.status >= 300) throw new Refused(response.status, response.reason)
    },
    call: async (number, hz = 0) => {
      const rtp = await openRtp()
      rtp.hum(hz)
      const target = `sip:${number}@${server}`
      const dialog = newDialog(`<${target}>`, target)
      const road = placeCall({ socket, account, dialog, rtp, forget: () => roads.delete(dialog.callId) })
      roads.set(dialog.callId, road)
      return road.call
    },
    rung: () =>
      new Promise((resolve) => {
        const before = arrived.shift()
        if (before === undefined) awaiting.push(resolve)
        else resolve(before)
      }),
    close: async () => {
      await Promise.all([...roads.values()].map(({ call }) => call.hangUp()))
      socket.close()
    },
  }
}
