import { makeReply } from '../../../central/practice/sip-reply.ts'
import { header, type SipRequest, type SipResponse } from '../../../central/practice/sip-message.ts'
import { ackOf, askWithCredentials, contactOf, follow, makeRequest, type Account, type Dialog } from './dialog.ts'
import type { Rtp } from './rtp.ts'
import { answerTo, readSdp, writeSdp, type Direction } from './sdp.ts'
import { firstAddress, tagOf } from '../../../central/practice/sip-address.ts'
import { token, type SipSocket } from './sip-socket.ts'

/** The other side said no: the status of its answer. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, reason: string) {
    super(`${status} ${reason}`)
    this.name = 'Refused'
    this.status = status
  }
}

/** One call of a plain telephone. */
export type PlainCall = {
  readonly callId: string
  readonly sound: Rtp
  /** Rejects with Refused. */
  readonly answered: Promise<void>
  /** Until 180 or 183 came. */
  readonly ringing: Promise<void>
  readonly ended: Promise<{ readonly by: 'us' | 'them' }>
  /** How the other side wants the media to go, in its last offer or answer. */
  theirDirection(): Direction | null
  /** Puts the other side on hold, or takes it back, by a re-INVITE (RFC 3264 section 8.4); resolves when it is answered. */
  hold(held: boolean): Promise<void>
  /** BYE, or CANCEL while it rings; resolves when the other side has said yes to it. */
  hangUp(): Promise<void>
}

/** What the telephone hands on to a call of its own. */
export type CallRoad = {
  readonly call: PlainCall
  asked(request: SipRequest): void
  /** A 200 to the INVITE that came again. */
  repeated(response: SipResponse): void
}

type Ways = {
  readonly socket: SipSocket
  readonly account: Account
  readonly dialog: Dialog
  readonly rtp: Rtp
  forget(): void
}

/** What both kinds of call share: requests within the dialog, its sound and its end. */
function createLeg({ socket, account, dialog, rtp, forget }: Ways) {
  const answered = Promise.withResolvers<void>()
  const ringing = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<{ by: 'us' | 'them' }>()
  // Not every test waits for each of them.
  for (const { promise } of [answered, ringing]) promise.catch(() => undefined)
  const state = { up: false, over: false, version: 1, own: 'sendrecv' as Direction, theirs: null as Direction | null }

  const ownSdp = (direction: Direction): string => {
    state.own = direction
    return writeSdp({ port: rtp.port, direction, version: state.version++ })
  }
  function hear(sdp: string): void {
    const media = readSdp(sdp)
    state.theirs = media.direction
    rtp.sendTo(media)
  }
  function end(by: 'us' | 'them'): void {
    if (state.over) return
    state.over = true
    rtp.close()
    forget()
    answered.reject(new Error(`the call ended by ${by} before it was answered`))
    ringing.reject(new Error(`the call ended by ${by} before it rang`))
    ended.resolve({ by })
  }

  /** Requests within the dialog: BYE, offers and refreshes, and those that only want a yes. */
  function asked(request: SipRequest): void {
    if (request.method === 'ACK') return
    const reply = makeReply(request, 200, { headers: [['contact', contactOf(socket, account)]] })
    const offers = (request.method === 'INVITE' || request.method === 'UPDATE') && request.body !== ''
    if (offers) hear(request.body)
    const body = offers
      ? ownSdp(answerTo(state.theirs ?? 'sendrecv'))
      : request.method === 'INVITE'
        ? ownSdp(state.own)
        : ''
    socket.send(
      body === '' ? reply : { ...reply, headers: [...reply.headers, ['content-type', 'application/sdp']], body },
    )
    if (request.method === 'BYE') end('them')
  }

  async function invite(direction: Direction): Promise<void> {
    const sdp = ownSdp(direction)
    const { request, response } = await askWithCredentials(socket, account, (headers) =>
      makeRequest(socket, account, dialog, 'INVITE', { sdp, headers }),
    )
    if (response.status >= 300) throw new Refused(response.status, response.reason)
    socket.send(ackOf(socket, request, response))
    hear(response.body)
  }

  return { answered, ringing, ended, state, ownSdp, hear, end, asked, invite }
}

type Leg = ReturnType<typeof createLeg>

function describe({ dialog, rtp }: Ways, leg: Leg, hangUp: () => Promise<void>): PlainCall {
  return {
    callId: dialog.callId,
    sound: rtp,
    answered: leg.answered.promise,
    ringing: leg.ringing.promise,
    ended: leg.ended.promise,
    theirDirection: () => leg.state.theirs,
    hold: (held) => leg.invite(held ? 'sendonly' : 'sendrecv'),
    hangUp,
  }
}

async function bye({ socket, account, dialog }: Ways, leg: Leg): Promise<void> {
  if (leg.state.over) return
  await askWithCredentials(socket, account, (headers) => makeRequest(socket, account, dialog, 'BYE', { headers }))
  leg.end('us')
}

/** Calls: sends an INVITE and answers at once with the call as it is to become. */
export function placeCall(ways: Ways): CallRoad {
  const { socket, account, dialog } = ways
  const leg = createLeg(ways)
  let invite: SipRequest | null = null
  let ack: SipRequest | null = null
  let cancelled = false

  const final = (async () => {
    const sdp = leg.ownSdp('sendrecv')
    const { request, response } = await askWithCredentials(
      socket,
      account,
      (headers) => makeRequest(socket, account, dialog, 'INVITE', { sdp, headers }),
      {
        made: (made) => (invite = made),
        progress: ({ status }) => {
          if (status > 100) leg.ringing.resolve()
        },
      },
    )
    if (response.status >= 300) {
      leg.answered.reject(new Refused(response.status, response.reason))
      return leg.end(cancelled ? 'us' : 'them')
    }
    dialog.remote = header(response, 'to') ?? dialog.remote
    dialog.target = firstAddress(header(response, 'contact'))?.uri ?? dialog.target
    ack = ackOf(socket, request, response)
    socket.send(ack)
    leg.hear(response.body)
    leg.state.up = true
    leg.ringing.resolve()
    leg.answered.resolve()
    if (cancelled) await bye(ways, leg)
  })()
  final.catch((error: unknown) => leg.answered.reject(error))

  async function hangUp(): Promise<void> {
    if (leg.state.up) return bye(ways, leg)
    cancelled = true
    if (invite !== null) await socket.ask(follow(invite, 'CANCEL'))
    await final
  }

  return {
    call: describe(ways, leg, hangUp),
    asked: leg.asked,
    repeated: () => {
      if (ack !== null) socket.send(ack)
    },
  }
}

/** A call that came in, before it is answered. */
export type IncomingCall = {
  readonly from: string
  readonly to: string
  header(name: string): string | undefined
  /** 180. */
  ring(): void
  /** 183 with sound of its own, before the answer. */
  early(): Rtp
  answer(): PlainCall
  refuse(status: number): void
  /** Until the caller gave up before it was answered. */
  readonly cancelled: Promise<void>
}

/** Takes an INVITE in; `road` is how the telephone passes on what follows. */
export function receiveCall(ways: Ways, invite: SipRequest): { incoming: IncomingCall; road: CallRoad } {
  const { socket, account, dialog, rtp } = ways
  const leg = createLeg(ways)
  let description = ''
  /** Said before the answer it is said in it again, word for word (RFC 3261 13.2.1). */
  const said = () => (description ||= leg.ownSdp('sendrecv'))
  const cancelled = Promise.withResolvers<void>()
  const toTag = tagOf(dialog.local) || token()
  const call = describe(ways, leg, () => bye(ways, leg))
  const reply = (status: number, sdp = ''): void => {
    const base = makeReply(invite, status, { toTag, headers: [['contact', contactOf(socket, account)]] })
    socket.send(
      sdp === '' ? base : { ...base, headers: [...base.headers, ['content-type', 'application/sdp']], body: sdp },
    )
  }

  function asked(request: SipRequest): void {
    if (request.method !== 'CANCEL') return leg.asked(request)
    socket.send(makeReply(request, 200, { toTag }))
    if (leg.state.up) return
    reply(487)
    cancelled.resolve()
    leg.end('them')
  }

  const incoming: IncomingCall = {
    from: header(invite, 'from') ?? '',
    to: invite.uri,
    header: (name) => header(invite, name),
    ring: () => reply(180),
    early: () => {
      leg.hear(invite.body)
      reply(183, said())
      return rtp
    },
    answer: () => {
      leg.hear(invite.body)
      reply(200, said())
      leg.state.up = true
      leg.answered.resolve()
      return call
    },
    refuse: (status) => {
      reply(status)
      leg.end('us')
    },
    cancelled: cancelled.promise,
  }
  return { incoming, road: { call, asked, repeated: () => undefined } }
}
