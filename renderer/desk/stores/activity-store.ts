import { create } from 'zustand'
import {
  advanceStep,
  liveStep,
  warningToSay,
  type Advance,
  type Conversation,
  type LastAct,
} from '../../../shared/script/prompt.ts'
import { useCall } from './call-store.ts'
import { formOf, useDraft } from './draft-store.ts'

type ActivityStore = {
  readonly lastAct: LastAct
  readonly searchSince: number | null
  readonly advance: Advance | null
  /** So many of the call's warnings have been said. */
  readonly warningsSaid: number
}

const fresh: ActivityStore = { lastAct: 'none', searchSince: null, advance: null, warningsSaid: 0 }

/** What the operator did last: the prompt follows it. */
export const useActivity = create<ActivityStore>()(() => fresh)

/** Takes note of what the operator does. */
export function noteAct(lastAct: LastAct): void {
  const before = useActivity.getState()
  if (before.lastAct === lastAct) return
  useActivity.setState({ lastAct, searchSince: lastAct === 'searching' ? Date.now() : null })
}

/** Starts afresh for a new call; `lastAct` is what a restored draft tells. */
export function resetActivity(lastAct: LastAct = 'none'): void {
  useActivity.setState({ ...fresh, lastAct })
}

const warningsNow = () => useCall.getState().snapshot?.call?.care.warnings.length ?? 0

/** Another warning is marked, or one is taken back: so many have been said. */
export function noteWarned(warningsSaid: number): void {
  useActivity.setState({ warningsSaid })
}

/** The conversation as it stands now, gathered from the stores. */
export function conversationNow(): Conversation {
  const { snapshot } = useCall.getState()
  const { lastAct, searchSince, warningsSaid } = useActivity.getState()
  return {
    phase: snapshot?.call?.phase ?? null,
    status: snapshot?.operator.status ?? 'offline',
    lastAct,
    contentEmpty: formOf(useDraft.getState()).content.trim() === '',
    searchSince,
    warning: warningToSay(warningsNow(), warningsSaid),
  }
}

/** The sentence was said: one step on by hand; a warning gives place to what it interrupted, or to the end. */
export function sayNext(): void {
  const warnings = warningsNow()
  if (conversationNow().warning !== null) return useActivity.setState({ warningsSaid: warnings })
  useActivity.setState(({ advance }) => ({ advance: advanceStep(liveStep(conversationNow()), advance) }))
}
