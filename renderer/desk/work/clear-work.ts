import { clearLedger } from '../ledger/ledger-store.ts'
import { clearCounts } from './counts-store.ts'
import { clearMine } from './mine-store.ts'
import { clearPage } from './page-store.ts'
import { clearPrint } from './print-store.ts'
import { clearCaseSearch } from './search-store.ts'
import { clearStep } from './step-store.ts'
import { clearTable } from './table-store.ts'
import { clearWork } from './work-store.ts'

/** Who signs in next sees nothing of what the last one looked for; what she wrote is in the store, under her name. */
export function clearOwnWork(): void {
  clearWork()
  clearCaseSearch()
  clearMine()
  clearCounts()
  clearPage()
  clearPrint()
  clearStep()
  clearLedger()
  clearTable()
}
