/** The list of a unit: what is urgent, whose it is, who stands in for whom. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chinaDay } from '../../shared/china-day.ts'
import { openCase, seatOf, startCentre, type Centre } from './fixture.ts'

const DAY = 86_400_000
/** The page stands behind others, or before them, as the browser would tell it. */
const showAs = (page: Page, state: DocumentVisibilityState) =>
  page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
let centre: Centre
beforeAll(async () => {
  centre = await startCentre()
})
afterAll(() => centre?.close())

it('UP16 each tab has its cases and counts; red, amber and 督办 are told by shape and words', async () => {
  const late = await centre.inHand('超期的事', { at: centre.clock.time - 40 * DAY })
  await centre.step(late, { type: 'supervise', reason: '市民多次来电' })
  await centre.dispatched('新来的事')
  const done = await centre.inHand('办完的事')
  await centre.stepBy('3001', done, { type: 'answer', text: '好了' })
  await centre.dispatched('别家的事', { unit: 'U-SW' })
  const { page, context } = await seatOf(centre, '3001')
  for (const words of ['已超期 1', '督办 1']) await page.getByText(words, { exact: true }).first().waitFor()
  const countOf = async (name: string) =>
    (await page.getByRole('tab', { name }).textContent())?.replace(name, '').trim()
  expect(await Promise.all(['待签收', '办理中', '已反馈', '已退回'].map(countOf))).toEqual(['1', '1', '1', '0'])
  await page.getByRole('link', { name: /新来的事/ }).waitFor()
  await page.getByRole('tab', { name: '办理中' }).click()
  const line = page.getByRole('link', { name: /超期的事/ })
  await line.waitFor()
  expect(await line.textContent()).toMatch(/反馈已超期：.+24:00.+督办.*城管局经办一 已签收/s)
  expect(await line.locator('[data-shape=square]').count()).toBe(1)
  await page.getByRole('tab', { name: '已反馈' }).click()
  await page.getByRole('link', { name: /办完的事/ }).waitFor()
  expect(await page.content()).not.toContain('别家的事')
  await context.close()
})

it('UP17 searches all of its own cases by words, and says where it finds nothing', async () => {
  await centre.inHand('自来水管爆裂积水')
  const { page, context } = await seatOf(centre, '3001')
  await page.getByLabel('查找').fill('水管爆裂')
  await page.getByLabel('查找').press('Enter')
  await page.getByRole('link', { name: /自来水管爆裂积水/ }).waitFor()
  await page.getByLabel('查找').fill('别家的事')
  await page.getByLabel('查找').press('Enter')
  await page.getByText('没有找到“别家的事”').waitFor()
  await page.getByRole('button', { name: '清除' }).click()
  await page.getByRole('link', { name: /新来的事/ }).waitFor()
  await context.close()
})

it('UP18 who stands in for a colleague sees her cases as 代, and only hers and those when she wants to', async () => {
  await centre.inHand('二号的事', { by: '3002', at: centre.clock.time - 40 * DAY })
  await centre.inHand('一号的事', { by: '3001' })
  const second = await seatOf(centre, '3002')
  await second.page.getByRole('button', { name: '城管局经办二' }).click()
  await second.page.getByLabel('由谁代办').selectOption({ label: '城管局经办一' })
  await second.page.getByLabel('到', { exact: true }).fill('2020-01-01')
  await second.page.getByText('结束日期不能早于开始日期').waitFor()
  expect(await second.page.getByRole('button', { name: '确定' }).isDisabled()).toBe(true)
  await second.page.getByLabel('到', { exact: true }).fill(chinaDay(Date.now() + 3 * DAY))
  await second.page.getByRole('button', { name: '确定' }).click()
  await second.page.getByText(/城管局经办一 代您/).waitFor()

  // Beside her own overdue one of UP16 she is reminded of her colleague's.
  const first = await seatOf(centre, '3001')
  await first.page.getByTestId('own').filter({ hasText: '其中我的与我代办的： 已超期 2' }).waitFor()
  await second.page.getByTestId('own').filter({ hasText: '其中我的与我代办的： 已超期 1' }).waitFor()
  await first.page.getByRole('tab', { name: '办理中' }).click()
  const line = first.page.getByRole('link', { name: /二号的事/ })
  await line.waitFor()
  expect(await line.textContent()).toContain('代 城管局经办二')
  await second.page.keyboard.press('Escape')
  await second.page.getByRole('tab', { name: '办理中' }).click()
  await second.page.getByRole('link', { name: /一号的事/ }).waitFor()
  await second.page.getByLabel('只看我的与我代办的').check()
  await second.page.getByRole('link', { name: /一号的事/ }).waitFor({ state: 'detached' })
  await first.page.getByLabel('只看我的与我代办的').check()
  await line.waitFor()
  for (const { context } of [first, second]) await context.close()
})

it('UP19 a unit that takes part writes its contribution, which the one that leads reads', async () => {
  const caseId = await centre.inHand('路面塌陷')
  await centre.stepBy('3001', caseId, { type: 'invite', units: ['U-SW'] })
  const { page, context, ...seat } = await seatOf(centre, '3003')
  await openCase({ page, context, ...seat }, caseId)
  expect(await page.getByRole('button', { name: '提交反馈' }).count()).toBe(0)
  await page.getByRole('textbox', { name: '会办意见' }).fill('供水管已修复')
  await page.getByRole('button', { name: '提交会办意见' }).click()
  await page.getByText('已提交：会办意见').waitFor()
  const lead = await seatOf(centre, '3001')
  await openCase(lead, caseId)
  await lead.page.getByText('供水管已修复').waitFor()
  for (const one of [context, lead.context]) await one.close()
})

it('UP22 what the centre says of a case in hand stands above it, until it is answered anew', async () => {
  const caseId = await centre.inHand('积水')
  await centre.step(caseId, { type: 'supervise', reason: '雨季前务必处理' })
  await centre.stepBy('3001', caseId, { type: 'answer', text: '已知悉' })
  await centre.step(caseId, { type: 'sendBack', reason: '没有说明怎么处理' })
  const seat = await seatOf(centre, '3001')
  await openCase(seat, caseId)
  const notices = seat.page.getByTestId('notice')
  expect(await notices.allTextContents()).toEqual([expect.stringMatching(/退回重新反馈 .+：没有说明怎么处理/)])
  await seat.page.getByLabel('反馈内容').fill('已清淤')
  await seat.page.getByRole('button', { name: '提交反馈' }).click()
  await seat.page.locator('[data-state=answered]').waitFor()
  expect(await notices.count()).toBe(0)
  await seat.context.close()
})

it('UP16 the tabs go by the arrow keys as well', async () => {
  const { page, context } = await seatOf(centre, '3001')
  await page.getByRole('tab', { name: '待签收' }).focus()
  await page.keyboard.press('ArrowLeft')
  expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('已退回')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-inHand')
  await context.close()
})

it('UP24 the supervised stand first; what came since the last look is marked and counted in the title, until it is opened', async () => {
  const calm = await centre.inHand('不急的事')
  const watched = await centre.inHand('督办的事')
  await centre.step(watched, { type: 'supervise', reason: '市民来电催办' })
  const seat = await seatOf(centre, '3001')
  const { page, context } = seat
  await page.getByRole('tab', { name: '办理中' }).click()
  await page.getByRole('link', { name: /不急的事/ }).waitFor()
  const places = await page.getByRole('tabpanel').getByRole('link').allTextContents()
  const isSupervised = places.map((text) => text.includes('督办'))
  expect(isSupervised).toEqual(isSupervised.toSorted((one, other) => Number(other) - Number(one)))
  expect(await page.title()).toMatch(/^已超期 \d+ · /)
  const came = await centre.dispatched('刚来的事')
  await page.getByRole('button', { name: '刷新' }).click()
  await page.getByRole('status', { name: '提醒' }).getByText('新到 1').waitFor()
  expect(await page.title()).toMatch(/^新到 1 · 已超期 \d+ · /)
  await page.getByRole('tab', { name: '待签收' }).click()
  const line = page.getByRole('link', { name: /刚来的事/ })
  await line.getByText('新到').waitFor()
  await openCase(seat, came)
  await line.getByText('新到').waitFor({ state: 'detached' })
  expect(await page.title()).toMatch(/^已超期 /)
  expect(calm).not.toBe(watched)
  await context.close()
})

it('UP24 a tab behind others says in its title what came meanwhile, and marks it when she is back', async () => {
  await centre.inHand('早先超期的事', { at: centre.clock.time - 40 * DAY })
  const { page, context } = await seatOf(centre, '3001')
  await page.clock.install()
  await page.reload()
  await page.getByRole('tab', { name: /待签收/ }).waitFor()
  await page.waitForFunction(() => document.title.includes('已超期'))
  await showAs(page, 'hidden')
  await centre.dispatched('她不在时来的事')
  await page.clock.fastForward(60_000)
  await page.waitForFunction(() => document.title.startsWith('新到 1 · 已超期'))
  await showAs(page, 'visible')
  const line = page.getByRole('link', { name: /她不在时来的事/ })
  await line.getByText('新到').waitFor()
  await page.getByRole('status', { name: '提醒' }).getByText('新到 1').waitFor()
  expect(await page.title()).toMatch(/^新到 1 · /)
  // She has seen it: another look away and back, and it is news no more.
  await showAs(page, 'hidden')
  await showAs(page, 'visible')
  await line.getByText('新到').waitFor({ state: 'detached' })
  await context.close()
})

it('UP24 however many cases lie with a unit, each is known: a newcomer behind two hundred others is told', async () => {
  const first = await centre.dispatched('成批的事', { unit: 'U-PJ', at: centre.clock.time - DAY })
  await centre.db.tx('owner', (sql) =>
    sql.query(
      `insert into cases select (jsonb_populate_record(c, jsonb_build_object('case_id', gen_random_uuid(),
         'case_no', 'JM20261101-Z9-' || (1000 + n), 'caller_id', gen_random_uuid()))).*
       from cases c, generate_series(1, 450) as n where case_id = $1::uuid`,
      [first],
    ),
  )
  const { page, context } = await seatOf(centre, '3004')
  await page.getByRole('tab', { name: /待签收\s*451/ }).waitFor()
  await centre.dispatched('排在最后的事', { unit: 'U-PJ' })
  await page.getByRole('button', { name: '刷新' }).click()
  await page.getByRole('status', { name: '提醒' }).getByText('新到 1', { exact: true }).waitFor()
  expect(await page.title()).toMatch(/^新到 1 · /)
  await context.close()
})
