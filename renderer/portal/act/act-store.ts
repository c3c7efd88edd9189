/** Taking a step: what becomes of it outlives the form that sent it, which goes away with the step. */
import { create } from 'zustand'
import { uuidv7 } from 'uuidv7'
import type { CaseStep, StepType } from '../../../shared/case/case-step.ts'
import type { Failure } from '../../../shared/errors.ts'
import { draftKinds } from '../../../shared/unit/unit-page.ts'
import { refreshCase, takeStep } from '../case/case-store.ts'
import { refreshList } from '../list/list-store.ts'
import { onSessionChange } from '../session/session-store.ts'
import { forget, hold, release } from './draft-store.ts'

type Act = {
  readonly caseId: string | null
  readonly type: StepType | null
  readonly working: boolean
  /** `moved`: somebody else was faster, and the case is shown as it stands now. */
  readonly outcome: 'done' | 'moved' | Failure | null
}
const idle: Act = { caseId: null, type: null, working: false, outcome: null }
export const useAct = create<Act>(() => idle)

/** What was sent and of which nothing is known: the same words again are the same step. */
const unanswered = new Map<string, string>()

/** Takes a step; true where it was taken. */
export async function act(caseId: string, step: CaseStep): Promise<boolean> {
  if (useAct.getState().working) return false
  const { type } = step
  const key = `${caseId} ${JSON.stringify(step)}`
  const id = unanswered.get(key) ?? uuidv7()
  unanswered.set(key, id)
  useAct.setState({ caseId, type, working: true, outcome: null })
  const kind = draftKinds.find((one) => one === type)
  if (kind !== undefined) await hold(caseId, kind)
  const taken = await takeStep(caseId, id, step)
  const known = taken.ok || !['centralUnreachable', 'centralFailed', 'notSignedIn'].includes(taken.error.code)
  if (known) unanswered.delete(key)
  if (kind !== undefined) (taken.ok ? forget : release)(caseId, kind)
  const moved =
    !taken.ok && taken.error.code === 'illegalTransition' && !['reviewed', 'asked'].includes(taken.error.detail ?? '')
  // First the case as it stands: whoever was faster is named from it.
  if (taken.ok || moved || taken.error.code === 'notFound') await Promise.all([refreshCase(), refreshList()])
  useAct.setState({ working: false, outcome: taken.ok ? 'done' : moved ? 'moved' : taken.error })
  return taken.ok
}

/** What became of an earlier step is said no more. */
export function quiet(): void {
  if (!useAct.getState().working) useAct.setState(idle)
}

onSessionChange((change) => {
  if (change === 'left') useAct.setState(idle)
})
