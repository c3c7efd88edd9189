import type { CaseRecord } from '../../../shared/case/case-record.ts'
import type { StepType } from '../../../shared/case/case-step.ts'
import { callersOfCase, owedCallers, type CaseCaller } from '../../../shared/case/owed.ts'
import { mayStep, partyOf } from '../../../shared/case/party.ts'
import { stepsOpen } from '../../../shared/case/steps.ts'
import type { StaffRole } from '../../../shared/people/staff-role.ts'

/** Whom somebody may visit now: who is owed a call and did not have it taken by her; else, while it is answered, any such. */
export function visitable(record: CaseRecord, staffNo: string): readonly CaseCaller[] {
  const isNotOwn = ({ takenBy }: CaseCaller) => takenBy !== staffNo
  const owed = owedCallers(record).filter(isNotOwn)
  return owed.length > 0 || record.state !== 'answered' ? owed : callersOfCase(record).filter(isNotOwn)
}

/** Whose calls somebody may take out again: her own, a monitor all; what came with a case that was joined goes back with it. */
export function takable(
  { life }: CaseRecord,
  role: StaffRole | undefined,
  staffNo: string,
): readonly Pick<CaseCaller, 'callerId'>[] {
  return life.calls.filter(({ from, takenBy }) => from === null && (role === 'monitor' || takenBy === staffNo))
}

/** The steps that are hers to take now, in the order of their digits; `ownCall` where only that keeps her from a visit. */
export function openSteps(
  record: CaseRecord,
  role: StaffRole | undefined,
  staffNo: string,
): { readonly steps: readonly StepType[]; readonly ownCall: boolean } {
  if (role === undefined) return { steps: [], ownCall: false }
  const party = partyOf({ role, staffNo, unit: null }, record)
  const all = party === null ? [] : stepsOpen(record, party).filter((type) => mayStep(role, type))
  const none = takable(record, role, staffNo).length === 0
  const possible = none ? all.filter((type) => type !== 'takeOut') : all
  const ownCall = all.includes('visit') && visitable(record, staffNo).length === 0
  return { steps: ownCall ? possible.filter((type) => type !== 'visit') : possible, ownCall }
}
