import { callsUp, type Lines } from '../../shared/call/call-lines.ts'
import type { OperatorEvent } from '../../shared/call/operator-status.ts'

type Activity = 'none' | 'ringing' | 'dialling' | 'onCall'

function activityOf(lines: Lines): Activity {
  const phases = callsUp(lines).map(({ phase }) => phase)
  if (phases.some((phase) => phase !== 'ringing' && phase !== 'dialling')) return 'onCall'
  if (phases.includes('dialling')) return 'dialling'
  return phases.includes('ringing') ? 'ringing' : 'none'
}

/** What a step of the calls means for the operator's status; null where it means nothing. */
export function statusEvent(before: Lines, after: Lines): OperatorEvent['type'] | null {
  const [was, is] = [activityOf(before), activityOf(after)]
  if (was === is) return null
  if (is === 'ringing') return 'callRinging'
  if (is === 'dialling') return 'callDialled'
  if (is === 'onCall') return was === 'ringing' ? 'callAnswered' : null
  if (was === 'ringing') return after.call?.outcome === 'rejected' ? 'callRejected' : 'callMissed'
  return 'callEnded'
}
