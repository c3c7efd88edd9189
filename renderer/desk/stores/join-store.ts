/** Joining what is written to a case that stands: its call as one more call, or the saved case as a duplicate. */
import { emptyWords } from '../../../shared/case/step-words.ts'
import type { SimilarCase } from '../../../shared/case/similar.ts'
import type { Result } from '../../../shared/errors.ts'
import { invoke } from '../../ui/bridge.ts'
import { discardOpen, saver, useDraft } from './draft-store.ts'
import { ownStaffNo } from './session-store.ts'
import { useSimilar } from './similar-store.ts'

/** Runs one at a time; what went wrong is said beside the list. */
async function once(act: () => Promise<Result<unknown>>): Promise<boolean> {
  if (useSimilar.getState().busy) return false
  useSimilar.setState({ busy: true, failure: null })
  const answer = await act()
  useSimilar.setState({ busy: false, failure: answer.ok ? null : answer.error })
  return answer.ok
}

/** The call of what is written becomes one more call of this case; its words go with it, and its draft goes. */
export async function joinCallTo({ caseId: into, caseNo }: SimilarCase): Promise<boolean> {
  const { open } = useDraft.getState()
  if (open === null || open.caseNo !== null) return false
  const { caseId, callId, form } = open
  const done = await once(() => {
    // What is still on its way goes ahead, or it would come back as a draft.
    saver.flush()
    return invoke('case.joinCall', { caseId, callId, form, into })
  })
  if (!done) return false
  useSimilar.setState(({ joined }) => ({ joined: [...joined, { callId, caseId: into, caseNo }] }))
  const now = useDraft.getState().open
  // What she wrote while it went stays.
  if (now?.caseId === caseId && now.form === form) await discardOpen()
  useSimilar.setState({ done: { as: 'call', caseNo } })
  return true
}

/** The saved case is joined into this one, at central, now; nothing is queued. */
export async function joinCaseTo({ caseId: into, caseNo }: SimilarCase): Promise<boolean> {
  const { open } = useDraft.getState()
  if (open === null || open.caseNo === null || open.savedForm !== open.form) return false
  const { caseId } = open
  const words = { ...emptyWords('join'), into, intoNo: caseNo }
  const done = await once(async () => {
    const kept = await invoke('case.keepWords', { caseId, words, author: ownStaffNo() })
    return kept.ok ? invoke('case.step', { caseId, step: { type: 'join', into } }) : kept
  })
  if (!done) return false
  if (useDraft.getState().open?.caseId === caseId) await discardOpen()
  useSimilar.setState({ done: { as: 'case', caseNo } })
  return true
}
