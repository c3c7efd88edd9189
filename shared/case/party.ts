/** For whom somebody takes steps: as central has it, and as a desk offers them. */
import { may } from '../people/roles.ts'
import type { StaffRole } from '../people/staff-role.ts'
import type { CaseRecord } from './case-record.ts'
import type { JoinedCall } from './life.ts'
import type { StepType } from './case-step.ts'
import type { Party } from './steps.ts'

/** `unit` is the member unit that she is of, null where of none. */
export type StepTaker = { readonly role: StaffRole; readonly staffNo: string; readonly unit: string | null }

const isJoinedBy =
  (staffNo: string) =>
  ({ from, takenBy }: JoinedCall): boolean =>
    from === null && takenBy === staffNo

/** For whom she acts on this case; null where it is none of hers. */
export function partyOf({ role, staffNo, unit }: StepTaker, { life, state, openedBy }: CaseRecord): Party | null {
  if (role === 'monitor') return 'centre'
  if (role === 'operator') {
    if (openedBy === staffNo && state === 'toDispatch') return 'taker'
    const joined = state === 'joined' ? life.joinedBy === staffNo : life.calls.some(isJoinedBy(staffNo))
    return joined ? 'joiner' : 'visitor'
  }
  if (role !== 'unitMember' || unit === null) return null
  if (life.unit === unit) return 'lead'
  return life.others.includes(unit) ? 'other' : null
}

/** What of the steps wants a permission besides: to make an event, which all desks then tell who calls. */
export function mayStep(role: StaffRole, type: StepType): boolean {
  return (type !== 'makeEvent' && type !== 'endEvent') || may(role, 'cases.event')
}
