import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import type { Refused } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'

/** How far the operator is with an entry; one without a word here waits for her. */
export type Dealt =
  | { readonly state: 'working' | 'takenBack' | 'dismissed' }
  | { readonly state: 'failed'; readonly failure: Failure }

type RefusedStore = {
  readonly state: 'loading' | 'known' | 'failed'
  readonly entries: readonly Refused[]
  readonly dealt: Readonly<Record<string, Dealt>>
}

const fresh: RefusedStore = { state: 'loading', entries: [], dealt: {} }

/** What central did not take, while its list stands open. */
export const useRefused = create<RefusedStore>()(() => fresh)

/** Whether an entry is done with. */
export function isDone(dealt: Dealt | undefined): boolean {
  return dealt?.state === 'takenBack' || dealt?.state === 'dismissed'
}

/**
 * The list as it is shown after the store told it again. What was dealt with stays in its place until the list
 * is closed, and what is new comes at the end: no key may slip under the hand to another entry.
 */
export function mergeListed<E extends { readonly id: string }>(
  shown: readonly E[],
  told: readonly E[],
  done: (id: string) => boolean,
): E[] {
  const find = (list: readonly E[], id: string) => list.find((entry) => entry.id === id)
  const there = shown.flatMap((entry) => (done(entry.id) ? [entry] : (find(told, entry.id) ?? [])))
  return [...there, ...told.filter(({ id }) => find(shown, id) === undefined)]
}

let turn = 0

/** Asks the store for the list; only the newest answer counts. */
export async function loadRefused(): Promise<void> {
  const mine = (turn += 1)
  const answer = await invoke('sync.refused', null)
  if (mine !== turn) return
  useRefused.setState(({ state, entries, dealt }) => {
    // A list that is there is not taken away by a store that is not.
    if (!answer.ok) return { state: state === 'known' ? 'known' : 'failed' }
    return { state: 'known', entries: mergeListed(entries, answer.value, (id) => isDone(dealt[id])) }
  })
}

/** Forgets the list: opened again it is read anew, the newest first. */
export function clearRefused(): void {
  turn += 1
  useRefused.setState(fresh, true)
}

function deal(id: string, dealt: Dealt): void {
  useRefused.setState((state) => ({ dealt: { ...state.dealt, [id]: dealt } }))
}

/** Whether something may be done with an entry now: an act is never done twice. */
function isFree(id: string): boolean {
  const dealt = useRefused.getState().dealt[id]
  return dealt?.state !== 'working' && !isDone(dealt)
}

/** Puts an entry's words back among the drafts; answers the draft's case, or null when it was not done. */
export async function takeBack(id: string): Promise<string | null> {
  if (!isFree(id)) return null
  deal(id, { state: 'working' })
  const answer = await invoke('sync.takeBack', { id })
  deal(id, answer.ok ? { state: 'takenBack' } : { state: 'failed', failure: answer.error })
  return answer.ok ? answer.value.caseId : null
}

/** Takes an entry off the list; it stays in the file and at central. */
export async function dismiss(id: string): Promise<void> {
  if (!isFree(id)) return
  deal(id, { state: 'working' })
  const answer = await invoke('sync.dismiss', { id })
  deal(id, answer.ok ? { state: 'dismissed' } : { state: 'failed', failure: answer.error })
}
