/** Which deadline stands of a case, from what became of it (rule K4.8). Pure: the table and the calendar are given. */
import type { CaseRecord } from './case-record.ts'
import { deadlineOf, type Deadline, type DeadlinePhase, type DeadlineTable } from './deadline.ts'
import type { CaseState } from './case-step.ts'
import type { WorkingDays } from './working-days.ts'

/** The rows and the days that deadlines are counted by. */
export type DeadlineRules = { readonly table: DeadlineTable; readonly days: WorkingDays }

/** What is waited for in a state: the unit's signature, then its answer; elsewhere nothing that a unit owes. */
const waitsFor: Partial<Record<CaseState, DeadlinePhase>> = { toDispatch: 'sign', toSign: 'sign', inHand: 'answer' }

/**
 * The deadline of one phase of a case. That to answer runs from the call, or from when the case was begun anew; that
 * to sign from the call until a unit has it, and from then on from when that one got it.
 */
export function deadlineOfCase(record: CaseRecord, phase: DeadlinePhase, rules: DeadlineRules): Deadline | null {
  const { life, openedAt, groups } = record
  const { kind, code } = groups.classification
  if (kind === null) return null
  const begun = life.begunAnewAt ?? openedAt
  if (phase === 'sign') return deadlineOf('sign', { kind, code, from: life.dispatchedAt ?? begun }, rules)
  return deadlineOf('answer', { kind, code, from: begun, extraDays: life.extraDays, pauses: life.pauses }, rules)
}

/** The deadline that is waited for now; null where no unit owes anything. */
export function standingDeadline(record: CaseRecord, rules: DeadlineRules): Deadline | null {
  const phase = waitsFor[record.state]
  return phase === undefined ? null : deadlineOfCase(record, phase, rules)
}
