/** The list of a unit: what is urgent, whose it is, who stands in for whom. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chinaDay } from '../../shared/china-day.ts'
import { openCase, seatOf, startCentre, type Centre } from './fixture.ts'

const DAY = 86_400_000
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
  for (const words of ['已超期 1', '督办 1']) await page.getByText(words, { exact: true }).waitFor()
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
  await centre.inHand('二号的事', { by: '3002' })
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

  const first = await seatOf(centre, '3001')
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
