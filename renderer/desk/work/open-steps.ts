import type { CaseRecord } from '../../../shared/case/case-record.ts'
import type { StepType } from '../../../shared/case/life.ts'
import { stepsOpen, type Party } from '../../../shared/case/steps.ts'
import type { StaffRole } from '../../../shared/people/staff-role.ts'

/** For whom somebody at a desk acts, as central has it; null for who takes no steps there. */
export function partyAt(role: StaffRole | undefined): Party | null {
  if (role === 'monitor') return 'centre'
  return role === 'operator' ? 'visitor' : null
}

/** The steps that are hers to take now, in the order of their digits; `ownCall` where only that keeps her from a visit. */
export function openSteps(
  record: CaseRecord,
  role: StaffRole | undefined,
  staffNo: string,
): { readonly steps: readonly StepType[]; readonly ownCall: boolean } {
  const party = partyAt(role)
  const all = party === null ? [] : stepsOpen(record, party)
  const ownCall = record.openedBy === staffNo && all.includes('visit')
  return { steps: ownCall ? all.filter((type) => type !== 'visit') : all, ownCall }
}
