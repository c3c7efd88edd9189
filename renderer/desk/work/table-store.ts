/** What a search finds, taken away as a table: central records who took it, the system's dialog says where it goes. */
import { create } from 'zustand'
import type { TableKind } from '../../../shared/case/table-kind.ts'
import { chinaDay } from '../../../shared/china-day.ts'
import type { Failure } from '../../../shared/errors.ts'
import { may } from '../../../shared/people/roles.ts'
import { invoke } from '../../ui/bridge.ts'
import { ownStaffNo, useSession } from '../stores/session-store.ts'
import { queryOf } from './query-of.ts'
import { useSearch } from './search-store.ts'

type TableStore = {
  readonly busy: boolean
  /** How much of it has come; null where that is over too soon to be said. */
  readonly bytes: number | null
  readonly outcome: 'saved' | 'cancelled' | null
  readonly failure: Failure | null
}

const blank: TableStore = { busy: false, bytes: null, outcome: null, failure: null }

export const useTable = create<TableStore>()(() => blank)

/** Whether who sits here may take a search away. */
export function mayTakeTable(): boolean {
  const role = useSession.getState().session?.operator.role
  return role !== undefined && may(role, 'cases.export')
}

/** Takes away what is asked for now, however much of it is on the screen. */
export async function takeTable(as: TableKind): Promise<void> {
  if (useTable.getState().busy || !mayTakeTable()) return
  const staffNo = ownStaffNo()
  useTable.setState({ ...blank, busy: true })
  const query = queryOf(useSearch.getState().filter, staffNo)
  const saved = await invoke('desk.saveTable', { query, as, name: `工单-${chinaDay(Date.now())}` })
  // Somebody else sits here by now.
  if (ownStaffNo() !== staffNo) return
  useTable.setState({ ...blank, ...(saved.ok ? { outcome: saved.value } : { failure: saved.error }) })
}

/** So much has come. */
export function noteTable(bytes: number): void {
  if (useTable.getState().busy) useTable.setState({ bytes })
}

export const clearTable = (): void => useTable.setState(blank)
