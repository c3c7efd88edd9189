/** The calls beside each other: what may be done with them now, and the doing of it. */
import { isAnswered, isHeld, isUp, type Call } from '../../../shared/call/call.ts'
import type { Lines } from '../../../shared/call/lines.ts'
import { endedByKey, type LinesNow } from '../../../shared/call/ended-by-key.ts'
import { invoke } from '../../ui/bridge.ts'
import { tell, useCall } from './call-store.ts'

export type LineAct = 'answer' | 'reject' | 'hold' | 'swap' | 'join' | 'complete' | 'drop' | 'hangUp'

const isRinging = (call: Call | null): call is Call => call?.phase === 'ringing'

/** Who can be answered or refused: whom the desk rings for, else who knocks. */
export function ringingCall({ call, other, beside }: Lines): Call | null {
  if (isRinging(call)) return call
  return isRinging(other) && !isUp(beside) ? other : null
}

function canAct(lines: LinesNow, act: LineAct): boolean {
  const { call, other, beside, joined, completing } = lines
  const both = isAnswered(call) && isAnswered(beside)
  switch (act) {
    case 'answer':
    case 'reject':
      return ringingCall(lines) !== null
    case 'hold':
      return isAnswered(call) && !isUp(beside)
    case 'swap':
      return !joined && completing === null && (both || (isAnswered(call) && !isUp(beside) && isAnswered(other)))
    case 'join':
    case 'complete':
      return both && completing === null
    case 'drop':
      return isUp(beside) && beside.phase !== 'ending' && completing === null
    case 'hangUp':
      return endedByKey(lines) !== null
  }
}

/** Whether an act on the calls means anything as they stand. */
export function isOpen(lines: LinesNow | null, act: LineAct): boolean {
  return lines !== null && canAct(lines, act)
}

const own = (call: Call) => ({ callId: call.caller.callId })

function send(act: LineAct, lines: LinesNow) {
  const { call, beside, joined } = lines
  const rings = ringingCall(lines)
  const ends = endedByKey(lines)
  switch (act) {
    case 'answer':
      return rings && invoke('phone.answer', own(rings))
    case 'reject':
      return rings && invoke('phone.reject', own(rings))
    case 'hold':
      return call && invoke('phone.hold', { ...own(call), held: !isHeld(call) })
    case 'swap':
      return invoke('phone.swap', null)
    case 'join':
      return invoke('phone.join', { joined: !joined })
    case 'complete':
      return invoke('phone.complete', null)
    case 'drop':
      return beside && invoke('phone.hangUp', own(beside))
    case 'hangUp':
      return ends && invoke('phone.hangUp', own(ends))
  }
}

/** Does an act where it means something; what the phone refuses stands among the notices. */
export function actOnLines(act: LineAct): void {
  const { snapshot } = useCall.getState()
  if (snapshot === null || !canAct(snapshot, act)) return
  const sent = send(act, snapshot)
  if (sent) void tell(sent)
}
