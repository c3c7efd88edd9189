/** The search in all cases: what is asked for, what was found, and the searches that have a name. */
import { create } from 'zustand'
import { noFilter, type CaseFilter, type SavedFilter } from '../../../shared/case/saved-filter.ts'
import { invoke } from '../../ui/bridge.ts'
import { ownStaffNo } from '../stores/session-store.ts'
import { createCaseLister } from './case-lister.ts'
import { queryOf } from './query-of.ts'

type SearchStore = {
  readonly filter: CaseFilter
  readonly saved: readonly SavedFilter[]
  /** The name that is being given to what is asked for; null while none is. */
  readonly naming: string | null
}

const blank: SearchStore = { filter: noFilter, saved: [], naming: null }

export const useSearch = create<SearchStore>()(() => blank)
export const searchList = createCaseLister((query) => invoke('case.find', query))

/** Narrows the search otherwise; while the input method composes, nothing is asked yet. */
export function narrow(parts: Partial<CaseFilter>, composing = false): void {
  const filter = { ...useSearch.getState().filter, ...parts }
  useSearch.setState({ filter })
  if (!composing) searchList.ask(queryOf(filter, ownStaffNo()))
}

/** Everything is shown again. */
export const widen = (): void => narrow(noFilter)

/** The view is opened: what was asked for is asked anew. */
export function enterSearch(): void {
  narrow({})
  void loadFilters()
}

async function loadFilters(): Promise<void> {
  const saved = await invoke('case.filters', null)
  if (saved.ok) useSearch.setState({ saved: saved.value })
}

/** Asks what a saved search asks; counted from 0. */
export function takeFilter(index: number): void {
  const saved = useSearch.getState().saved[index]
  if (saved !== undefined) narrow(saved.filter)
}

export const nameFilter = (naming: string | null): void => useSearch.setState({ naming })

/** Keeps what is asked for under the name that was given. */
export async function keepFilter(): Promise<void> {
  const { naming, filter } = useSearch.getState()
  const name = naming?.trim().slice(0, 20) ?? ''
  if (name === '') return nameFilter(null)
  const kept = await invoke('case.keepFilter', { name, filter })
  if (kept.ok) nameFilter(null)
  else searchList.use.setState({ failure: kept.error })
  await loadFilters()
}

export async function dropFilter(name: string): Promise<void> {
  await invoke('case.dropFilter', { name })
  await loadFilters()
}

/** Somebody else sits here. */
export function clearCaseSearch(): void {
  useSearch.setState(blank)
  searchList.clear()
}
