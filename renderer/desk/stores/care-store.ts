/** What the operator marks of the citizen's call: warnings for abuse, and the recording's pause. */
import type { Lines } from '../../../shared/call/lines.ts'
import { MOST_WARNINGS } from '../../../shared/call/call-care.ts'
import { isAnswered, type Call } from '../../../shared/call/call.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import { invoke } from '../../ui/bridge.ts'
import { noteWarned } from './activity-store.ts'
import { tell, useCall } from './call-store.ts'

/** Who can be warned; after the third time nobody any more. */
export function warnable({ call }: Lines): Call | null {
  return isAnswered(call) && call.care.warnings.length < MOST_WARNINGS ? call : null
}

/** Whose last warning can be taken back, also when the call is over. */
export function warned({ call }: Lines): Call | null {
  return call !== null && call.care.warnings.length > 0 ? call : null
}

/** Whose recording can be paused, or goes on. */
export function pausable(snapshot: PhoneSnapshot): Call | null {
  return snapshot.canPause && isAnswered(snapshot.call) ? snapshot.call : null
}

function markWarning(call: Call | null | undefined, withdraw: boolean): void {
  if (!call) return
  noteWarned(withdraw ? call.care.warnings.length - 1 : call.care.warnings.length)
  void tell(invoke('phone.warn', { callId: call.caller.callId, withdraw }))
}

/** Marks that the citizen is warned now; the words to say stand in the prompt. */
export function warn(): void {
  const { snapshot } = useCall.getState()
  markWarning(snapshot && warnable(snapshot), false)
}

/** The last warning was a wrong key. */
export function withdrawWarning(): void {
  const { snapshot } = useCall.getState()
  markWarning(snapshot && warned(snapshot), true)
}

export function togglePause(): void {
  const { snapshot } = useCall.getState()
  const call = snapshot && pausable(snapshot)
  if (!call) return
  const paused = call.care.recording.pausedAt === null
  void tell(invoke('phone.pauseRecording', { callId: call.caller.callId, paused }))
}
