import { fail } from '../../shared/errors.ts'
import type { CaseClient } from '../../electron/store/sync/case-client.ts'
import type { LedgerClient } from '../../electron/store/sync/ledger-client.ts'

const away = () => Promise.resolve(fail('centralUnreachable'))

/** A central whose lists and steps of cases cannot be reached. */
export const noCases: CaseClient = {
  find: away,
  similar: away,
  counts: away,
  read: away,
  printed: away,
  step: away,
  table: away,
}

/** A central whose ledger cannot be reached. */
export const noLedger: LedgerClient = { open: away, settle: away }
