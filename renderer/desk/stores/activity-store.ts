import { create } from 'zustand'
import { advanceStep, liveStep, type Advance, type Conversation, type LastAct } from '../../../shared/script/prompt.ts'
import { useCall } from './call-store.ts'
import { formOf, useDraft } from './draft-store.ts'

type ActivityStore = {
  readonly lastAct: LastAct
  readonly searchSince: number | null
  readonly advance: Advance | null
}

const fresh: ActivityStore = { lastAct: 'none', searchSince: null, advance: null }

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

/** The conversation as it stands now, gathered from the stores. */
export function conversationNow(): Conversation {
  const { snapshot } = useCall.getState()
  const { lastAct, searchSince } = useActivity.getState()
  return {
    phase: snapshot?.call?.phase ?? null,
    status: snapshot?.operator.status ?? 'offline',
    lastAct,
    contentEmpty: formOf(useDraft.getState()).content.trim() === '',
    searchSince,
  }
}

/** The sentence was said: one step on by hand. */
export function sayNext(): void {
  useActivity.setState(({ advance }) => ({ advance: advanceStep(liveStep(conversationNow()), advance) }))
}
