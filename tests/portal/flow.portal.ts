/** A unit's whole way with a case, at a desk and on a telephone, in a real Chromium over a real central. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, phone, seatOf, signIn, startCentre, wide, type Centre, type Seat } from './fixture.ts'
import { PDF, PHOTO } from './papers.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startCentre()
})
afterAll(() => centre?.close())

const draftIs = (page: Seat['page'], state: string) =>
  page.locator(`[data-testid=draft][data-state=${state}]`).waitFor()
const stateIs = (page: Seat['page'], state: string) =>
  page.locator(`[data-testid=state][data-state=${state}]`).waitFor()

describe.each([
  ['at a desk', wide],
  ['on a telephone', phone],
])('%s', (_where, viewport) => {
  it('UP1 signs for a case, asks others and for time, answers with a photo, and the centre reads it', async () => {
    const text = `东华一路路灯不亮三天了 ${viewport.width}`
    const caseId = await centre.dispatched(text)
    const seat = await seatOf(centre, '3001', { viewport })
    const { page } = seat
    await page.getByRole('link', { name: new RegExp(text) }).click()
    await stateIs(page, 'toSign')

    await page.getByRole('button', { name: '签收', exact: true }).click()
    await stateIs(page, 'inHand')

    await page.getByRole('button', { name: '邀请会办' }).click()
    // 市水务局 by the initials of its pinyin.
    await page.getByLabel('查找单位').fill('ssw')
    await page.getByRole('button', { name: '市水务局' }).click()
    await page.getByRole('button', { name: '邀请', exact: true }).click()
    await page.getByText('邀请会办：市水务局').waitFor()

    await page.getByRole('button', { name: '申请延期' }).click()
    await page.getByLabel('延期几个工作日').fill('5')
    await page.getByLabel('延期理由').fill('灯杆要更换，配件三天后到')
    await page.getByRole('button', { name: '提交延期申请' }).click()
    await page.getByText('已申请延期 5 个工作日，等中心决定。').waitFor()

    await page.getByLabel('反馈内容').fill('已更换灯杆，')
    await draftIs(page, 'saved')
    await page.reload()
    await page.getByLabel('反馈内容').waitFor()
    await expect.poll(() => page.getByLabel('反馈内容').inputValue()).toBe('已更换灯杆，')
    await page.getByLabel('反馈内容').press('Control+End')
    await page.getByLabel('反馈内容').pressSequentially('恢复照明。')
    await page.locator('input[type=file]').setInputFiles([
      { name: '更换后.jpg', mimeType: 'image/jpeg', buffer: PHOTO },
      { name: '验收单.pdf', mimeType: 'application/pdf', buffer: PDF },
    ])
    await page.getByRole('link', { name: /验收单\.pdf/ }).waitFor()
    await page.getByLabel('反馈内容').press('Control+Enter')
    await stateIs(page, 'answered')
    await page.getByText('已提交：反馈').waitFor()
    expect(await page.getByTestId('answer').textContent()).toBe('已更换灯杆，恢复照明。')

    // The photo stands with the step that brought it, and comes back as it was.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('listitem')
        .filter({ hasText: '反馈' })
        .getByRole('link', { name: /更换后\.jpg/ })
        .click(),
    ])
    expect(download.suggestedFilename()).toBe('更换后.jpg')
    const [stored] = await centre.db.tx('owner', (sql) =>
      sql.query<{ text: string; files: number }>(
        `select (select count(*)::int from attachments where case_id = $1::uuid and sent_at is not null) as files,
           (select data -> 'step' ->> 'text' from case_events where case_id = $1::uuid and data -> 'step' ->> 'type' = 'answer') as text`,
        [caseId],
      ),
    )
    expect(stored).toEqual({ text: '已更换灯杆，恢复照明。', files: 2 })
    expect(seat.troubles).toEqual([])
    await seat.context.close()
  })

  it('UP2 gives a case back with its reason; it stands under 已退回 and is not to be opened any more', async () => {
    const text = `渣土车夜间扰民 ${viewport.width}`
    const caseId = await centre.dispatched(text)
    const { page, context, troubles } = await seatOf(centre, '3001', { viewport })
    await page.getByRole('link', { name: new RegExp(text) }).click()
    await page.getByRole('button', { name: '退回', exact: true }).click()
    const send = page.getByRole('button', { name: '退回中心' })
    expect(await send.isDisabled()).toBe(true)
    await page.getByLabel('退回理由').fill('属住建部门职责')
    await send.click()
    await page.getByText('没有这件工单，或已不在本单位。').waitFor()
    if (viewport === phone) await page.getByRole('link', { name: /返回列表/ }).click()
    await page.getByRole('tab', { name: /已退回/ }).click()
    await page.getByText('属住建部门职责').first().waitFor()
    expect(await page.getByRole('link', { name: new RegExp(text) }).count()).toBe(0)
    expect((await centre.app.inject({ url: `/cases/${caseId}` })).statusCode).toBe(401)
    expect(troubles).toEqual([])
    await context.close()
  })

  it('UP3 K7.9 shows what was asked beyond, with its labels; what is personal of it as who called', async () => {
    const caseId = await centre.dispatched('三个月没有发工资', {
      particulars: { wagesOwed: '8000元', danger: 'no', workers: '长'.repeat(200) },
      papers: { employer: '某某建筑公司', idCard: '11010519491231002X' },
    })
    const { page, context } = await seatOf(centre, '3001', { viewport })
    await page.goto(`${centre.url}/unit/#/cases/${caseId}`)
    const fact = (label: string) => page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) })
    await fact('拖欠金额（元）').getByText('8000元').waitFor()
    expect(await fact('有人身危险').locator('dd').textContent()).toBe('否')
    expect(await fact('身份证号').locator('dd').textContent()).toBe('***002X')
    await page.getByRole('button', { name: '显示姓名和号码' }).click()
    expect(await fact('身份证号').locator('dd').textContent()).toBe('11010519491231002X')
    expect(await fact('用人单位').locator('dd').textContent()).toBe('某某建筑公司')
    const [scroll, client] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ])
    expect(scroll).toBe(client)
    await context.close()
  })

  it('UP3 shows who called only when asked to, and nothing scrolls sideways', async () => {
    const caseId = await centre.inHand(`井盖松动 ${'长'.repeat(300)}`)
    const { page, context } = await seatOf(centre, '3001', { viewport })
    await page.goto(`${centre.url}/unit/#/cases/${caseId}`)
    await stateIs(page, 'inHand')
    expect(await page.getByTestId('caller').textContent()).toBe('张** 138****5678')
    await page.getByRole('button', { name: '显示姓名和号码' }).click()
    expect(await page.getByTestId('caller').textContent()).toBe('张三丰 13812345678')
    const [scroll, client] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ])
    expect(scroll).toBe(client)
    await context.close()
  })
})

describe('the sign-in', () => {
  it('UP4 says what is wrong; after five tries the right password waits too', async () => {
    const { page, context } = await openPage(centre)
    const said = page.getByRole('status')
    for (let guess = 0; guess < 5; guess += 1) {
      await signIn(page, '3004', 'wrong')
      await said.filter({ hasText: '工号或密码不正确' }).waitFor()
    }
    await signIn(page, '3004')
    await said.filter({ hasText: '连续输错，15 分钟后再试' }).waitFor()
    await signIn(page, '1001')
    await said.filter({ hasText: '此工号的岗位不使用成员单位页面' }).waitFor()
    await context.close()
  })

  it('UP5 nothing stays in the browser: no token, no word, no citizen; who signs out is nobody', async () => {
    const caseId = await centre.inHand('占道经营')
    const { page, context } = await seatOf(centre, '3001')
    await page.goto(`${centre.url}/unit/#/cases/${caseId}`)
    await page.getByLabel('反馈内容').fill('绝密的字')
    await draftIs(page, 'saved')
    const kept = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }))
    // Only how the page looks and speaks.
    expect(Object.keys(kept.local).filter((key) => !['sanxin.scheme', 'sanxin.language'].includes(key))).toEqual([])
    expect({ ...kept, local: {} }).toEqual({ cookie: '', local: {}, session: {}, databases: 0, caches: 0 })
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ name: 'sanxin', httpOnly: true, sameSite: 'Strict', expires: -1 })
    await page.getByRole('button', { name: '城管局经办一' }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '成员单位登录' }).waitFor()
    expect(await context.cookies()).toEqual([])
    await page.reload()
    await page.getByRole('heading', { name: '成员单位登录' }).waitFor()
    await context.close()
  })
})
