/** The offers of one call within its dialog (re-INVITE): one at a time, each for what is wanted when it goes out. */
import { Inviter, SessionState, type Core, type Session, type Web } from 'sip.js'
import { agreedBy, readLeast, type SessionTimer } from './session-timer.ts'
import { abandonWay } from './await-way.ts'
import { failRequest } from './sip-agent.ts'

/** What an offer asks; its direction is read when it goes out. */
export type Offer = { readonly iceRestart: boolean }

export type Offers = {
  /** Resolves with the status of the answer; 503 where nobody heard the offer, 0 where the call ended meanwhile. */
  make(offer: Offer): Promise<number>
  /** Whether one is under way: an offer of the other side is answered 491 then (RFC 3261 14.2). */
  areOut(): boolean
  /** The link is gone: what is under way was heard by nobody, and nothing is waited for (N2). */
  abandon(): void
}

/** What an offer needs of its call; all of it is asked anew for each. */
export type Offering = {
  readonly session: () => Session
  readonly held: () => boolean
  readonly timer: SessionTimer
  /** Draws from [0, 1). */
  readonly random: () => number
}

type Answer = { readonly message: Core.IncomingResponseMessage }

const dialogOf = ({ dialog }: Session) => dialog as Core.SessionDialog | undefined

/** How often an offer that met one of the other side is made again. */
const GLARES_MAX = 5
const PENDING = 491
const TOO_BRIEF = 422

/**
 * N14: how long an offer waits that met one of the other side, in ms: 2.1 to 4 s for whoever made the Call-ID, else 0 to
 * 2 s, in steps of 10 ms (RFC 3261 14.1).
 */
export function glareWait(owner: boolean, random: number): number {
  return owner ? 2_100 + 10 * Math.floor(random * 191) : 10 * Math.floor(random * 201)
}

export function createOffers({ session: sessionNow, held, timer, random }: Offering): Offers {
  let turn: Promise<unknown> = Promise.resolve()
  let out = false
  /** Ends a wait after a glare: the link is gone. */
  let stopWaiting: (() => void) | null = null

  async function send({ iceRestart }: Offer): Promise<number> {
    const session = sessionNow()
    // Of the other side one is being answered: as if the two had met (RFC 3261 14.1).
    if (dialogOf(session)?.reinviteUserAgentServer !== undefined) return PENDING
    const direction: Web.SessionDescriptionHandlerOptions = { hold: held() }
    // An offer of the other side, whenever it comes, is answered as the call stands.
    session.sessionDescriptionHandlerOptionsReInvite = direction
    const settled = Promise.withResolvers<number>()
    const over = (state: SessionState) => {
      if (state === SessionState.Terminated) settled.resolve(0)
    }
    const requestDelegate = {
      onAccept: ({ message }: Answer) => {
        timer.agree(agreedBy((name) => message.getHeader(name)))
        settled.resolve(200)
      },
      onReject: ({ message }: Answer) => {
        if (message.statusCode === TOO_BRIEF) timer.raise(readLeast((name) => message.getHeader(name)) ?? 0)
        settled.resolve(message.statusCode ?? 0)
      },
    }
    const sessionDescriptionHandlerOptions: Web.SessionDescriptionHandlerOptions = {
      ...direction,
      ...(iceRestart ? { offerOptions: { iceRestart: true } } : {}),
    }
    const requestOptions = { extraHeaders: [...timer.ask()] }
    session.stateChange.addListener(over)
    out = true
    try {
      await session.invite({ sessionDescriptionHandlerOptions, requestDelegate, requestOptions })
    } catch {
      settled.resolve(0)
    }
    const status = await settled.promise
    out = false
    session.stateChange.removeListener(over)
    // A restart is asked for once, not in every offer that follows.
    session.sessionDescriptionHandlerOptionsReInvite = direction
    return status
  }

  /** Resolves with whether the link stood all the time. */
  function wait(ms: number): Promise<boolean> {
    return new Promise((go) => {
      const waited = setTimeout(() => go(true), ms)
      stopWaiting = () => {
        clearTimeout(waited)
        go(false)
      }
    })
  }

  async function negotiate(offer: Offer): Promise<number> {
    for (let glares = 0; ; glares++) {
      const status = await send(offer)
      // The interval was raised: asked again at once, once (RFC 4028 7.3).
      const taken = status === TOO_BRIEF ? await send(offer) : status
      if (taken !== PENDING || glares === GLARES_MAX) return taken
      if (!(await wait(glareWait(sessionNow() instanceof Inviter, random())))) return 503
    }
  }

  return {
    make: (offer) => {
      const mine = turn.then(() => negotiate(offer))
      turn = mine
      return mine
    },
    areOut: () => out,
    abandon: () => {
      stopWaiting?.()
      if (out) abandonWay(sessionNow().sessionDescriptionHandler)
      const transaction = dialogOf(sessionNow())?.reinviteUserAgentClient?.transaction
      if (transaction !== undefined) failRequest(transaction)
    },
  }
}
