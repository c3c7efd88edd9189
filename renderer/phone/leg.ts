import type { Session, Web } from 'sip.js'
import type { Offers } from './sip-offers.ts'

/** A SIP session of a call, with what the phone wants of it. */
export type Leg = {
  /** Another one where the exchange offered the call anew (N4). */
  session: Session
  readonly offers: Offers
  sound: MediaStream | null
  /** It is to end as soon as it can be said. */
  hangUpWhenUp: boolean
  /** Ended by us: nothing is asked of its end. */
  ours: boolean
  held: boolean
  failed: boolean
  status: number | null
  /** Its link was lost before it stood: forgets the patience with it. */
  adrift: (() => void) | null
}

/** The legs by the calls' names. */
export type LegMap = Map<string, Leg>

export const handlerOf = ({ session }: Pick<Leg, 'session'>) =>
  (session.sessionDescriptionHandler ?? null) as Web.SessionDescriptionHandler | null
