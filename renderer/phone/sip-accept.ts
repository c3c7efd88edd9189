/** The answer of a call that rings, from the key until it is said: what comes between is the citizen's, ours or a fault. */
import { SessionState, type Invitation } from 'sip.js'
import type { Leg } from './leg.ts'
import { answerTo } from './session-timer.ts'

type Call = {
  /** Whether it is not over here. */
  isUp(): boolean
  fail(): void
}

type Over = Pick<Leg, 'session' | 'answering' | 'cancelled' | 'ours'>
type Ringing = Pick<Leg, 'session' | 'timer' | 'failed' | 'answering'>

/** Answers the leg's session; what cannot be answered is refused, and has failed. */
export async function sayAnswer(leg: Ringing, call: Call): Promise<void> {
  const invitation = leg.session as Invitation
  const refreshing = answerTo((name) => invitation.request.getHeader(name))
  leg.answering = invitation
  try {
    await invitation.accept({ extraHeaders: [...(refreshing?.headers ?? [])] })
    // SIP.js says nothing of one that was given up meanwhile; and it may be over here, or offered anew.
    const stands = leg.session === invitation && invitation.state === SessionState.Established
    if (call.isUp() && stands) leg.timer.agree(refreshing?.agreed ?? null)
  } catch {
    if (leg.session !== invitation) return
    leg.failed = true
    if (invitation.state !== SessionState.Terminated)
      await invitation.reject({ statusCode: 480 }).catch(() => undefined)
    call.fail()
  } finally {
    if (leg.answering === invitation) leg.answering = null
  }
}

/**
 * Whether a session that is over now was being answered, and neither side has ended it: SIP.js refuses by itself what it
 * cannot answer, and says why only after it has said that it is over.
 */
export function failsUnsaid({ session, answering, cancelled, ours }: Over): boolean {
  return answering === session && !cancelled && !ours
}
