/** My work: piles of what is owed, each with its count and, where its cases are central's, its list. */
import { create } from 'zustand'
import { caseQuerySchema, type CaseCounts, type CaseQuery } from '../../../shared/case/case-line.ts'
import type { StaffRole } from '../../../shared/people/staff-role.ts'
import { invoke } from '../../ui/bridge.ts'
import { createCaseLister } from './case-lister.ts'

export const mineList = createCaseLister((query) => invoke('case.find', query))

const localPiles = ['drafts', 'callBacks', 'refused'] as const
export type LocalPile = (typeof localPiles)[number]
export type CentralPile = 'visits' | 'toDispatch' | 'returned' | 'asked' | 'red' | 'amber'
export type PileName = LocalPile | CentralPile

export const isLocal = (name: PileName): name is LocalPile => localPiles.some((one) => one === name)

/** What waits for whom: a monitor is the centre, an operator visits citizens and has her own things. */
export function pilesOf(role: StaffRole | undefined): readonly PileName[] {
  if (role === 'monitor')
    return ['toDispatch', 'returned', 'asked', 'red', 'amber', 'visits', 'drafts', 'callBacks', 'refused']
  return ['drafts', 'callBacks', 'visits', 'refused']
}

/** The question that lists a pile; `staffNo` is who asks: nobody visits the citizen of her own call. */
export function queryOfPile(name: CentralPile, staffNo: string): CaseQuery {
  const asked: { readonly [N in CentralPile]: Partial<CaseQuery> } = {
    visits: { visitsFor: staffNo, order: 'newest' },
    toDispatch: { states: ['toDispatch'], order: 'due' },
    returned: { returned: true, order: 'due' },
    asked: { asked: true, order: 'due' },
    red: { due: 'red', order: 'due' },
    amber: { due: 'amber', order: 'due' },
  }
  return caseQuerySchema.parse(asked[name])
}

type States = CaseCounts['states']
const sum = (states: States, of: 'amber' | 'red' | 'asked' | 'returned') =>
  states.reduce((all, one) => all + one[of], 0)

/** How many are on a pile of central's; null while that is not known. */
export function countOfPile(name: CentralPile, states: States | null): number | null {
  if (states === null) return null
  const one = (state: States[number]['state']) => states.find((each) => each.state === state)
  switch (name) {
    case 'visits':
      // One for each citizen, not for each case.
      return states.reduce((all, { visits }) => all + visits, 0)
    case 'toDispatch':
      return one('toDispatch')?.cases ?? 0
    default:
      return sum(states, name)
  }
}

type MineStore = { readonly pile: PileName | null }

export const useMine = create<MineStore>()(() => ({ pile: null }))

/** Shows a pile; what is central's is asked anew. */
export function showPile(pile: PileName, staffNo: string): void {
  useMine.setState({ pile })
  if (isLocal(pile)) mineList.clear()
  else mineList.ask(queryOfPile(pile, staffNo))
}

export function clearMine(): void {
  useMine.setState({ pile: null })
  mineList.clear()
}
