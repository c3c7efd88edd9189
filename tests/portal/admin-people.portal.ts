/** People on the administration's pages, in a real Chromium over a real central. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adminSeat,
  administrator,
  auditor,
  nextCode,
  openView,
  signInWithCode,
  startAdminCentre,
} from './admin-fixture.ts'
import { openPage, phone, signIn, wide, type Centre } from './fixture.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
})
afterAll(() => centre?.close())

const actionsOf = (object: string) =>
  centre.db.tx('owner', (sql) =>
    sql.query<{ action: string; actor: string }>(
      'select action, actor from audit where object = $1::text order by seq',
      [object],
    ),
  )

it('AP1 an administrator signs in with password and code; whoever works elsewhere is told so; the auditor sees no people', async () => {
  const { page, context, troubles } = await openPage(centre, { path: '/admin/' })
  await signIn(page, administrator)
  await page.getByText('密码正确，请输入验证器上的六位动态验证码').waitFor()
  expect(await page.getByLabel('动态验证码').evaluate((field) => field === document.activeElement)).toBe(true)
  await page.getByLabel('动态验证码').fill('000000')
  await page.keyboard.press('Enter')
  await page.getByText('动态验证码不对或已用过').waitFor()
  await page.getByLabel('密码', { exact: true }).fill('sanxin-demo')
  await page.getByLabel('动态验证码').fill(nextCode(centre))
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '管理页面' }).waitFor()
  expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }])
  await page.getByRole('button', { name: '管理员一' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByLabel('工号').waitFor()
  await signIn(page, '3001')
  await page.getByText('此工号的岗位不使用管理页面').waitFor()
  expect(troubles).toEqual([])
  await context.close()
  const seat = await adminSeat(centre, { as: auditor })
  await seat.page.getByRole('button', { name: '审计员一' }).waitFor()
  expect(await seat.page.getByRole('link', { name: '人员' }).count()).toBe(0)
  await seat.context.close()
})

describe.each([
  ['at a desk', wide, '1301', '周宁'],
  ['on a telephone', phone, '1302', '周静'],
])('%s', (_where, viewport, staffNo, name) => {
  it('AP2 somebody is added, found, renamed, deactivated and taken back; what is told once is handed over and gone', async () => {
    const { page, context, troubles } = await adminSeat(centre, { viewport })
    await page.getByRole('button', { name: '新增人员' }).click()
    await page.getByLabel('工号').fill(staffNo)
    await page.getByLabel('姓名').fill(name)
    await page.getByLabel('班组').fill('甲班')
    await page.getByRole('button', { name: '新增人员' }).last().click()
    // A desk's person without a line: central says why, and what was typed stays.
    await page.getByText('坐席岗位要有分机').waitFor()
    expect(await page.getByLabel('姓名').inputValue()).toBe(name)
    await page.getByLabel('分机').fill(staffNo)
    await page.getByLabel('SIP 域').fill('pbx.example')
    await page.getByLabel('线路密码').fill('line-secret')
    await page.getByRole('button', { name: '新增人员' }).last().click()
    const password = await page.getByTestId('secret').textContent()
    expect(password).toMatch(/^(?:[A-Z2-9]{5}-){2}[A-Z2-9]{5}$/)
    await page.getByRole('button', { name: '复制' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(password)
    // Looking elsewhere loses it not; once it was handed over it is gone.
    await openView(page, '#/people/1002')
    await page.getByRole('heading', { name: /1002/ }).waitFor()
    await openView(page, `#/people/${staffNo}`)
    await page.getByTestId('secret').waitFor()
    await page.getByRole('button', { name: '已交给本人，不再显示' }).click()
    await page.getByTestId('told').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(password)

    await page.getByLabel('姓名').fill(`${name}宁`)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存').waitFor()
    if (viewport === phone) await page.getByRole('link', { name: '返回列表' }).click()
    await page.getByLabel('查找').fill(staffNo)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: `${name}宁 · ${staffNo}` }).click()
    await page.getByRole('button', { name: '停用' }).click()
    await page.getByRole('button', { name: '停用 · 确定' }).click()
    await page.getByText('账号已停用').waitFor()
    await page.getByRole('button', { name: '启用' }).click()
    await page.getByRole('button', { name: '启用 · 确定' }).click()
    await page.getByText('账号在用').waitFor()
    await page.getByRole('button', { name: '重设密码' }).click()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('button', { name: '重设密码 · 确定' }).count()).toBe(0)
    await page.getByRole('button', { name: '重设密码' }).click()
    await page.getByRole('button', { name: '重设密码 · 确定' }).click()
    await page.getByTestId('secret').waitFor()
    expect(await actionsOf(staffNo)).toEqual(
      ['added', 'changed', 'deactivated', 'activated', 'passwordReset'].map((act) => ({
        action: `staff.${act}`,
        actor: administrator,
      })),
    )
    expect(troubles).toEqual([])
    await context.close()
  })
})

it('AP3 another administrator is made and signs in with what was told once; nobody locks herself out', async () => {
  const { page, context } = await adminSeat(centre)
  await openView(page, '#/people/%20new')
  await page.getByLabel('工号').fill('9002')
  await page.getByLabel('姓名').fill('管理员二')
  await page.getByLabel('岗位', { exact: true }).last().selectOption({ label: '管理员' })
  await page.getByRole('button', { name: '新增人员' }).last().click()
  await page.getByTestId('told').waitFor()
  const [password, secret] = await page.getByTestId('secret').allTextContents()
  const other = await openPage(centre, { path: '/admin/' })
  await signIn(other.page, '9002', password)
  await other.page.getByLabel('动态验证码').fill(nextCode(centre, secret?.replaceAll(' ', '')))
  await other.page.getByRole('button', { name: '登录' }).click()
  await other.page.getByRole('navigation', { name: '管理页面' }).waitFor()
  await openView(other.page, '#/people/9002')
  await other.page.getByText('这是您自己的账号').waitFor()
  expect(await other.page.getByLabel('岗位', { exact: true }).last().isDisabled()).toBe(true)
  expect(await other.page.getByRole('button', { name: '停用' }).count()).toBe(0)

  // Deactivated, her page is the sign-in with the next thing that it asks.
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('button', { name: '停用 · 确定' }).click()
  await page.getByText('账号已停用').waitFor()
  await openView(other.page, '#/people/1001')
  await other.page.getByText('登录已过期').waitFor()
  for (const one of [context, other.context]) await one.close()
})

it('AP4 a session that expires in the midst of a form: she signs in over it, and what she had typed is saved', async () => {
  const { page, context } = await adminSeat(centre)
  await openView(page, '#/people/1005')
  await page.getByLabel('姓名').fill('改了一半')
  await centre.db.tx('owner', (sql) =>
    sql.query('update sessions set expires_at = 0 where staff_no = $1::text', [administrator]),
  )
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('登录已过期，请重新登录').waitFor()
  await page.getByLabel('密码', { exact: true }).fill('sanxin-demo')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByLabel('动态验证码').fill(nextCode(centre))
  await page.keyboard.press('Enter')
  await page.getByText('登录已过期').waitFor({ state: 'detached' })
  expect(await page.getByLabel('姓名').inputValue()).toBe('改了一半')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存').waitFor()
  await context.close()
})

it('AP5 revoked from elsewhere, an idle page asks by itself within the minute and shows the sign-in; without central it stays', async () => {
  const seat = await openPage(centre, { path: '/admin/' })
  await seat.page.clock.install()
  await seat.page.reload()
  await signInWithCode(centre, seat.page)
  await seat.page.getByRole('navigation', { name: '管理页面' }).waitFor()
  const asked = seat.page.waitForEvent('requestfailed')
  await seat.context.setOffline(true)
  await seat.page.clock.fastForward(30_000)
  await asked
  expect(await seat.page.getByLabel('工号').count()).toBe(0)
  await seat.context.setOffline(false)
  await centre.db.tx('owner', (sql) =>
    sql.query('update sessions set ended_at = 1 where staff_no = $1::text', [administrator]),
  )
  await seat.page.clock.fastForward(30_000)
  await seat.page.getByText('登录已过期').waitFor()
  await seat.context.close()
})
