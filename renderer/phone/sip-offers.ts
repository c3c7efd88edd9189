/** The offers of one call within its dialog (re-INVITE): one at a time, each for what is wanted when it goes out. */
import { SessionState, type Core, type Session, type Web } from 'sip.js'

/** What an offer asks; its direction is read when it goes out. */
export type Offer = { readonly iceRestart: boolean }

export type Offers = {
  /** Resolves with the status of the answer; 503 where nobody heard the offer, 0 where the call ended meanwhile. */
  make(offer: Offer): Promise<number>
  /** The link is gone: what is under way was heard by nobody, and nothing is waited for (N2). */
  abandon(): void
}

type Refusal = { readonly message: { readonly statusCode?: number | undefined } }

/** What of SIP.js's transaction ends it as one whose request could not be sent (RFC 3261 17.1.4). */
type Failing = { onTransportError(error: Error): void }

/** `session` and `held` are asked anew for each offer: both may have changed. */
export function createOffers(leg: { readonly session: () => Session; readonly held: () => boolean }): Offers {
  let turn: Promise<unknown> = Promise.resolve()

  async function send(session: Session, { iceRestart }: Offer): Promise<number> {
    const direction: Web.SessionDescriptionHandlerOptions = { hold: leg.held() }
    // An offer of the other side, whenever it comes, is answered as the call stands.
    session.sessionDescriptionHandlerOptionsReInvite = direction
    const settled = Promise.withResolvers<number>()
    const over = (state: SessionState) => {
      if (state === SessionState.Terminated) settled.resolve(0)
    }
    const requestDelegate = {
      onAccept: () => settled.resolve(200),
      onReject: ({ message }: Refusal) => settled.resolve(message.statusCode ?? 0),
    }
    const sessionDescriptionHandlerOptions: Web.SessionDescriptionHandlerOptions = {
      ...direction,
      ...(iceRestart ? { offerOptions: { iceRestart: true } } : {}),
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

  return {
    make: (offer) => {
      const mine = turn.then(() => send(leg.session(), offer))
      turn = mine
      return mine
    },
    abandon: () => {
      const transaction = (leg.session().dialog as Core.SessionDialog | undefined)?.reinviteUserAgentClient?.transaction
      if (transaction !== undefined) (transaction as unknown as Failing).onTransportError(new Error('the link is gone'))
    },
  }
}
