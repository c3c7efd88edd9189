/** A feature code: a short call to the exchange itself, without microphone and beside the operator's calls. */
import { Inviter, SessionState, UserAgent, type Web } from 'sip.js'

/** The user agent that a call goes through; null while there is none. */
type AgentNow = () => { readonly agent: UserAgent; readonly domain: string } | null

/** How long a code may take, in ms; an exchange ends its call by itself when it has done what the code asks. */
const FEATURE_MS = 5_000

/** Hears and sends nothing: an offer to receive (RFC 3264 5.1) needs no microphone. */
const media: Web.SessionDescriptionHandlerOptions = { offerOptions: { offerToReceiveAudio: true } }

/** Ends a call that the exchange did not end. */
function stop(inviter: Inviter): void {
  const ended = inviter.state === SessionState.Established ? inviter.bye() : inviter.cancel()
  ended.catch(() => undefined)
}

/**
 * Dials feature codes through the user agent of the moment. Resolves with whether the exchange answered; it is
 * waited for to hang up, because a BYE of ours may come before it has done what the code asks.
 */
export function createFeatureCall(
  agentNow: AgentNow,
  after: (ms: number, act: () => void) => () => void = (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
): (code: string) => Promise<boolean> {
  return async (code) => {
    const through = agentNow()
    const target = through === null ? undefined : UserAgent.makeURI(`sip:${encodeURIComponent(code)}@${through.domain}`)
    if (through === null || target === undefined) return false
    const inviter = new Inviter(through.agent, target)
    const over = Promise.withResolvers<boolean>()
    let answered = false
    inviter.delegate = { onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(() => undefined) }
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Established) answered = true
      if (state === SessionState.Terminated) over.resolve(answered)
    })
    const forget = after(FEATURE_MS, () => {
      stop(inviter)
      over.resolve(answered)
    })
    inviter.invite({ sessionDescriptionHandlerOptions: media }).catch(() => over.resolve(false))
    const taken = await over.promise
    forget()
    return taken
  }
}
