/** Articles on the editors' page and on the member units', in a real Chromium over a real central (rules KA in shared/kb/SPEC.md). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { countGap } from '../../central/kb/gaps-sql.ts'
import { selectLives } from '../../central/kb/life-sql.ts'
import { publishArticles } from '../../central/kb/service.ts'
import { insertTask } from '../../central/kb/tasks-sql.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { hashPassword } from '../../central/people/hash-password.ts'
import { insertStaff } from '../../central/people/sql.ts'
import * as given from '../contract/db-fixture.ts'
import { adminSeat, openView, startAdminCentre } from './admin-fixture.ts'
import { openPage, seatOf, signIn, type Centre, type Seat } from './fixture.ts'
import { look, lookBothWays, onTelephone } from './look.ts'

const editors = ['9011', '9012'] as const
const noise = {
  ...{ id: 'KB-1151', version: 6, family: 'noise', title: '夜间施工噪音', body: '22:00 到次日 6:00 禁止施工。' },
  ...{ source: '市生态环境局', unit: '市水务局', validUntil: '2030-12-31', district: null, questions: ['半夜施工'] },
}
const task = '01890a5d-ac96-7000-8000-00000000aaaa'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
  const { db } = centre
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await db.tx('sanxin_people', async (sql) => {
    for (const staffNo of editors)
      await insertStaff(sql, {
        ...{ staffNo, name: `编辑 ${staffNo}`, role: 'editor', unit: null, passwordHash, totpSecret: null, line: null },
      })
  })
  await publishArticles(db, [noise, { ...noise, id: 'KB-1152', title: '过期的一条', validUntil: '2020-01-01' }], 1)
  await db.tx('sanxin_desk', async (sql) => {
    const wrong = { words: '热线改了，不是 3500110', callId: 'c-1', caseId: null, by: '1001', at: centre.clock.now() }
    await insertTask(sql, { id: task, articleId: noise.id, version: 6, ...wrong })
    await countGap(sql, { words: '无人机 备案', storeId: given.nextId(), at: centre.clock.now() })
  })
})
afterAll(() => centre?.close())

async function editorSeat(
  who: (typeof editors)[number] = '9011',
  how: Parameters<typeof openPage>[1] = {},
): Promise<Seat> {
  const seat = await openPage(centre, { ...how, path: '/admin/' })
  await signIn(seat.page, who)
  await seat.page.getByRole('heading', { name: '系统管理', exact: true }).waitFor()
  return seat
}
const step = async (page: Page, words: string, why?: string) => {
  await page.getByRole('region', { name: '下一步' }).getByRole('button', { name: words }).click()
  if (why !== undefined) await page.getByRole('form', { name: words }).getByRole('textbox').fill(why)
  await page.getByRole('button', { name: `${words} · 确定` }).click()
}
const stateOf = (page: Page, state: string) => page.getByRole('article').getByText(state, { exact: true }).waitFor()

it('KA19 a unit proposes an article and is refused with a reason, completes it, and the editor publishes it to the desks', async () => {
  const unit = await seatOf(centre, '3001')
  await unit.page.getByRole('link', { name: '知识', exact: true }).click()
  await unit.page.getByText('本单位还没有知识，可以提出新的').waitFor()
  await unit.page.getByRole('button', { name: '提出新知识' }).click()
  await unit.page.getByLabel('标题', { exact: true }).fill('户外广告怎么申请')
  await unit.page.getByLabel('正文').fill('到政务服务中心城管窗口。')
  await unit.page.getByLabel('依据', { exact: true }).fill('广告管理条例')
  await unit.page.getByLabel('有效至').fill('2030-12-31')
  await unit.page.keyboard.press('Control+Enter')
  await stateOf(unit.page, '草稿')
  await step(unit.page, '提交审核')
  await unit.page.getByText('已提交审核').waitFor()
  // While it is reviewed she reads it, and may take it back.
  await unit.page.getByText('正在审核，先取回草稿才能改').waitFor()

  const editor = await editorSeat()
  await editor.page.getByRole('link', { name: /户外广告怎么申请/ }).click()
  await stateOf(editor.page, '待审')
  // By her keys alone: the second step asks for its reason.
  await editor.page
    .getByRole('heading', { name: /户外广告/ })
    .first()
    .focus()
  await editor.page.keyboard.press('1')
  await editor.page.keyboard.type('请补材料')
  await editor.page.keyboard.press('Control+Enter')
  await editor.page.getByText('已回到草稿').waitFor()

  await unit.page.reload()
  await stateOf(unit.page, '草稿')
  await unit.page.getByLabel('经过').check()
  await unit.page.getByText(/请补材料/).waitFor()
  await unit.page.getByRole('radio', { name: '编写' }).check()
  await unit.page.getByLabel('正文').fill('到政务服务中心城管窗口，带营业执照。')
  await unit.page.getByRole('button', { name: /保存草稿/ }).click()
  await unit.page.getByText('已保存草稿').waitFor()
  await step(unit.page, '提交审核')
  await unit.page.getByText('已提交审核').waitFor()

  const desk = await given.signIn(centre.app, '1002')
  await desk.pullAll()
  await editor.page.reload()
  await stateOf(editor.page, '待审')
  await step(editor.page, '发布到所有坐席', '')
  await editor.page.getByText('已发布，各坐席随即更新').waitFor()
  expect((await desk.sync()).changes).toMatchObject([
    { kind: 'article', article: { title: '户外广告怎么申请', unit: '市城市管理和综合执法局', version: 1 } },
  ])
  expect([unit.troubles, editor.troubles]).toEqual([[], []])
  for (const { context } of [unit, editor]) await context.close()
})

it('KA20 two editors at once: the later one is told, sees how hers differs, and her words are all there', async () => {
  const [one, other] = [await editorSeat('9011'), await editorSeat('9012')]
  for (const { page } of [one, other]) {
    await openView(page, '#/kb/KB-1151')
    await page.getByLabel('标题', { exact: true }).waitFor()
  }
  await other.page.getByLabel('标题', { exact: true }).fill('乙的标题')
  await one.page.getByLabel('标题', { exact: true }).fill('甲的标题')
  await one.page.getByRole('button', { name: /保存草稿/ }).click()
  await one.page.getByText('已保存草稿').waitFor()
  await other.page.getByRole('button', { name: /保存草稿/ }).click()
  const told = other.page.getByRole('alert')
  await told.getByText(/已有新的变动（第 2 次，9011）/).waitFor()
  expect(await told.locator('del, ins').allTextContents()).toEqual(['甲的标题', '乙的标题'])
  expect(await other.page.getByLabel('标题', { exact: true }).inputValue()).toBe('乙的标题')
  await other.page.getByRole('button', { name: '看过了，接着写我的' }).click()
  await other.page.getByRole('button', { name: /保存草稿/ }).click()
  await other.page.getByText('已保存草稿').waitFor()
  for (const { context } of [one, other]) await context.close()
})

it('KA21 what a desk told is closed with a reason, an article is begun for a gap, and what expired is listed', async () => {
  const { page, context, troubles } = await editorSeat()
  await page.getByRole('button', { name: '已过期 1' }).click()
  expect(await page.getByLabel('有效期').inputValue()).toBe('past')
  await page.getByRole('link', { name: /过期的一条/ }).waitFor()
  expect(await page.getByRole('link', { name: /夜间施工|乙的标题/ }).count()).toBe(0)
  await page.getByRole('link', { name: '纠错' }).click()
  await page.getByText('热线改了，不是 3500110').waitFor()
  await page.getByRole('button', { name: '办结' }).click()
  await page.getByLabel('理由').fill('已核实，改为新号')
  await page.getByRole('button', { name: '办结 · 确定' }).click()
  await page.getByText('没有待办的纠错').waitFor()
  await page.getByRole('link', { name: '纠错 0' }).waitFor()
  await page.getByRole('link', { name: '缺口' }).click()
  await page.getByText(/1 次 · 1 个坐席/).waitFor()
  await page.getByRole('button', { name: '为它写一条' }).click()
  expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('无人机 备案')
  expect(await page.getByLabel('市民会怎么问').inputValue()).toBe('无人机 备案')
  await page.getByRole('button', { name: '不要未保存的字' }).click()
  expect(troubles).toEqual([])
  await context.close()
})

it('KT8 a table is written by keys, told where it is not whole, and saved once it is; what was typed stays meanwhile', async () => {
  const { page, context, troubles } = await editorSeat()
  await openView(page, '#/kb/KB-1151')
  await page.getByRole('button', { name: '加一张“收费”表' }).click()
  const card = page.getByRole('region', { name: '表 1 · 收费' })
  const save = page.getByRole('button', { name: /保存草稿/ })
  await card.getByText('表名：没有填写，或太少').waitFor()
  await page.getByText('表格还有 2 处要改，改好才能保存').waitFor()
  expect(await save.isDisabled()).toBe(true)
  await card.getByLabel('表名').fill('夜间施工许可')
  const cell = (row: number, column: string) => card.getByLabel(`第 ${row} 行，${column}`, { exact: true })
  await cell(1, '项目').fill('核发')
  await cell(1, '收费').fill('免费')
  await card.getByText('这张表可以保存').waitFor()
  // Enter after the last row adds one; with Alt it goes up; a spreadsheet's block is pasted from a cell on.
  await page.keyboard.press('Enter')
  await card.getByText('第 2 行，项目：要填写，或删去这一行').waitFor()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('补发')
  await page.keyboard.press('Alt+ArrowUp')
  expect(
    await card.getByRole('textbox').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
  ).toEqual(['夜间施工许可', '项目', '收费', '补发', '', '核发', '免费'])
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '补发\t10 元\r\n核发\t免费\r\n延期\t免费\r\n')
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  })
  expect(await cell(3, '项目').inputValue()).toBe('延期')
  await card.getByRole('button', { name: '删去 第 2 行' }).click()
  await card.getByRole('button', { name: '加一列' }).click()
  await card.getByLabel('第 3 列的列名').fill('时限')
  await cell(2, '时限').fill('3 日')
  await card.getByRole('button', { name: '左移 时限' }).click()
  // Elsewhere and back again: all of it is there.
  await openView(page, '#/kb/KB-1152')
  await page.getByRole('heading', { name: /过期的一条/ }).waitFor()
  await openView(page, '#/kb/KB-1151')
  await cell(2, '时限').waitFor()
  await card.scrollIntoViewIfNeeded()
  await look(page, 'articles-sheet')
  await page.getByTestId('changes').getByText('项目 ｜ 时限 ｜ 收费').waitFor()
  await save.click()
  await page.getByText('已保存草稿').waitFor()
  const stored = await centre.db.tx('owner', (sql) => selectLives(sql, ['KB-1151']))
  expect(stored.get('KB-1151')?.draft?.fields.sheets).toEqual([
    {
      ...{ kind: 'fees', title: '夜间施工许可', columns: ['项目', '时限', '收费'] },
      rows: [
        ['补发', '', '10 元'],
        ['延期', '3 日', '免费'],
      ],
    },
  ])
  await page.getByLabel('坐席所见').check()
  await page.getByTestId('preview').getByRole('table', { name: '表格：夜间施工许可' }).waitFor()
  await page.getByRole('radio', { name: '编写' }).check()
  for (const kind of ['材料', '办公时间', '公交线路'])
    await page.getByRole('button', { name: `加一张“${kind}”表` }).click()
  const hours = page.getByRole('region', { name: '表 3 · 办公时间' })
  await hours.getByLabel('开放时段').fill('9：00-12:00、11:00-17:00')
  await hours.getByText('每周时间 第 1 行：时段要从早到晚，不能重叠').waitFor()
  const line = page.getByRole('region', { name: '表 4 · 公交线路' })
  await line.getByLabel('去程首班').fill('六点')
  await line.getByText('去程首班：时间要写成 8:30，最晚 24:00').waitFor()
  await hours.scrollIntoViewIfNeeded()
  await look(page, 'articles-sheets')
  await page.getByRole('button', { name: '不要未保存的字' }).click()
  expect(troubles).toEqual([])
  await context.close()
})

it('KA22 a file is shown row by row before it is imported; what is refused says why', async () => {
  const { page, context } = await editorSeat()
  await openView(page, '#/kb/%20carry')
  const text =
    '编号,标题,正文,有效至,状态\nKB-1152,过期的一条,又有效了,2031-01-01,已发布\n,新的,正文,2031-01-01,\n,坏的,正文,明年,\n'
  await page.getByLabel('选文件').setInputFiles({ name: '知识.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByText('新增 1 · 更改 1 · 相同 0 · 不能导入 1').waitFor()
  const rows = await page.getByTestId('plan').getByRole('listitem').allTextContents()
  expect(rows[0]).toMatch(/不能导入 · 坏的.*日期要写成 2026-11-23/)
  await page.getByText('导入后：草稿 1 · 待审 0 · 直接发布 1').waitFor()
  await page.getByText('有 1 条按文件里的“状态”直接发布到所有坐席。').waitFor()
  // Whose the new ones are is asked; with another answer it is shown anew.
  await page.getByLabel('没有写“归属单位”的新知识归').selectOption({ label: '市水务局' })
  await page.getByTestId('plan').getByText('市水务局').waitFor()
  await look(page, 'articles-plan')
  await page.getByLabel('理由').fill('年度更新')
  await page.getByRole('button', { name: '照上面所列导入 · 确定' }).click()
  await page.getByText('已导入：新增 1 条，更改 1 条').waitFor()
  await page.getByRole('link', { name: /过期的一条.*第 7 版/ }).waitFor()
  await page.getByLabel('选文件').setInputFiles({ name: '知识.docx', mimeType: 'x', buffer: Buffer.from('no') })
  await page.getByText('文件读不出来：不是这种格式，或已损坏').waitFor()
  await context.close()
})

it('AP34 an editor finds a group of words that mean the same, mends it, adds one, and publishes them', async () => {
  const { page, context, troubles } = await editorSeat()
  await page.getByRole('link', { name: '同义词', exact: true }).click()
  await page.getByLabel('查找词语').fill('住房公积金')
  const group = page.getByRole('group', { name: '公积金', exact: true })
  await group.getByLabel('意思相同的词').fill('公积金、住房公积金、公')
  await group.getByText('太短、太少或太小').waitFor()
  await group.getByLabel('意思相同的词').fill('公积金、住房公积金、房屋公积金')
  await page.getByRole('button', { name: '加一组' }).click()
  const fresh = page.getByRole('group', { name: '新的一组' })
  await fresh.getByText('太短、太少或太小').waitFor()
  await fresh.getByLabel('意思相同的词').fill('无人机、飞手')
  await page.getByRole('group', { name: '无人机' }).waitFor()
  await look(page, 'synonyms')
  await page.getByLabel('改动理由').fill('市民这样说')
  await page.getByRole('button', { name: '发布新版本' }).click()
  await page.getByText('已发布第 1 版').waitFor()
  const desk = await given.signIn(centre.app, '1002')
  const told = (await desk.pullAll())
    .flatMap(({ changes }) => changes)
    .find((change) => change.kind === 'table' && change.table.name === 'synonyms')
  expect(JSON.stringify(told)).toContain('房屋公积金')
  expect(await page.getByRole('link', { name: '规则表' }).count()).toBe(0)
  expect(troubles).toEqual([])
  await context.close()
})

it('KA23 an administrator looks and changes nothing', async () => {
  const { page, context } = await adminSeat(centre)
  await page.getByRole('link', { name: '知识库' }).click()
  await page.getByRole('link', { name: /KB-1152/ }).click()
  await page.getByText('您的岗位只能看，不能改').waitFor()
  expect(await page.getByRole('button', { name: /新增知识|发布|撤下/ }).count()).toBe(0)
  await context.close()
})

const views: Readonly<Record<string, readonly [string, (page: Page) => Promise<unknown>]>> = {
  list: ['#/kb', (page) => page.getByRole('link', { name: /KB-1152/ }).waitFor()],
  article: [
    '#/kb/KB-1152',
    async (page) => {
      await page.getByLabel('标题', { exact: true }).fill('改了的标题')
      await page.getByTestId('changes').waitFor()
    },
  ],
  preview: [
    '#/kb/KB-1152',
    async (page) => {
      await page.getByLabel('坐席所见').check()
      await page.getByTestId('preview').waitFor()
    },
  ],
  history: [
    '#/kb/KB-1152',
    async (page) => {
      await page.getByLabel('经过').check()
      await page.getByRole('button', { name: '看当时的内容' }).last().click()
      await page.getByTestId('preview').waitFor()
    },
  ],
  new: ['#/kb/%20new', (page) => page.getByLabel('标题', { exact: true }).waitFor()],
  tasks: ['#/kb/%20tasks', (page) => page.getByText('没有待办的纠错').waitFor()],
  gaps: ['#/kb/%20gaps', (page) => page.getByText(/1 次 · 1 个坐席/).waitFor()],
  synonyms: ['#/synonyms/synonyms', (page) => page.getByLabel('意思相同的词').first().waitFor()],
  carry: ['#/kb/%20carry', (page) => page.getByLabel('选文件').waitFor()],
}

it('AP20 AP21 UP20 every view of articles, with nothing pushed out of the page, in English as well', async () => {
  const seat = await editorSeat('9012', onTelephone)
  for (const [view, [hash, open]] of Object.entries(views)) {
    await openView(seat.page, '#/')
    await openView(seat.page, hash)
    await open(seat.page)
    await lookBothWays(seat.page, `articles-${view}`)
  }
  await seat.page.getByRole('button', { name: 'EN' }).click()
  await openView(seat.page, '#/kb/KB-1152')
  await seat.page.getByLabel('Title').waitFor()
  await lookBothWays(seat.page, 'articles-english')
  await seat.context.close()
  const unit = await seatOf(centre, '3001', onTelephone)
  await unit.page.getByRole('link', { name: '知识', exact: true }).click()
  await unit.page.getByRole('link', { name: /户外广告/ }).click()
  await unit.page.getByLabel('标题', { exact: true }).waitFor()
  await lookBothWays(unit.page, 'articles-unit')
  expect([seat.troubles, unit.troubles]).toEqual([[], []])
  await unit.context.close()
}, 120_000)
