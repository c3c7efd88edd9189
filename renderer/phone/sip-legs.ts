/** The SIP sessions of the calls that are up, by the call's name: what is asked of them, in the product's own words. */
import { Inviter, SessionState, UserAgent, type Core, type Invitation, type Session } from 'sip.js'
import type { CodecName } from '../../shared/call/codecs.ts'
import { createEarlyAnswers } from './sip-early.ts'
import { callerOf, createLeg, handlerOf, isStanding, stopLeg, type Leg } from './leg.ts'
import { watchMediaWay } from './media-watch.ts'
import { createOwedByes } from './owed-byes.ts'
import type { LegEvents, SipLegs } from './sip-ports.ts'
import { proposal, type Field } from './session-timer.ts'
import { bringBack, cancelDialled, hangUpLater, letRing, setAdrift } from './sip-adrift.ts'
import { failsUnsaid, sayAnswer } from './sip-accept.ts'
import { guardOffers, refusalOf } from './sip-answers.ts'
import { isElsewhere } from './sip-reason.ts'
import { sendInvite } from './sip-invite.ts'
import type { Offer } from './sip-offers.ts'
import { sendTones } from './sip-tones.ts'
import { createTransfers } from './sip-transfer.ts'

/** `agentNow` is the user agent that new calls go through; null while there is none. */
export function createSipLegs(
  agentNow: () => { readonly agent: UserAgent; readonly domain: string; readonly codecs: readonly CodecName[] } | null,
  on: LegEvents,
  random: () => number,
) {
  const legs = new Map<string, Leg>()
  const transfers = createTransfers(legs)
  const byes = createOwedByes()
  const isLinkUp = () => agentNow()?.agent.isConnected() === true

  function tell(callId: string, { failed, status, elsewhere }: Leg): void {
    on.over(callId, failed, status, elsewhere)
    transfers.ended(callId)
  }

  function end(callId: string, leg: Leg): void {
    // Another one may stand under its name by now: the exchange offers a call anew.
    if (legs.get(callId) !== leg) return
    legs.delete(callId)
    stopLeg(leg)
    const parting = leg.ours ? null : transfers.parting(callId)
    if (parting === null) tell(callId, leg)
    else void parting.then(() => tell(callId, leg))
  }

  /** Makes a session the one of its leg: what an earlier one says is not heard any more. */
  function take(callId: string, leg: Leg, session: Session): void {
    leg.session = session
    guardOffers(session, leg.offers, leg.timer)
    const stood = () => {
      leg.adrift?.()
      watchWay(callId, leg)
      if (leg.hangUpWhenUp) byes.say(session)
      on.established(callId)
    }
    session.delegate = {
      // Left alone, SIP.js follows a REFER: it would call whomever the exchange names.
      onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(() => undefined),
      onCancel: ({ request }) => {
        if (leg.session !== session) return
        leg.cancelled = true
        leg.elsewhere = isElsewhere(request.getHeaders('reason'))
      },
      // An answer that was said late may have found nobody: it stands when it is acknowledged.
      onAck: () => {
        if (leg.session === session && leg.adrift !== null) stood()
      },
    }
    session.stateChange.addListener((state) => {
      if (leg.session !== session) return
      if (state === SessionState.Established && (leg.adrift === null || session instanceof Inviter)) stood()
      if (state !== SessionState.Terminated || leg.letGo === session) return
      if (failsUnsaid(leg)) leg.failed = true
      // SIP.js says why an INVITE of ours was refused only after it has said that it is over; another may follow it.
      if (session instanceof Inviter) queueMicrotask(() => leg.session === session && end(callId, leg))
      else end(callId, leg)
    })
  }

  function watchWay(callId: string, leg: Leg): void {
    const peer = handlerOf(leg)?.peerConnection
    if (peer === undefined) return
    leg.unwatch = watchMediaWay(peer, () => {
      // Without a link it is looked for when that is back.
      if (isLinkUp() && isStanding(leg) && !leg.offers.areOut()) void offer(callId, leg, { iceRestart: true })
    })
  }

  function add(callId: string, session: Session): Leg {
    const leg = createLeg(session, {
      random,
      refresh: (one) => {
        if (isLinkUp() && isStanding(one)) void offer(callId, one, { iceRestart: false })
      },
      expired: (one) => {
        one.failed = true
        part(callId, one)
      },
    })
    legs.set(callId, leg)
    take(callId, leg, session)
    return leg
  }

  function invited(invitation: Invitation): void {
    performance.mark('invited')
    const caller = callerOf(invitation)
    const refusal = refusalOf(invitation, agentNow()?.codecs ?? [])
    if (refusal !== null) {
      void invitation.reject(refusal.answer).catch(() => undefined)
      return refusal.why === null ? undefined : on.untaken(caller, refusal.why)
    }
    const known = legs.get(caller.callId)
    if (known?.adrift && !(known.session instanceof Inviter)) return ringOn(caller.callId, known, invitation)
    if (known !== undefined) return void invitation.reject({ statusCode: 486 }).catch(() => undefined)
    add(caller.callId, invitation)
    on.invited(caller)
    on.told(caller.callId, (name) => invitation.request.getHeader(name))
  }

  /** N4: the exchange offers it anew: it rings on, or is answered where it was answered already. */
  function ringOn(callId: string, leg: Leg, invitation: Invitation): void {
    const before = leg.session as Invitation
    leg.adrift?.()
    take(callId, leg, invitation)
    // The exchange does not wait for this answer; one that does still rings it no more.
    letRing(before)
    if (leg.sound !== null) void answer(callId, leg)
  }

  function fail(callId: string, leg: Leg): void {
    leg.failed = true
    end(callId, leg)
  }

  async function accept(callId: string, sound: MediaStream): Promise<void> {
    const leg = legs.get(callId)
    if (leg === undefined) return
    leg.sound = sound
    // Said when the line is back, or the call is offered anew (N4).
    if (leg.adrift === null) await answer(callId, leg)
  }

  const answer = (callId: string, leg: Leg) =>
    sayAnswer(leg, { isUp: () => legs.get(callId) === leg, fail: () => fail(callId, leg) })

  async function dial(callId: string, number: string, sound: MediaStream): Promise<void> {
    const through = agentNow()
    const target =
      through === null ? undefined : UserAgent.makeURI(`sip:${encodeURIComponent(number)}@${through.domain}`)
    if (through === null || target === undefined) return on.over(callId, true, null)
    const inviterTo = (headers: readonly string[]) => new Inviter(through.agent, target, { extraHeaders: [...headers] })
    const first = inviterTo(proposal)
    const leg = add(callId, first)
    leg.sound = sound
    const heardEarly = createEarlyAnswers(
      () => handlerOf(leg)?.peerConnection,
      () => {
        if (legs.get(callId) === leg && !isStanding(leg)) on.early(callId)
      },
    )
    const around = {
      timer: leg.timer,
      ringing: () => on.rangThere(callId),
      progressed: (message: Core.IncomingResponseMessage) => void heardEarly(message),
      accepted: (field: Field) => on.told(callId, field),
      next: () => {
        const again = inviterTo(leg.timer.ask())
        take(callId, leg, again)
        return again
      },
      refused: (status: number | null) => {
        leg.failed = true
        leg.status = status
      },
    }
    await sendInvite(first, around).catch(() => fail(callId, leg))
  }

  function hangUp(callId: string): void {
    const leg = legs.get(callId)
    if (leg === undefined) return
    const { session } = leg
    leg.ours = true
    if (!isLinkUp()) hangUpLater(leg, () => part(callId, leg))
    else if (isStanding(leg)) byes.say(session)
    else if (session instanceof Inviter) cancelDialled(leg, session, () => end(callId, leg))
    else if (session.state === SessionState.Initial) letRing(session as Invitation)
    else {
      // Not said yet: the exchange offers it to somebody else. What was said all the same ends when it stands.
      leg.hangUpWhenUp = true
      letRing(session as Invitation)
    }
  }

  /** Over here, whether or not the other side has heard of it; the BYE is owed until it is answered. */
  function part(callId: string, leg: Leg): void {
    end(callId, leg)
    byes.say(leg.session)
  }

  /**
   * N6: resolves with whether an offer was taken. A call of which the other side knows nothing any more (481), or in
   * which nobody answers (408), is over (RFC 3261 12.2.1.2).
   */
  async function offer(callId: string, leg: Leg, what: Offer): Promise<boolean> {
    const status = await leg.offers.make(what)
    if (status === 481 || status === 408) {
      fail(callId, leg)
      void leg.session.dispose().catch(() => undefined)
    }
    return status === 200
  }

  async function hold(callId: string, held: boolean): Promise<boolean> {
    const leg = legs.get(callId)
    if (leg === undefined || !isStanding(leg)) return false
    leg.held = held
    const done = await offer(callId, leg, { iceRestart: false })
    // She whom the exchange did not take back is still held here: so is every offer that follows.
    if (!done) leg.held = true
    return done
  }

  const endsOf = (callId: string, leg: Leg) => ({ byes, fail: () => fail(callId, leg), end: () => end(callId, leg) })

  /** N2, N4: the link is gone. */
  function linkLost(): void {
    for (const [callId, leg] of legs) {
      leg.offers.abandon()
      if (!isStanding(leg)) setAdrift(leg, endsOf(callId, leg))
    }
  }

  /**
   * N3: the link is back, and the line is registered. What was hung up ends, and every other call finds its way for the
   * sound anew (ICE restart, RFC 8839 4.4.3).
   */
  async function relink(): Promise<void> {
    // What is owed first: an offer may wait long for its answer.
    const through = agentNow()
    if (through !== null) byes.sayAgain(through.agent)
    for (const [callId, leg] of legs) {
      if (leg.hangUpWhenUp) hangUp(callId)
      if (leg.adrift !== null) bringBack(leg, endsOf(callId, leg), () => void answer(callId, leg))
    }
    const standing = [...legs].filter(([, leg]) => isStanding(leg) && leg.adrift === null && !leg.hangUpWhenUp)
    await Promise.all(standing.map(([callId, leg]) => offer(callId, leg, { iceRestart: true })))
  }

  /** N5: the exchange does not let us in any more. What was hung up is said all the same, and is over here. */
  function shutOut(): void {
    for (const [callId, leg] of [...legs]) {
      if (leg.hangUpWhenUp) hangUp(callId)
      if (leg.hangUpWhenUp || leg.adrift !== null) end(callId, leg)
    }
  }

  /** Ends all of them, at once and whether or not it is heard. */
  function endAll(): void {
    for (const [callId, leg] of [...legs]) {
      hangUp(callId)
      end(callId, leg)
    }
    byes.forget()
  }

  const ops: SipLegs = {
    accept,
    refuse: (callId, status) => {
      const leg = legs.get(callId)
      if (leg !== undefined) void (leg.session as Invitation).reject({ statusCode: status }).catch(() => undefined)
      // Offered anew it is another ring.
      if (leg?.adrift) end(callId, leg)
    },
    dial,
    hangUp,
    hold,
    sendTones: async (callId, tones, how) => {
      const leg = legs.get(callId)
      return leg !== undefined && isStanding(leg) && sendTones(leg, tones, how)
    },
    complete: transfers.complete,
    peerConnection: (callId) => handlerOf(legs.get(callId))?.peerConnection ?? null,
  }
  return {
    ops,
    areUp: () => legs.size > 0,
    invited,
    linkLost,
    relink,
    shutOut,
    endAll,
    /** The sound that a session is to send; SIP.js asks when it makes its peer connection. */
    soundFor: (handler: object) =>
      [...legs.values()].find((leg) => handlerOf(leg) === handler)?.sound ?? new MediaStream(),
  }
}
