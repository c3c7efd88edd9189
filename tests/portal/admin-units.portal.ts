/** Member units and desks on the administration's pages, in a real Chromium over a real central. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminSeat, administrator, openView, startAdminCentre } from './admin-fixture.ts'
import { seatOf, type Centre } from './fixture.ts'
import { enrol, nextId, post } from '../contract/db-fixture.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
})
afterAll(() => centre?.close())

it('AP6 a unit is added, renamed under its id, and found by its number', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  await page.getByRole('link', { name: '单位', exact: true }).click()
  await page.getByRole('button', { name: '新增单位' }).click()
  await page.getByLabel('编号').fill('U-YL')
  await page.getByLabel('名称').fill('市水务局')
  await page.getByLabel('号码 1', { exact: true }).fill('abc')
  await page.getByRole('button', { name: '新增单位' }).last().click()
  await page.getByText('第 1 个号码拨不出去，请检查').waitFor()
  await page.getByLabel('号码 1', { exact: true }).fill('3500401')
  await page.getByLabel('用途 1').fill('值班')
  await page.getByRole('button', { name: '新增单位' }).last().click()
  await page.getByText('已有同名的单位').waitFor()
  await page.getByLabel('名称').fill('市园林局')
  await page.getByRole('button', { name: '新增单位' }).last().click()
  await page.getByRole('heading', { name: '市园林局 · U-YL' }).waitFor()
  await page.getByLabel('名称').fill('市园林绿化局')
  await page.getByRole('button', { name: '加一个号码' }).click()
  await page.getByLabel('号码 2', { exact: true }).fill('3500402')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存').waitFor()
  await page.getByLabel('查找').fill('3500402')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: /市园林绿化局.*U-YL/ }).waitFor()
  expect(await page.getByRole('link', { name: /市水务局/ }).count()).toBe(0)
  expect(troubles).toEqual([])
  await context.close()
})

it('AP7 a unit with open cases says which and is not retired; without any it is, and is taken back', async () => {
  const caseId = await centre.dispatched('积水', { unit: 'U-PJ' })
  const [row] = await centre.db.tx('owner', (sql) =>
    sql.query<{ caseNo: string }>('select case_no as "caseNo" from cases where case_id = $1::uuid', [caseId]),
  )
  const { page, context } = await adminSeat(centre)
  await openView(page, '#/units/U-PJ')
  await page.getByText('未办结的工单：1 件').waitFor()
  await page.getByText(row?.caseNo ?? 'none').waitFor()
  expect(await page.getByRole('button', { name: '撤销单位' }).isDisabled()).toBe(true)
  await openView(page, '#/units/U-SW')
  await page.getByRole('button', { name: '撤销单位' }).click()
  // Given a case in the meantime: central says no, and the page which.
  await centre.dispatched('漏水', { unit: 'U-SW' })
  await page.getByRole('button', { name: '撤销单位 · 确定' }).click()
  await page.getByText('还有未办结的工单，办结或改派后才能撤销').first().waitFor()
  await page.getByText('未办结的工单：1 件').waitFor()
  await openView(page, '#/units/U-CG')
  // A colleague stands in there, and it is said for whom and how long.
  const unit = await seatOf(centre, '3001')
  const days = { fromDay: '2026-01-01', untilDay: '2026-12-31' }
  await unit.page.evaluate(
    async (json) =>
      fetch('/unit/deputy', {
        ...{ method: 'PUT', body: JSON.stringify(json) },
        headers: { 'content-type': 'application/json', 'x-sanxin-page': '1' },
      }),
    { deputy: '3002', ...days },
  )
  await openView(page, '#/units')
  await openView(page, '#/units/U-CG')
  await page.getByText('城管局经办一 由 城管局经办二 代办，2026-01-01 至 2026-12-31').waitFor()
  await page.getByRole('button', { name: '撤销单位' }).click()
  await page.getByRole('button', { name: '撤销单位 · 确定' }).click()
  await page.getByRole('button', { name: '恢复单位' }).click()
  await page.getByRole('button', { name: '恢复单位 · 确定' }).click()
  await page.getByRole('button', { name: '撤销单位' }).waitFor()
  for (const one of [context, unit.context]) await one.close()
})

it('AP8 a code is shown once with its end and enrols one desk, which is listed with version and last contact, and revoked', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  await page.getByRole('link', { name: '坐席设备' }).click()
  await page.getByRole('button', { name: '新登记码' }).click()
  await page.getByLabel('位置或名称').fill('三楼 12 号')
  await page.getByLabel('班组').fill('甲班')
  await page.getByRole('button', { name: '生成登记码' }).click()
  const code = (await page.getByTestId('secret').textContent()) ?? ''
  expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/)
  await page.getByText(/只显示这一次，有效至 \d{4}-\d\d-\d\d \d\d:\d\d/).waitFor()
  await page.getByText(/三楼 12 号 · 有效至/).waitFor()
  await openView(page, '#/desks')
  await openView(page, '#/desks/%20new')
  await page.getByText(/三楼 12 号 · 有效至/).waitFor()
  expect(await page.content()).not.toContain(code)

  const storeId = nextId()
  const device = await enrol(centre.app, storeId, code)
  const { PROTOCOL_VERSION } = await import('../../shared/sync/protocol.ts')
  const payload = { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last: null, mutations: [] }
  const headers = { authorization: `Device ${device}`, 'user-agent': 'Sanxin/0.1.0' }
  await centre.app.inject({ method: 'POST', url: '/sync', payload, headers })
  await page.reload()
  await page.getByRole('link', { name: /三楼 12 号.*甲班/ }).click()
  await page.getByText('版本 0.1.0').waitFor()
  await page.getByRole('button', { name: '吊销' }).click()
  await page.getByRole('button', { name: '吊销 · 确定' }).click()
  await page.getByText(/吊销于/).waitFor()
  expect((await post(centre.app, '/desk', { storeId }, 'x')).statusCode).toBe(401)
  const [deviceId = ''] = device.split('.')
  const recorded = await centre.db.tx('owner', (sql) =>
    sql.query('select actor from audit where action = $1::text and object = $2::text', ['device.revoked', deviceId]),
  )
  expect(recorded).toEqual([{ actor: administrator }])
  expect(troubles).toEqual([])
  await context.close()
})
