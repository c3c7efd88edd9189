/** The SIP sessions of the calls that are up, by the call's name: what is asked of them, in the product's own words. */
import { Inviter, SessionState, UserAgent, type Invitation, type Session, type Web } from 'sip.js'
import type { Caller } from '../../shared/call/call-machine.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { checkSdp } from './check-sdp.ts'

export type LegEvents = {
  invited(caller: Caller): void
  established(callId: string): void
  /** The call is over; `failed` when it never stood or broke, rather than being hung up; `status` where it was refused. */
  over(callId: string, failed: boolean, status: number | null): void
}

/** How the exchange ended an attempt to put a citizen through: done, or a SIP status. */
export type Completion = 'done' | number

export type SipLegs = {
  accept(callId: string, sound: MediaStream): Promise<void>
  refuse(callId: string, status: 480 | 486): void
  dial(callId: string, number: string, sound: MediaStream): Promise<void>
  /** Ends it: by BYE, by CANCEL while it is being dialled, or as soon as it stands. */
  hangUp(callId: string): void
  /** Resolves with whether the exchange took it. RFC 3264 8.4: the direction in a re-INVITE. */
  hold(callId: string, held: boolean): Promise<boolean>
  /** Sends tones (0-9 * # A-D): in the media (RFC 4733), or one INFO each; false where the call cannot. */
  sendTones(callId: string, tones: string, how: 'rtp' | 'info'): Promise<boolean>
  /** REFER with Replaces (RFC 3515, RFC 3891): the one is put through to the other. */
  complete(callId: string, besideId: string): Promise<Completion>
  peerConnection(callId: string): RTCPeerConnection | null
}

type Leg = {
  readonly session: Session
  sound: MediaStream | null
  hangUpWhenUp: boolean
  held: boolean
  /** The offer that is under way: of a call there is one at a time (RFC 3261 14.1). */
  offering: Promise<unknown>
  failed: boolean
  status: number | null
}

/** How long the exchange may take to say how putting somebody through went, in ms. */
const COMPLETE_MS = 32_000
const TONE_MS = 160
const TONE_GAP_MS = 70

function callerOf(invitation: Invitation): Caller {
  const { remoteIdentity, request } = invitation
  const header = (name: string) => request.getHeader(name)
  return {
    callId: (header('X-Call-Id')?.trim() || request.callId).slice(0, 128),
    number: plainLine(remoteIdentity.uri.user ?? '', 64),
    name: plainLine(remoteIdentity.displayName ?? ''),
    queue: plainLine(header('X-Queue') ?? '', 32),
  }
}

const handlerOf = ({ session }: Leg) =>
  (session.sessionDescriptionHandler ?? null) as Web.SessionDescriptionHandler | null

/** The status in the body of a NOTIFY (message/sipfrag, RFC 3420); null for none. */
export function sipFragStatus(body: string): number | null {
  const status = /^SIP\/2\.0 (\d{3})\b/.exec(body)?.[1]
  return status === undefined ? null : Number(status)
}

/** `agentNow` is the user agent that new calls go through; null while there is none. */
export function createSipLegs(
  agentNow: () => { readonly agent: UserAgent; readonly domain: string } | null,
  on: LegEvents,
) {
  const legs = new Map<string, Leg>()
  let relinks = 0

  /** Told once. */
  function end(callId: string, leg: Leg): void {
    if (legs.delete(callId)) on.over(callId, leg.failed, leg.status)
  }

  function add(callId: string, session: Session): Leg {
    const leg: Leg = {
      session,
      sound: null,
      hangUpWhenUp: false,
      held: false,
      offering: Promise.resolve(),
      failed: false,
      status: null,
    }
    legs.set(callId, leg)
    // Left alone, SIP.js follows a REFER: it would call whomever the exchange names.
    session.delegate = { onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(() => undefined) }
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        if (leg.hangUpWhenUp) void session.bye().catch(() => undefined)
        on.established(callId)
      }
      if (state !== SessionState.Terminated) return
      // SIP.js says why an INVITE of ours was refused only after it has said that it is over.
      if (session instanceof Inviter) queueMicrotask(() => end(callId, leg))
      else end(callId, leg)
    })
    return leg
  }

  function invited(invitation: Invitation): void {
    performance.mark('invited')
    const { body } = invitation.request
    if (body !== '' && checkSdp(body) !== null) {
      void invitation.reject({ statusCode: 488 }).catch(() => undefined)
      return
    }
    const caller = callerOf(invitation)
    if (legs.has(caller.callId)) {
      void invitation.reject({ statusCode: 486 }).catch(() => undefined)
      return
    }
    add(caller.callId, invitation)
    on.invited(caller)
  }

  function fail(callId: string, leg: Leg): void {
    leg.failed = true
    end(callId, leg)
  }

  async function accept(callId: string, sound: MediaStream): Promise<void> {
    const leg = legs.get(callId)
    if (leg === undefined) return
    leg.sound = sound
    const invitation = leg.session as Invitation
    try {
      await invitation.accept()
    } catch {
      leg.failed = true
      if (invitation.state !== SessionState.Terminated)
        await invitation.reject({ statusCode: 480 }).catch(() => undefined)
      fail(callId, leg)
    }
  }

  async function dial(callId: string, number: string, sound: MediaStream): Promise<void> {
    const through = agentNow()
    const target =
      through === null ? undefined : UserAgent.makeURI(`sip:${encodeURIComponent(number)}@${through.domain}`)
    if (through === null || target === undefined) return on.over(callId, true, null)
    const inviter = new Inviter(through.agent, target)
    const leg = add(callId, inviter)
    leg.sound = sound
    const onReject = ({ message }: { readonly message: { readonly statusCode?: number | undefined } }) => {
      leg.failed = true
      leg.status = message.statusCode ?? null
    }
    await inviter.invite({ requestDelegate: { onReject } }).catch(() => fail(callId, leg))
  }

  function hangUp(callId: string): void {
    const leg = legs.get(callId)
    if (leg === undefined) return
    const { session } = leg
    // A BYE that nobody gets would leave the other side in the call: it is said once the link is back.
    if (agentNow()?.agent.isConnected() === false) leg.hangUpWhenUp = true
    else if (session.state === SessionState.Established) void session.bye().catch(() => undefined)
    else if (session instanceof Inviter) void session.cancel().catch(() => undefined)
    else leg.hangUpWhenUp = true
  }

  /** A re-INVITE; resolves with the status of its answer, 0 where it could not be sent or the call ended meanwhile. */
  function offerAgain(leg: Leg, options: { readonly iceRestart: boolean }): Promise<number> {
    const turn = leg.offering.then(() => offerNow(leg, options))
    leg.offering = turn
    return turn
  }

  async function offerNow({ session, held }: Leg, options: { readonly iceRestart: boolean }): Promise<number> {
    const direction: Web.SessionDescriptionHandlerOptions = { hold: held }
    // An offer of the other side, whenever it comes, is answered as the call stands.
    session.sessionDescriptionHandlerOptionsReInvite = direction
    const settled = Promise.withResolvers<number>()
    const over = (state: SessionState) => {
      if (state === SessionState.Terminated) settled.resolve(0)
    }
    const requestDelegate = {
      onAccept: () => settled.resolve(200),
      onReject: ({ message }: { readonly message: { readonly statusCode?: number | undefined } }) =>
        settled.resolve(message.statusCode ?? 0),
    }
    const sessionDescriptionHandlerOptions: Web.SessionDescriptionHandlerOptions = {
      ...direction,
      ...(options.iceRestart ? { offerOptions: { iceRestart: true } } : {}),
    }
    session.stateChange.addListener(over)
    try {
      await session.invite({ sessionDescriptionHandlerOptions, requestDelegate })
    } catch {
      settled.resolve(0)
    }
    const status = await settled.promise
    session.stateChange.removeListener(over)
    // A restart is asked for once, not in every offer that follows.
    session.sessionDescriptionHandlerOptionsReInvite = direction
    return status
  }

  async function hold(callId: string, held: boolean): Promise<boolean> {
    const leg = legs.get(callId)
    if (leg === undefined || leg.session.state !== SessionState.Established) return false
    leg.held = held
    return (await offerAgain(leg, { iceRestart: false })) === 200
  }

  /**
   * The link is back, and the line is registered: what was hung up meanwhile ends, and every other call finds its way
   * for the sound anew (ICE restart, RFC 8839 4.4.3). One that the other side knows nothing of any more (481), or to
   * which nobody answers (408), is over (RFC 3261 12.2.1.2).
   */
  async function relink(): Promise<void> {
    relinks += 1
    const now = relinks
    // What is owed first: an offer may wait long for its answer.
    for (const [callId, { hangUpWhenUp }] of [...legs]) if (hangUpWhenUp) hangUp(callId)
    await Promise.all(
      [...legs].map(async ([callId, leg]) => {
        if (leg.session.state !== SessionState.Established || leg.hangUpWhenUp) return
        const status = await offerAgain(leg, { iceRestart: true })
        // Lost once more meanwhile, it was the offer that nobody heard, and the next one is on its way.
        if ((status !== 481 && status !== 408) || now !== relinks) return
        fail(callId, leg)
        void leg.session.dispose().catch(() => undefined)
      }),
    )
  }

  async function sendTones(callId: string, tones: string, how: 'rtp' | 'info'): Promise<boolean> {
    const leg = legs.get(callId)
    if (leg === undefined || leg.session.state !== SessionState.Established) return false
    if (how === 'rtp') return handlerOf(leg)?.sendDtmf(tones, { duration: TONE_MS, interToneGap: TONE_GAP_MS }) ?? false
    for (const tone of tones) {
      const content = `Signal=${tone}\r\nDuration=${TONE_MS}\r\n`
      const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content }
      await leg.session.info({ requestOptions: { body } })
    }
    return true
  }

  async function complete(callId: string, besideId: string): Promise<Completion> {
    const [session, beside] = [legs.get(callId)?.session, legs.get(besideId)?.session]
    if (session === undefined || beside === undefined) return 481
    const settled = Promise.withResolvers<Completion>()
    // Its word may be lost with the link: then both are still here, and it can be asked again.
    const patience = setTimeout(() => settled.resolve(408), COMPLETE_MS)
    try {
      await session.refer(beside, {
        onNotify: (notification) => {
          void notification.accept().catch(() => undefined)
          const status = sipFragStatus(notification.request.body)
          if (status !== null && status >= 200) settled.resolve(status < 300 ? 'done' : status)
        },
        requestDelegate: { onReject: ({ message }) => settled.resolve(message.statusCode ?? 500) },
      })
    } catch {
      settled.resolve(481)
    }
    return settled.promise.finally(() => clearTimeout(patience))
  }

  const ops: SipLegs = {
    accept,
    refuse: (callId, status) => {
      const session = legs.get(callId)?.session
      if (session !== undefined) void (session as Invitation).reject({ statusCode: status }).catch(() => undefined)
    },
    dial,
    hangUp,
    hold,
    sendTones,
    complete,
    peerConnection: (callId) => {
      const leg = legs.get(callId)
      return leg === undefined ? null : (handlerOf(leg)?.peerConnection ?? null)
    },
  }
  return {
    ops,
    invited,
    relink,
    /** The sound that a session is to send; SIP.js asks when it makes its peer connection. */
    soundFor: (handler: object) =>
      [...legs.values()].find((leg) => handlerOf(leg) === handler)?.sound ?? new MediaStream(),
  }
}
