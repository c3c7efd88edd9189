import { isHeld } from '../../shared/call/call.ts'
import { callsUp, type Lines } from '../../shared/call/lines.ts'
import type { OperatorEvent } from '../../shared/call/operator-status.ts'

type Activity = 'none' | 'ringing' | 'dialling' | 'talking' | 'held'

function activityOf(lines: Lines): Activity {
  const up = callsUp(lines)
  const isDialling = up.some(({ phase }) => phase === 'dialling')
  const had = up.filter(({ phase }) => phase !== 'ringing' && phase !== 'dialling')
  if (had.length > 0) return !isDialling && had.every(isHeld) ? 'held' : 'talking'
  if (isDialling) return 'dialling'
  return up.length > 0 ? 'ringing' : 'none'
}

function ringOver({ call }: Lines): OperatorEvent['type'] {
  if (call?.outcome === 'elsewhere') return 'callElsewhere'
  return call?.outcome === 'rejected' ? 'callRejected' : 'callMissed'
}

/** What a step of the calls means for the operator's status; null where it means nothing. */
export function statusEvent(before: Lines, after: Lines): OperatorEvent['type'] | null {
  const [was, is] = [activityOf(before), activityOf(after)]
  if (was === is) return null
  if (is === 'ringing') return 'callRinging'
  if (is === 'dialling') return 'callDialled'
  if (is === 'held') return 'callHeld'
  if (is === 'talking') return was === 'ringing' ? 'callAnswered' : was === 'held' ? 'callResumed' : null
  if (was === 'ringing') return ringOver(after)
  return 'callEnded'
}
