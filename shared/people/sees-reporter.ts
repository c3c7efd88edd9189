/** Whose eyes the identity of who reports something (举报) is for: it is kept from all others, in lists and searches too. */
import { may } from './roles.ts'
import type { StaffRole } from './staff-role.ts'

export type Reported = { readonly secret: boolean; readonly openedBy: string }
export type Looker = { readonly staffNo: string; readonly role: StaffRole }

/** Whether somebody may know who stands behind a case: of a secret one who took it, and who has `reporters.read`. */
export function seesReporter({ secret, openedBy }: Reported, { staffNo, role }: Looker): boolean {
  return !secret || openedBy === staffNo || may(role, 'reporters.read')
}
