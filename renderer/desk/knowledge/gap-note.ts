/** What the operator looks for in vain, told to the store when she leaves it (rules KG). */
import type { SearchAnswer } from '../../../shared/kb/hit.ts'
import { stepAnswered, type GapWatch } from '../../../shared/kb/gap-watch.ts'
import { invoke } from '../../ui/bridge.ts'
import { currentCall, useCall } from '../stores/call-store.ts'

let watch: GapWatch = null

function tell(left: GapWatch): void {
  // A fact by the way: what the store cannot take now is not worth a word to her.
  if (left !== null) void invoke('kb.gap', { query: left.words, callId: left.callId })
}

/** The search answered while its index was whole. */
export function noteAnswer({ query, hits, near, sheet }: SearchAnswer): void {
  const callId = currentCall(useCall.getState().snapshot)?.caller.callId ?? null
  const sure = (hits.length > 0 && !near) || (sheet ?? null) !== null
  const stepped = stepAnswered(watch, query, sure, callId)
  watch = stepped.watch
  tell(stepped.told)
}

/** She cleared the search, left it, or another citizen is there. */
export function noteLeft(): void {
  const left = watch
  watch = null
  tell(left)
}

/** She took an answer: what she looked for before was on the way to it. */
export function noteTaken(): void {
  watch = null
}
