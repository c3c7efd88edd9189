import type { Core, Inviter } from 'sip.js'
import { agreedBy, readLeast, type Field, type SessionTimer } from './session-timer.ts'

const TOO_BRIEF = 422
/** RFC 3261 21.1.2: the other side is being alerted. 181, 182 and 183 do not say so. */
const RINGING = 180

type Around = {
  readonly timer: SessionTimer
  /** Told that it rings at the other side. */
  ringing(): void
  /** Told of each answer before the last one. */
  progressed(message: Core.IncomingResponseMessage): void
  /** Told of the answer that opened the call. */
  accepted(field: Field): void
  /** Another session in the place of the one before, which the timer has asked anew for. */
  next(): Inviter
  /** Told why nobody answered, where the other side said so. */
  refused(status: number | null): void
}

/**
 * Sends an INVITE that opens a call; where its interval was too brief, once more with what the other side takes
 * (RFC 4028 7.3). Rejects where it cannot be sent.
 */
export async function sendInvite(inviter: Inviter, around: Around, again = true): Promise<void> {
  const { timer, ringing, progressed, accepted, next, refused } = around
  await inviter.invite({
    requestDelegate: {
      onProgress: ({ message }) => {
        if (message.statusCode === RINGING) ringing()
        progressed(message)
      },
      onAccept: ({ message }) => {
        const field = (name: string) => message.getHeader(name)
        timer.agree(agreedBy(field))
        accepted(field)
      },
      onReject: ({ message }) => {
        if (message.statusCode !== TOO_BRIEF || !again) return refused(message.statusCode ?? null)
        timer.raise(readLeast((name) => message.getHeader(name)) ?? 0)
        sendInvite(next(), around, false).catch(() => refused(null))
      },
    },
  })
}
