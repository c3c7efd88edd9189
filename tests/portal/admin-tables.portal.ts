/** The rule tables on the administration's pages, in a real Chromium over a real central. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { adminSeat, administrator, monitor, openView, startAdminCentre } from './admin-fixture.ts'
import type { Centre } from './fixture.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
})
afterAll(() => centre?.close())

const changes = (page: Page) => page.getByTestId('changes').locator('li').allTextContents()
const publish = async (page: Page, why: string) => {
  await page.getByLabel('改动理由').fill(why)
  await page.getByRole('button', { name: '发布新版本' }).click()
}

it('AP9 a deadline is changed, shown against what stands, published with a reason, and gone back from', async () => {
  const { page, context, troubles } = await adminSeat(centre)
  await page.getByRole('link', { name: '规则表' }).click()
  await page.getByRole('link', { name: /办理期限/ }).click()
  await page.getByText('与现行版本没有不同').waitFor()
  expect(await page.getByRole('button', { name: '发布新版本' }).isDisabled()).toBe(true)
  const consult = page.getByRole('group', { name: '第 6 行' })
  expect(await consult.getByLabel('规则名').inputValue()).toBe('consult.answer')
  await consult.getByLabel('时限').fill('3')
  expect(await changes(page)).toEqual([expect.stringMatching(/^consult\.answer › 时限 › 工作日改为23$/)])
  // Without a reason nothing is published; what was begun stands, wherever one looks meanwhile.
  expect(await page.getByRole('button', { name: '发布新版本' }).isDisabled()).toBe(true)
  await openView(page, '#/people')
  await openView(page, '#/tables/deadlines')
  await expect.poll(() => changes(page)).toHaveLength(1)
  await publish(page, '省里新规')
  await page.getByText('已发布第 1 版').waitFor()
  await page.getByRole('link', { name: /办理期限.*第 1 版.*9001 于 .* 省里新规/ }).waitFor()

  await page.getByLabel('历次版本').check()
  await page.getByText('出厂版').last().waitFor()
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByText(/consult\.answer › 时限 › 工作日/).waitFor()
  await page.getByRole('button', { name: '以此版内容发布新版' }).click()
  await publish(page, '新规暂缓')
  await page.getByText('已发布第 2 版').waitFor()
  const recorded = await centre.db.tx('owner', (sql) =>
    sql.query<{ actor: string; why: string }>(
      `select actor, detail->>'why' as why from audit where action = 'table.published' order by seq`,
    ),
  )
  expect(recorded).toEqual(['省里新规', '新规暂缓'].map((why) => ({ actor: administrator, why })))
  expect(troubles).toEqual([])
  await context.close()
})

it('AP10 a class is found by a word of it and given to another unit; what is wrong is told at its place, and nothing is lost', async () => {
  const { page, context } = await adminSeat(centre)
  await openView(page, '#/tables/classes')
  await page.getByLabel('查找分类').fill('路灯')
  await page.getByRole('button', { name: /路灯/ }).first().click()
  await page.getByLabel('名称', { exact: true }).fill('')
  await page.getByLabel('主办单位').selectOption({ label: '市水务局' })
  await publish(page, '改派水务')
  await page.getByRole('alert').filter({ hasText: '有 ' }).waitFor()
  await page.getByText('太短、太少或太小').first().waitFor()
  await page.getByLabel('名称', { exact: true }).fill('路灯照明')
  expect(await page.getByRole('textbox', { name: '首字母' }).inputValue()).toBe('ldzm')
  await page.getByRole('button', { name: '发布新版本' }).click()
  await page.getByText('已发布第 1 版').waitFor()
  await context.close()
})

it('AP11 a year of holidays is added and shown in its months', async () => {
  const { page, context } = await adminSeat(centre)
  await openView(page, '#/tables/calendar')
  await page.getByLabel('止', { exact: true }).fill('2027-12-31')
  await page.getByLabel('年份').selectOption('2027')
  await page.getByRole('button', { name: '加一段放假' }).click()
  const span = page.getByLabel(/放假第 \d+ 段 [起止]/)
  await span.first().fill('2027-01-01')
  await span.last().fill('2027-01-03')
  await page.getByRole('button', { name: '加一天上班' }).click()
  await page.getByLabel(/调休上班第 \d+ 天/).fill('2027-01-09')
  const january = page.getByRole('table', { name: '2027 年 01 月' })
  expect(await january.locator('[data-kind=off]').allTextContents()).toEqual(['1休'])
  expect(await january.locator('[data-kind=work]').allTextContents()).toEqual(['9班'])
  // A day of another year that is put in last is published in its order.
  await page.getByLabel('年份').selectOption('2025')
  await page.getByRole('button', { name: '加一天上班' }).click()
  await page
    .getByLabel(/调休上班第 \d+ 天/)
    .last()
    .fill('2025-06-07')
  expect((await changes(page)).length).toBe(4)
  await publish(page, '国办通知')
  await page.getByText('已发布第 1 版').waitFor()
  await context.close()
})

it('AP12 what somebody else published meanwhile is said; her changes stand, and are shown against the new version', async () => {
  const [one, other] = [await adminSeat(centre), await adminSeat(centre)]
  for (const { page } of [one, other]) await openView(page, '#/tables/divisions')
  for (const [{ page }, name] of [
    [one, '甲镇'],
    [other, '乙镇'],
  ] as const) {
    const first = page.getByLabel('镇街（一行一个）').first()
    await first.fill(`${await first.inputValue()}\n${name}`)
    await first.blur()
  }
  await publish(one.page, '新设甲镇')
  await one.page.getByText('已发布第 1 版').waitFor()
  await publish(other.page, '新设乙镇')
  await other.page.getByText('他人已发布第 1 版').waitFor()
  expect((await changes(other.page)).toSorted()).toEqual([
    expect.stringMatching(/乙镇新增乙镇$/),
    expect.stringMatching(/甲镇删去甲镇$/),
  ])
  for (const { context } of [one, other]) await context.close()
})

/** Types over words in a long text, as a person does: to fill all of it anew takes a browser seconds. */
async function retype(field: Locator, words: string, others: string): Promise<void> {
  await field.evaluate((box: HTMLTextAreaElement, wanted) => {
    const at = box.value.indexOf(wanted)
    box.focus()
    box.setSelectionRange(at, at + wanted.length)
  }, words)
  await field.page().keyboard.insertText(others)
}

it('AP13 the form is edited by rows and as JSON; what is no JSON, and what is wrong, is told by its line', async () => {
  const { page, context } = await adminSeat(centre)
  await openView(page, '#/tables/form')
  await page
    .getByRole('group', { name: /^address/ })
    .getByLabel('中文名')
    .fill('详细地点')
  await page.getByRole('button', { name: '以 JSON 编辑' }).click()
  const field = page.getByLabel('工单字段的 JSON')
  const text = await field.inputValue()
  expect(text).toContain('详细地点')
  await retype(field, '"type": "text"', '"type": text')
  await page.getByText(/第 \d+ 行附近不是正确的 JSON/).waitFor()
  // To leave it now would drop what was typed.
  expect(await page.getByRole('button', { name: '按项编辑' }).isDisabled()).toBe(true)
  await page.getByLabel('改动理由').fill('改名')
  expect(await page.getByRole('button', { name: '发布新版本' }).isDisabled()).toBe(true)
  await retype(field, '"type": text', '"type": "poem"')
  await page.getByRole('button', { name: '发布新版本' }).click()
  const line = page.getByRole('button', { name: /第 \d+ 行：不在可选的范围内/ })
  await line.click()
  const chosen = await field.evaluate((box: HTMLTextAreaElement) =>
    box.value.slice(box.selectionStart, box.selectionEnd),
  )
  expect(chosen.trim()).toBe('"type": "poem",')
  await retype(field, '"type": "poem"', '"type": "text"')
  expect(await field.inputValue()).toBe(text)
  await page.getByRole('button', { name: '发布新版本' }).click()
  await page.getByText('已发布第 1 版').waitFor()
  await context.close()
})

const sentences = (page: Page) => page.getByRole('group', { name: /^第 \d+ 句/ })
const played = (page: Page) => page.getByTestId('prompt')

it('AP15 AP16 AP17 AP35 a monitor changes a sentence, sees what is wrong, plays a call with it, reloads, and publishes', async () => {
  const { page, context, troubles } = await adminSeat(centre, { as: monitor })
  const tabs = await page.getByRole('navigation').getByRole('link').allTextContents()
  expect(tabs[0]).toBe('话术')
  expect(tabs.filter((tab) => ['人员', '单位', '坐席设备', '规则表', '审计'].includes(tab))).toEqual([])
  await page.getByRole('link', { name: /礼貌用语/ }).click()
  await page.getByLabel('场合', { exact: true }).selectOption('silence')
  const first = sentences(page).first()
  const words = first.getByLabel('普通话')
  await words.fill('{caller}，您还在吗{who}？')
  await first.getByText('大括号里的名称没有内容可填').waitFor()
  await page.getByRole('option', { name: /对方不出声.*须改正/ }).waitFor({ state: 'attached' })
  await words.fill('')
  await page.getByLabel('演练', { exact: true }).check()
  await page.getByText('内容有须改正之处').waitFor()
  await page.getByLabel('编辑', { exact: true }).check()
  // What was typed stands after a reload, an empty field as well.
  await page.reload()
  await page.getByLabel('场合', { exact: true }).selectOption('silence')
  expect(await words.inputValue()).toBe('')
  await words.fill('{caller}，请问您还在线吗？')
  const wait = page.getByLabel(/^超过几秒出现/)
  expect(await wait.inputValue()).toBe('12')
  await wait.fill('1')
  await page.getByText('太短、太少或太小').waitFor()
  await wait.fill('20')
  await page.getByLabel('演练', { exact: true }).check()
  await expect.poll(() => played(page).getAttribute('data-moment')).toBe('silence')
  expect(await played(page).locator('p').first().textContent()).toBe('陈女士，请问您还在线吗？')
  const call = page.getByRole('group', { name: '演练通话' })
  await call.focus()
  // By keys: the next sentence, then the moment after it, and another tongue there.
  await page.keyboard.press('F4')
  expect(await played(page).locator('p').first().textContent()).toContain('我这边听不到您的声音')
  await page.keyboard.press('ArrowRight')
  expect(await played(page).getAttribute('data-moment')).toBe('searching')
  await page.keyboard.press('Alt+l')
  expect(await played(page).locator('p').first().getAttribute('lang')).toBe('yue')
  await page.getByLabel('编辑', { exact: true }).check()
  await publish(page, '换个说法')
  await page.getByText('已发布第 1 版').waitFor()
  await page.getByLabel('场合', { exact: true }).selectOption('silence')
  expect(await wait.inputValue()).toBe('20')
  expect(troubles).toEqual([])

  // AP17 Back in two keys.
  await page.getByLabel('历次版本', { exact: true }).check()
  await page.getByRole('button', { name: '恢复此版' }).press('Enter')
  await page.keyboard.press('Enter')
  await page.getByText('恢复出厂版').first().waitFor()
  expect(await page.getByText('第 2 版').first().isVisible()).toBe(true)
  await context.close()
})

it('AP18 a list of words is changed by rows, found by words, and what is twice is said at its row', async () => {
  const { page, context } = await adminSeat(centre, { as: monitor })
  await openView(page, '#/script/forbiddenWords')
  await page.getByRole('button', { name: '加一个词' }).click()
  const word = page.getByLabel('词语', { exact: true }).first()
  await word.fill('不知道')
  await page.getByText('与前面的重复').first().waitFor()
  await word.fill('内部通讯录')
  await page.getByLabel('类别').first().selectOption('secret')
  await page.getByRole('searchbox').fill('内部通讯录')
  expect(await page.getByLabel('词语', { exact: true }).count()).toBe(1)
  await publish(page, '新增涉密词')
  await page.getByText('已发布第 1 版').waitFor()
  // The tables by which cases go are not hers.
  await openView(page, '#/tables/deadlines')
  await page.getByRole('link', { name: /不宜说的话/ }).waitFor()
  await context.close()
})
