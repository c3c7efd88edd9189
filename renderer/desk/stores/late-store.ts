import { create } from 'zustand'
import { groupNames } from '../../../shared/case/case-record.ts'
import type { GroupName } from '../../../shared/case/case-record.ts'
import type { LateEdit } from '../../../shared/case/late-edit.ts'
import type { Failure } from '../../../shared/errors.ts'
import { invoke } from '../../ui/bridge.ts'
import { draftsSettled } from './draft-store.ts'
import { followChoice, followOpen } from './follow-case.ts'
import { sayAtForm } from './form-note.ts'
import { usePanels } from './panel-store.ts'
import { mergeListed } from './refused-store.ts'

/** How far the operator is with a late edit; one without a word here waits for her. */
export type Settled =
  | { readonly state: 'working' }
  | { readonly state: 'settled'; readonly take: boolean }
  | { readonly state: 'failed'; readonly failure: Failure }

type LateStore = {
  readonly state: 'loading' | 'known' | 'failed'
  readonly entries: readonly LateEdit[]
  readonly dealt: Readonly<Record<string, Settled>>
  /** The entry of the open list that has the focus: the keys are about it. */
  readonly pointed: string | null
}

const fresh: LateStore = { state: 'loading', entries: [], dealt: {}, pointed: null }

/** The late edits that the operator may settle. */
export const useLate = create<LateStore>()(() => fresh)

export const isSettled = (dealt: Settled | undefined): boolean => dealt?.state === 'settled'

/** Those of a case that wait for a choice, in the order of the form, the oldest first: at the form it is one at a time. */
export function waitingOf({ entries, dealt }: Pick<LateStore, 'entries' | 'dealt'>, caseId: string): LateEdit[] {
  const place = ({ late }: LateEdit) => groupNames.indexOf(late.group)
  return entries
    .filter((entry) => entry.caseId === caseId && !isSettled(dealt[entry.id]))
    .toSorted((a, b) => place(a) - place(b) || a.offered.at - b.offered.at)
}

let turn = 0

/** Asks the store for the list; only the newest answer counts. */
export async function loadLate(): Promise<void> {
  const mine = (turn += 1)
  const answer = await invoke('sync.late', null)
  if (mine !== turn) return
  useLate.setState(({ state, entries, dealt }) => {
    // A list that is there is not taken away by a store that is not.
    if (!answer.ok) return { state: state === 'known' ? 'known' : 'failed' }
    // What is being settled may be off the store's list before its answer is here: it keeps its place as well.
    const isHeld = (id: string) => isSettled(dealt[id]) || dealt[id]?.state === 'working'
    return { state: 'known', entries: mergeListed(entries, answer.value, isHeld) }
  })
}

/** Forgets the list: another operator has another. */
export function clearLate(): void {
  turn += 1
  useLate.setState(fresh, true)
}

/** Lets go of what was settled: it stood only so that nothing moved while the list was open. */
export function dropSettled(): void {
  useLate.setState(({ entries, dealt }) => ({
    entries: entries.filter(({ id }) => !isSettled(dealt[id])),
    pointed: null,
  }))
}

/** The list's keys are about this entry, or about none. */
export const pointAt = (pointed: string | null): void => useLate.setState({ pointed })

function deal(id: string, settled: Settled): void {
  useLate.setState(({ dealt }) => ({ dealt: { ...dealt, [id]: settled } }))
}

/** Whether she saw what is no more: the choice was not made, and both are to be looked at again. */
const movedOn = ({ code, detail }: Failure) => code === 'illegalTransition' && detail?.startsWith('late.') === true

const sayAt = (caseId: string, group: GroupName, kind: 'kept' | 'taken' | 'settled') =>
  sayAtForm({ kind, caseId, groups: [group] })

/** Settles a late edit, upon what stands beside it on the screen; the form goes along. */
export async function settleLate(id: string, take: boolean): Promise<void> {
  const { entries, dealt } = useLate.getState()
  const entry = entries.find((each) => each.id === id)
  if (entry === undefined || dealt[id]?.state === 'working' || isSettled(dealt[id])) return
  const { caseId, late, standing } = entry
  deal(id, { state: 'working' })
  // What she has typed is in the store first: there her draft goes along with the choice.
  await draftsSettled()
  const answer = await invoke('case.settle', { caseId, late, take, standing: standing.parts })
  if (answer.ok) {
    await followChoice(caseId, answer.value)
    deal(id, { state: 'settled', take })
    sayAt(caseId, late.group, take ? 'taken' : 'kept')
    if (usePanels.getState().sync === 'closed') dropSettled()
  } else {
    deal(id, { state: 'failed', failure: answer.error })
    if (answer.error.detail === 'late.settled') sayAt(caseId, late.group, 'settled')
  }
  if (answer.ok || movedOn(answer.error)) await Promise.all([loadLate(), followOpen()])
}
