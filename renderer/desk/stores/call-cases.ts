/** A call may be about several matters: its cases, and whether it has come to something. */
import type { Caller } from '../../../shared/call/call.ts'
import type { Draft } from '../../../shared/ipc.ts'
import { currentCall, useCall } from './call-store.ts'
import { newDraft, openDraft, useDraft } from './draft-store.ts'
import { isTouched } from './open-draft.ts'
import { useSimilar } from './similar-store.ts'

/** Those that were begun beside another case of their call: nothing stored takes their place on the screen. */
const begun = new Set<string>()

export const isBeside = (caseId: string): boolean => begun.has(caseId)

/** The call on the screen: up, or being wrapped up. */
export function callHere(): Caller | null {
  return currentCall(useCall.getState().snapshot)?.caller ?? null
}

/** The stored cases of a call, in the order in which they were begun. */
export function storedOfCall(listed: readonly Draft[], callId: string): Draft[] {
  return listed.filter((draft) => draft.callId === callId).toSorted((a, b) => a.startedAt - b.startedAt)
}

/** Whether a call has its outcome: a case that is saved, one that it was joined to, or no matter. */
export function hasOutcome(callId: string): boolean {
  const { listed, open } = useDraft.getState()
  const saved = listed.some((draft) => draft.callId === callId && draft.caseNo !== null)
  const joined = useSimilar.getState().joined.some((one) => one.callId === callId)
  const { settled } = useCall.getState()
  return saved || joined || settled?.callId === callId || (open?.callId === callId && open.caseNo !== null)
}

/** Begins another case of the call on the screen, of the same citizen; one in which nothing is written yet is that case. */
export function beginAnother(caller: Caller): void {
  const { open } = useDraft.getState()
  if (open?.callId === caller.callId && open.caseNo === null && !isTouched(open)) return
  const fresh = newDraft(caller)
  const { callerName, callerPhone } = open?.callId === caller.callId ? open.form : fresh.form
  const form = { ...fresh.form, callerName, callerPhone }
  begun.add(fresh.caseId)
  openDraft({ ...fresh, form, initial: form })
}
