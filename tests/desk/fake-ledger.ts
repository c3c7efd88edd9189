import { fail, ok, type Failure } from '../../shared/errors.ts'
import type { LedgerEntry } from '../../shared/ledger/entry.ts'
import type { Handlers } from './fake-bridge.ts'

/** The ledger of an invented central: its list, and what it knows. */
export class FakeLedger {
  rows: LedgerEntry[] = []
  /** The numbers of its cases. */
  cases = new Set(['JM20261123-A1-0007'])
  fault: Failure | null = null
}

const MINUTE = 60_000

/** A leg that gave up in the queue, `n` minutes over its time at `now`. */
export const legOf = (n: number, now: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ exchange: 'hall', leg: `leg-${n}`, number: `1380013${String(2200 + n)}`, called: '12345' },
  ...{ beganAt: now - (n + 12) * MINUTE, queue: '12345', queuedAt: now - (n + 12) * MINUTE, rangAt: null },
  ...{ answeredAt: null, answeredBy: null, staffNo: null, endedAt: now - (n + 10) * MINUTE },
  ...{ ending: 'abandonedInQueue', rating: null, dueAt: now - n * MINUTE, outcome: null, caseId: null, tries: 0 },
  ...{ settledAt: null, settledBy: null, reason: null },
  ...more,
})

export function ledgerHandlers(ledger: FakeLedger): Handlers {
  return {
    'ledger.list': () =>
      ledger.fault ? { ok: false, error: ledger.fault } : ok({ rows: ledger.rows, open: ledger.rows.length }),
    'ledger.open': () => ok({ open: ledger.rows.length }),
    'ledger.settle': (word) => {
      if (ledger.fault) return { ok: false, error: ledger.fault }
      if (!ledger.rows.some(({ leg }) => leg === word.leg)) return fail('notFound', 'unknownLeg')
      if ('caseNo' in word && !ledger.cases.has(word.caseNo)) return fail('notFound', 'unknownCase')
      ledger.rows = ledger.rows.filter(({ leg }) => leg !== word.leg)
      return ok(null)
    },
  }
}
