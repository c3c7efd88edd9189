/** The audit on the administration's pages, in a real Chromium over a real central. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { may, mayThere, permissions } from '../../shared/people/roles.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import { adminSeat, auditor, openView, startAdminCentre } from './admin-fixture.ts'
import type { Centre } from './fixture.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
})
afterAll(() => centre?.close())

it('AP14 the auditor finds who did what by person, kind and day, checks the chain, and sees where it is broken', async () => {
  const admin = await adminSeat(centre)
  const roads = admin.page.getByRole('navigation').getByRole('link')
  await roads.first().waitFor()
  // The auditor is among the people, whose list may stand by now; the road to the audit is not hers.
  expect(await roads.allTextContents()).not.toContain('审计')
  await openView(admin.page, '#/people/1003')
  await admin.page.getByLabel('姓名').fill('刘洋')
  await admin.page.getByRole('button', { name: '保存' }).click()
  await admin.page.getByText('已保存').waitFor()

  const { page, context, troubles } = await adminSeat(centre, { as: auditor })
  expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['审计', '岗位'])
  await page.getByLabel('操作人或对象').fill('1003')
  await page.getByLabel('事项').selectOption({ label: '更改人员' })
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: '筛选' }).click()
  const entries = page.getByRole('region', { name: '审计记录' }).getByRole('listitem')
  await entries.filter({ hasText: '更改人员' }).waitFor()
  expect(await entries.allTextContents()).toEqual([
    expect.stringMatching(/^更改人员\d{4}-\d\d-\d\d \d\d:\d\d · 9001 · \d+对象 1003changed: name$/),
  ])
  await page.getByLabel('日期').fill('2020-01-01')
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByText('没有符合条件的记录').waitFor()

  await page.getByRole('button', { name: '核对整条链' }).click()
  await page.getByText(/完整：共 \d+ 条/).waitFor()
  await centre.db.tx('owner', (sql) => sql.query(`update audit set object = '1004' where object = '1003'`))
  await page.getByRole('button', { name: '核对整条链' }).click()
  await page.getByText(/断链：第 \d+ 条，内容被改/).waitFor()
  expect(troubles).toEqual([])
  for (const one of [context, admin.context]) await one.close()
})

it('AP19 who may do what is shown, row by row as central goes by it', async () => {
  const { page, context, troubles } = await adminSeat(centre, { as: auditor })
  await openView(page, '#/roles')
  const rows = page.getByRole('table').getByRole('row')
  for (const permission of permissions) {
    const row = rows.filter({ has: page.getByText(permission, { exact: true }) })
    const said = staffRoles.map((role) => {
      if (mayThere(role, permission, false)) return '✓可以'
      return may(role, permission) ? '✓在坐席' : '–不可以'
    })
    expect(await row.getByRole('cell').allTextContents()).toEqual(said)
  }
  expect(await rows.count()).toBe(2 + permissions.length)
  expect(troubles).toEqual([])
  await context.close()
})
