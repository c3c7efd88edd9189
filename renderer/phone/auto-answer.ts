/**
 * Answers by itself where the centre wants it so, after a short tone in the operator's ear.
 *
 * A1 Only the first call: nothing else is up, and it has not knocked before.
 * A2 Never for an operator who would not see it, or not be heard: without a desk or a microphone it rings on. When both
 *    are there again the time begins anew.
 * A3 The tone sounds first; a call that ends meanwhile is not answered, and nothing else is in its place.
 * A4 Whatever the operator does before is hers: what she answered or refused is not answered again.
 */
import { isUp } from '../../shared/call/call.ts'
import type { Lines } from '../../shared/call/lines.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import type { Clock } from '../../shared/ports.ts'

/** Runs an act in so many ms, and answers how to forget it. */
export type After = (ms: number, act: () => void) => () => void

type Deps = {
  readonly clock: Clock
  readonly after: After
  /** Sounds in the operator's ear, and says for how long, in ms. */
  readonly tone: () => number
  readonly answer: (callId: string) => void
}

type Pending = { readonly callId: string; readonly at: number; forget: () => void }
type Seen = Lines & Pick<PhoneSnapshot, 'microphone'>

export function createAutoAnswer({ clock, after, tone, answer }: Deps) {
  /** Null while nothing is answered by itself, also while the desk is gone. */
  let seconds: number | null = null
  let pending: Pending | null = null
  let last: Seen | null = null
  /** Calls that came while another was up. */
  const knocked = new Set<string>()

  function drop(): void {
    pending?.forget()
    pending = null
  }

  /** The call that may be answered by itself now (A1, A2). */
  function wanted({ call, other, beside, microphone }: Seen): string | null {
    if (seconds === null || (microphone !== 'ready' && microphone !== 'unknown')) return null
    if (call?.phase !== 'ringing' || isUp(other) || isUp(beside)) return null
    return knocked.has(call.caller.callId) ? null : call.caller.callId
  }

  function begin(callId: string, inSeconds: number): void {
    const ms = inSeconds * 1000
    const mine: Pending = { callId, at: clock.now() + ms, forget: () => undefined }
    pending = mine
    mine.forget = after(ms, () => {
      mine.forget = after(tone(), () => {
        pending = null
        answer(callId)
      })
    })
  }

  function settle(): void {
    const callId = last === null ? null : wanted(last)
    if (pending !== null && pending.callId !== callId) drop()
    if (callId !== null && pending === null && seconds !== null) begin(callId, seconds)
  }

  return {
    /** `next` in seconds from the first ring; null for never. */
    use: (next: number | null) => {
      if (next === seconds) return
      seconds = next
      drop()
      settle()
    },
    /** Looks at how the calls stand now. */
    look: (now: Seen) => {
      last = now
      if (now.other?.phase === 'ringing') knocked.add(now.other.caller.callId)
      if (!isUp(now.call) && !isUp(now.other)) knocked.clear()
      settle()
    },
    /** When the call that rings is answered, in ms of the phone's clock; null where it is not. */
    at: () => pending?.at ?? null,
  }
}
