import { expect, test } from 'vitest'
import { may, mayThere, needsCode, permissions } from '../../shared/people/roles.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'

test('P1 one table says who may do what', () => {
  const rows = staffRoles.map((role) => `${role}: ${permissions.filter((one) => may(role, one)).join(' ')}`)
  expect(rows).toEqual([
    'operator: sync live cases.read cases.ofCaller cases.step cases.similar callers.whole',
    'monitor: sync live cases.read cases.ofCaller cases.step cases.similar cases.event cases.export callers.whole reporters.read admin.work script.edit ledger.read ledger.settle messages.manage',
    'quality: cases.read cases.export ledger.read',
    'editor: articles.read articles.write admin.work synonyms.edit',
    'unitMember: cases.read cases.step callers.whole unit.work articles.propose',
    'administrator: articles.read admin.work staff.manage units.manage devices.manage tables.edit script.edit synonyms.edit messages.manage systems.manage',
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

test('P4 who works at a desk may in a browser what its page is for, and nothing of what she may at her desk', () => {
  const at = (atDesk: boolean) => permissions.filter((one) => mayThere('monitor', one, atDesk))
  expect(at(false)).toEqual(['admin.work', 'script.edit', 'messages.manage'])
  expect(at(true)).toEqual(permissions.filter((one) => may('monitor', one)))
  for (const role of staffRoles.filter((one) => !may(one, 'sync')))
    expect(permissions.filter((one) => mayThere(role, one, false))).toEqual(permissions.filter((one) => may(role, one)))
})
