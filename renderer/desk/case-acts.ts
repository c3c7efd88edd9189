/** Which case is on the screen: another one of the call, one of the list, or none where its call went to a case that stands. */
import type { SimilarCase } from '../../shared/case/similar.ts'
import { focusField, soon } from './focus.ts'
import { beginAnother, callHere, storedOfCall } from './stores/call-cases.ts'
import { newDraft, openDraft, resumeDraft, useDraft } from './stores/draft-store.ts'
import { joinCallTo, joinCaseTo } from './stores/join-store.ts'
import { closeSimilar } from './stores/similar-store.ts'
import { refreshCounts } from './work/counts-store.ts'

/** Joins what is written to an open case that is like it: its call, or itself where it is a saved case. */
export async function joinSimilar(into: SimilarCase, as: 'call' | 'case'): Promise<void> {
  const callId = useDraft.getState().open?.callId ?? null
  const done = await (as === 'call' ? joinCallTo(into) : joinCaseTo(into))
  if (!done) return
  closeSimilar()
  void refreshCounts()
  const caller = callHere()
  // The citizen may have another matter: what she says next is of this call, too.
  if (caller?.callId === callId && useDraft.getState().open === null) {
    beginAnother(caller)
    soon(() => focusField('content'))
  }
}

/** Starts a case: another one of the call on the screen, or one without a call. */
export function startCase(): void {
  const caller = callHere()
  if (caller !== null) beginAnother(caller)
  else openDraft(newDraft(null))
  soon(() => focusField('kind'))
}

/** Opens an unfinished case of the list, counted from 0; while a call is on the screen, one of that call. */
export function openListed(index: number): void {
  const { listed, open } = useDraft.getState()
  const caller = callHere()
  const among = caller === null ? listed : storedOfCall(listed, caller.callId)
  const draft = among.filter(({ caseId }) => caseId !== open?.caseId)[index]
  if (!draft) return
  resumeDraft(draft)
  soon(() => focusField('content'))
}
