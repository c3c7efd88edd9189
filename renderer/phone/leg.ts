import { SessionState, type Invitation, type Session, type Web } from 'sip.js'
import type { Caller } from '../../shared/call/call.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { createSessionTimer, type SessionTimer } from './session-timer.ts'
import { createOffers, type Offers } from './sip-offers.ts'

/** A SIP session of a call, with what the phone wants of it. */
export type Leg = {
  /** Another one where the exchange offered the call anew (N4), or was asked anew (N13). */
  session: Session
  readonly offers: Offers
  readonly timer: SessionTimer
  sound: MediaStream | null
  /** It is to end as soon as it can be said. */
  hangUpWhenUp: boolean
  /** Hung up while the link is away (N3): when it is over here all the same. */
  parting: ReturnType<typeof setTimeout> | undefined
  /** Ended by us: nothing is asked of its end. */
  ours: boolean
  held: boolean
  failed: boolean
  /** The session that the operator has answered, until that is said. */
  answering: Session | null
  /** Given up there before it was answered here. */
  cancelled: boolean
  /** Given up there because somebody else has answered. */
  elsewhere: boolean
  status: number | null
  /** Its link was lost before it stood: forgets the patience with it. */
  adrift: (() => void) | null
  /** The session that was refused so that the call is offered anew: its end is not the call's. */
  letGo: Session | null
  /** Stops watching whether the sound has a way. */
  unwatch: (() => void) | null
}

/** The legs by the calls' names. */
export type LegMap = Map<string, Leg>

type LegNeeds = {
  /** Offers once more that the call stands. */
  readonly refresh: (leg: Leg) => void
  readonly expired: (leg: Leg) => void
  readonly random: () => number
}

export function createLeg(session: Session, { refresh, expired, random }: LegNeeds): Leg {
  const timer = createSessionTimer({ refresh: () => refresh(leg), expired: () => expired(leg) })
  const leg: Leg = {
    session,
    offers: createOffers({ session: () => leg.session, held: () => leg.held, timer, random }),
    timer,
    sound: null,
    hangUpWhenUp: false,
    parting: undefined,
    ours: false,
    held: false,
    failed: false,
    answering: null,
    cancelled: false,
    elsewhere: false,
    status: null,
    adrift: null,
    letGo: null,
    unwatch: null,
  }
  return leg
}

/**
 * What runs for a leg runs no more: its call is over. SIP.js keeps its session, and with it the leg, until the last
 * transaction of its dialog ends, which is 32 s later (64*T1, RFC 3261 17.2.1, RFC 6026 8.7): its sound and its peer
 * connection go at once.
 */
export function stopLeg(leg: Leg): void {
  leg.adrift?.()
  clearTimeout(leg.parting)
  leg.unwatch?.()
  leg.unwatch = null
  leg.sound = null
  leg.timer.stop()
}

/** Waits for what may still become of a call whose link was lost before it stood (N4). */
export function castAdrift(leg: Leg, patience: number, giveUp: () => void): void {
  leg.adrift?.()
  const timer = setTimeout(() => {
    leg.adrift?.()
    giveUp()
  }, patience)
  leg.adrift = () => {
    clearTimeout(timer)
    leg.adrift = null
  }
}

export const isStanding = ({ session }: Leg) => session.state === SessionState.Established

export const handlerOf = (leg: Leg | undefined) =>
  (leg?.session.sessionDescriptionHandler ?? null) as Web.SessionDescriptionHandler | null

/** Who calls, as the exchange says it. */
export function callerOf(invitation: Invitation): Caller {
  const { remoteIdentity, request } = invitation
  const header = (name: string) => request.getHeader(name)
  return {
    callId: (header('X-Call-Id')?.trim() || request.callId).slice(0, 128),
    number: plainLine(remoteIdentity.uri.user ?? '', 64),
    name: plainLine(remoteIdentity.displayName ?? ''),
    queue: plainLine(header('X-Queue') ?? '', 32),
  }
}
