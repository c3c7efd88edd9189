import { expect, test } from 'vitest'
import { may, needsCode, permissions } from '../../shared/people/roles.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'

test('P1 one table says who may do what', () => {
  const rows = staffRoles.map((role) => `${role}: ${permissions.filter((one) => may(role, one)).join(' ')}`)
  expect(rows).toEqual([
    'operator: sync live cases.read cases.ofCaller cases.step cases.similar callers.whole',
    'monitor: sync live cases.read cases.ofCaller cases.step cases.similar cases.event cases.export callers.whole reporters.read ledger.read ledger.settle messages.manage',
    'quality: cases.read cases.export ledger.read',
    'editor: articles.write',
    'unitMember: cases.read cases.step callers.whole unit.work',
    'administrator: admin.work staff.manage units.manage devices.manage tables.edit systems.manage',
    'auditor: admin.work audit.read ledger.read',
  ])
})

test('H19 who leads a shift and who administers sign in with a second factor', () => {
  expect(staffRoles.filter(needsCode)).toEqual(['monitor', 'administrator'])
})

test('P1 nobody may do everything: who gives rights reads no case, who reads the audit changes nothing', () => {
  for (const role of staffRoles) {
    expect(permissions.every((one) => may(role, one))).toBe(false)
    if (may(role, 'staff.manage') || may(role, 'audit.read')) expect(may(role, 'cases.read')).toBe(false)
  }
})
