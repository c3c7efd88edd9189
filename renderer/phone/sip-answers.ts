/** Offers of the other side within a call (re-INVITE): what SIP.js does not do about them. */
import type { Core, Invitation, Session } from 'sip.js'
import type { CodecName } from '../../shared/call/codecs.ts'
import type { UntakenWhy } from '../../shared/call/untaken-call.ts'
import { checkSdp } from './check-sdp.ts'
import { waitingPeer } from './keep-offer.ts'
import { hasCodec } from './prefer-codecs.ts'
import type { Offers } from './sip-offers.ts'
import { answerTo, isTooBrief, LEAST_SECONDS, type SessionTimer } from './session-timer.ts'

/** What of a session takes them; SIP.js lets nobody in between. */
type Taker = { onInviteRequest(request: Core.IncomingInviteRequest): void }

/** The refusal of an interval that is too short (RFC 4028 9). */
const tooBrief = { statusCode: 422, extraHeaders: [`Min-SE: ${LEAST_SECONDS}`] }

type Refusal = {
  readonly answer: { statusCode: number; extraHeaders?: string[] }
  /** What the operator is told of it; null where the other side asks again by itself. */
  readonly why: UntakenWhy | null
}

/** N17: why a call does not ring: media in the clear, none of our codecs, or an interval that is too short; null where it does. */
export function refusalOf({ request }: Invitation, codecs: readonly CodecName[]): Refusal | null {
  const { body } = request
  const fault = body === '' ? null : checkSdp(body)
  const unheard = { statusCode: 488 }
  if (fault !== null && fault !== 'noAudio') return { answer: unheard, why: 'encryption' }
  if (fault !== null || !hasCodec(body, codecs)) return { answer: unheard, why: 'codecs' }
  return isTooBrief((name) => request.getHeader(name)) ? { answer: tooBrief, why: null } : null
}

/** Whether an offer of ours came to nothing and nothing was agreed on since: theirs would roll it back (N15). */
const isWaiting = ({ sessionDescriptionHandler }: Session) => waitingPeer(sessionDescriptionHandler) !== undefined

/**
 * N14: an offer that comes while one of ours is under way, or only being made, is answered 491 (RFC 3261 14.2).
 * N15: where one of ours came to nothing it is made anew first, and theirs is answered 491 as well.
 * N13: one that refreshes the call is answered with what it then agrees on.
 */
export function guardOffers(session: Session, offers: Offers, timer: SessionTimer): void {
  const taker = session as unknown as Taker
  const take = taker.onInviteRequest.bind(session)
  taker.onInviteRequest = (request) => {
    const field = (name: string) => request.message.getHeader(name)
    if (offers.areOut()) return void request.reject({ statusCode: 491 })
    if (isWaiting(session)) {
      request.reject({ statusCode: 491 })
      return void offers.make({ iceRestart: false })
    }
    if (isTooBrief(field)) return void request.reject(tooBrief)
    const answer = answerTo(field)
    const accept = request.accept.bind(request)
    request.accept = (options) => {
      const extraHeaders = [...(options?.extraHeaders ?? []), ...(answer?.headers ?? [])]
      const accepted = accept({ statusCode: 200, ...options, extraHeaders })
      timer.agree(answer?.agreed ?? null)
      return accepted
    }
    take(request)
  }
}
