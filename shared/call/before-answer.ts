/** How a dialled call stands that nobody has answered yet. */

/** What of a call says so. */
type Unanswered = { readonly phase: string; readonly rangThere: boolean; readonly earlySound: boolean }

/** Whether sound comes; without it, that it rings there. */
type Progress = { readonly type: string; readonly flows?: boolean }

/** Whether something is heard of it (C18). */
export function isHeardEarly(call: Unanswered | null): boolean {
  return call?.phase === 'dialling' && call.earlySound
}

/** Whether it rings at the other side (C15), and nothing else is heard (C18). */
export function isRingingThere(call: Unanswered | null): boolean {
  return call?.phase === 'dialling' && call.rangThere && !call.earlySound
}

/** The call with what was reported of it; itself where that says nothing new, or comes too late. */
export function noteProgress<C extends Unanswered>(call: C, { flows }: Progress): C {
  if (call.phase !== 'dialling') return call
  if (flows === undefined) return { ...call, rangThere: true }
  return flows === call.earlySound ? call : { ...call, earlySound: flows }
}
