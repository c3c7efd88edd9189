/** Whom a hang-up ends, by the key of the desk and by the hook of a headset alike. */
import type { Lines } from './lines.ts'
import { isAnswered, isHeld, isUp, type Call, type CallState } from './call.ts'
import type { PhoneSnapshot } from './phone-snapshot.ts'

/** The calls with what their line is worth now. */
export type LinesNow = Lines & Pick<PhoneSnapshot, 'line'>

/** Whether the operator's voice is with this call. */
export function isWithOperator(call: CallState): call is Call {
  return isAnswered(call) && !isHeld(call)
}

/** A held call that cannot be taken back as things stand, while nobody is beside it: to end it is the only way out. */
export function stuckCall({ call, beside, line }: LinesNow): Call | null {
  const isStuck = isAnswered(call) && isHeld(call) && (call.hold.refused || line !== 'registered')
  return isStuck && !isUp(beside) ? call : null
}

/** Whom the operator held herself, while nobody else is there. */
function heldByHand({ call, other, beside }: LinesNow): Call | null {
  const isAlone = !isAnswered(other) && !isUp(beside)
  return isAlone && isAnswered(call) && isHeld(call) && call.hold.byHand ? call : null
}

/**
 * L13: whom a hang-up ends: with whom the operator speaks, or whom she held herself; never a citizen who waits while she
 * speaks with somebody else, unless that one cannot be taken back, and nobody else is there.
 */
export function endedByKey(lines: LinesNow): Call | null {
  const { call, beside, joined } = lines
  const isSpokenFor = isUp(call) && !isHeld(call)
  if (isUp(beside) && !joined && !isSpokenFor) return beside
  return isSpokenFor && call.phase !== 'ringing' ? call : (stuckCall(lines) ?? heldByHand(lines))
}
