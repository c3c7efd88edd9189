/** Calls that do not stand: those whose link was lost (N4), and those that are given up. */
import { Inviter, SessionState, type Invitation } from 'sip.js'
import { castAdrift, isStanding, type Leg } from './leg.ts'
import type { OwedByes } from './owed-byes.ts'

/** How long such a call outlives its link, and how long it waits for the exchange on the new one, in ms. */
const CUT_MS = 10_000
const BACK_MS = 6_000
const CANCELLED_MS = 32_000

type Ends = {
  /** The call never came to stand. */
  fail(): void
  /** It was missed. */
  end(): void
  readonly byes: OwedByes
}

/** Not answered here: the exchange offers it to somebody else, or anew. */
export function letRing(invitation: Invitation): void {
  void invitation.reject({ statusCode: 480 }).catch(() => undefined)
}

/** Nobody will say any more what became of it: told at once, for an answer may never come. */
function giveUp(leg: Leg, { fail, end, byes }: Ends): void {
  const { session } = leg
  if (session instanceof Inviter) {
    void session.cancel().catch(() => undefined)
    return fail()
  }
  if (isStanding(leg)) {
    fail()
    return byes.say(session)
  }
  letRing(session as Invitation)
  end()
}

/** The link is gone. */
export function setAdrift(leg: Leg, ends: Ends): void {
  castAdrift(leg, CUT_MS, () => giveUp(leg, ends))
}

/**
 * The line is back. What was answered meanwhile is answered now, by the new connection: an exchange that still rings
 * takes it (RFC 3261 17.1.3: answers are matched by their branch). What was not is let go, so that the exchange, which
 * may have given it up where nobody could hear that, offers it anew.
 */
export function bringBack(leg: Leg, ends: Ends, answer: () => void): void {
  const { session } = leg
  // Not said yet (N18): it is, by the new link.
  if (session instanceof Inviter && session.state === SessionState.Initial) return leg.adrift?.()
  castAdrift(leg, BACK_MS, () => giveUp(leg, ends))
  if (session instanceof Inviter || session.state !== SessionState.Initial) return
  if (leg.sound !== null) return answer()
  leg.letGo = session
  letRing(session as Invitation)
}

/**
 * N3: hung up while the link is away. A BYE that nobody gets would leave the other side in the call, so the link is
 * waited for; but a desk that waited for ever would be shut. One that does not stand has its own patience (N4).
 */
export function hangUpLater(leg: Leg, over: () => void): void {
  leg.hangUpWhenUp = true
  if (isStanding(leg)) leg.parting ??= setTimeout(over, CUT_MS)
}

/**
 * Hangs up before anybody answered. Where the INVITE is never answered finally, it is over 64·T1 later all the same
 * (RFC 3261 9.1): the desk would be busy to everybody.
 */
export function cancelDialled(leg: Leg, session: Inviter, end: () => void): void {
  void session.cancel().catch(() => undefined)
  setTimeout(() => {
    if (isStanding(leg) || session.state === SessionState.Terminated) return
    end()
    void session.dispose().catch(() => undefined)
  }, CANCELLED_MS)
}
