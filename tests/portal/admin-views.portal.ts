/** Every view of the administration's pages through axe-core: no violation, light and dark, at a desk and on a telephone. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminSeat, auditor, openView, oweMessages, startAdminCentre } from './admin-fixture.ts'
import { openPage, phone, wide, type Centre } from './fixture.ts'
import { isWhole, lookBothWays, onTelephone } from './look.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startAdminCentre()
  await oweMessages(centre, await centre.dispatched('路灯不亮'))
})
afterAll(() => centre?.close())

/** Opened by the address, and what is waited for or done there. */
const views: Readonly<Record<string, readonly [string, (page: Page) => Promise<unknown>]>> = {
  people: ['#/people', (page) => page.getByRole('link', { name: /1001/ }).waitFor()],
  'people-nobody': [
    '#/people',
    async (page) => {
      await page.getByLabel('查找').fill('没有这个人')
      await page.keyboard.press('Enter')
      await page.getByText('没有符合条件的人员').waitFor()
    },
  ],
  person: ['#/people/1001', (page) => page.getByLabel('姓名').waitFor()],
  'person-of-a-unit': ['#/people/3001', (page) => page.getByLabel('成员单位').waitFor()],
  'person-told': [
    '#/people/1010',
    async (page) => {
      await page.getByRole('button', { name: '重设动态验证码' }).click()
      await page.getByRole('button', { name: '重设动态验证码 · 确定' }).click()
      await page.getByTestId('told').waitFor()
      await page.getByRole('button', { name: '停用' }).click()
    },
  ],
  'person-new': ['#/people/%20new', (page) => page.getByLabel('线路密码').waitFor()],
  units: ['#/units', (page) => page.getByRole('link', { name: /市水务局/ }).waitFor()],
  unit: ['#/units/U-CG', (page) => page.getByText('未办结的工单：1 件').waitFor()],
  'unit-free': [
    '#/units/U-PJ',
    async (page) => {
      await page.getByRole('button', { name: '加一个号码' }).click()
      await page.getByRole('button', { name: '撤销单位' }).click()
    },
  ],
  'unit-new': ['#/units/%20new', (page) => page.getByLabel('编号').waitFor()],
  desks: ['#/desks', (page) => page.getByRole('link', { name: /演示/ }).first().waitFor()],
  desk: [
    '#/desks',
    async (page) => {
      await page.getByRole('link', { name: /演示/ }).first().click()
      await page.getByRole('button', { name: '吊销' }).click()
    },
  ],
  'desk-code': [
    '#/desks/%20new',
    async (page) => {
      await page.getByLabel('位置或名称').fill('三楼 12 号')
      await page.getByRole('button', { name: '生成登记码' }).click()
      await page.getByTestId('told').waitFor()
    },
  ],
  roles: ['#/roles', (page) => page.getByRole('table').waitFor()],
  outbox: ['#/outbox', (page) => page.getByRole('link', { name: /差评待回访.*1/ }).waitFor()],
  'outbox-dead': [
    '#/outbox/dead',
    async (page) => {
      await page.getByRole('button', { name: '受理短信全部再发（1 件）' }).click()
    },
  ],
  'outbox-voice': [
    '#/outbox/voice',
    async (page) => {
      await page.getByRole('button', { name: '已告知' }).click()
      await page.getByLabel('办理情况').waitFor()
    },
  ],
  'outbox-ratings': ['#/outbox/ratings', (page) => page.getByText('评价 1 分').waitFor()],
  systems: ['#/systems', (page) => page.getByText('事件推送').waitFor()],
  'system-key': [
    '#/systems/%20key',
    async (page) => {
      await page.getByLabel('成员单位').selectOption('U-CG')
      await page.getByLabel('系统名称').fill('城管综合平台')
      await page.getByRole('button', { name: '发放密钥' }).last().click()
      await page.getByTestId('told').waitFor()
    },
  ],
  'system-webhook-new': [
    '#/systems/%20webhook',
    async (page) => {
      await page.getByLabel('接收地址').fill('https://12345.example/events')
      await page.getByLabel('全部事件').uncheck()
      await page.getByLabel('case.opened').check()
      await page.getByRole('button', { name: '新增推送地址' }).last().click()
      await page.getByTestId('told').waitFor()
    },
  ],
  'system-webhook': [
    '#/systems',
    async (page) => {
      await page
        .getByRole('link', { name: /12345\.example/ })
        .first()
        .click()
      await page.getByRole('button', { name: '暂停推送' }).click()
    },
  ],
  tables: ['#/tables', (page) => page.getByRole('link', { name: /办理期限/ }).waitFor()],
  'table-deadlines': [
    '#/tables/deadlines',
    async (page) => {
      await page.getByRole('group', { name: '第 6 行' }).getByLabel('时限').fill('3')
      await page.getByText(/consult\.answer/).waitFor()
    },
  ],
  'table-classes': [
    '#/tables/classes',
    async (page) => {
      await page.getByLabel('查找分类').fill('路灯')
      await page.getByRole('button', { name: /路灯/ }).first().click()
      await page.getByLabel('名称', { exact: true }).fill('')
      await page.getByLabel('改动理由').fill('试')
      await page.getByRole('button', { name: '发布新版本' }).click()
      await page.getByRole('alert').waitFor()
    },
  ],
  'table-calendar': ['#/tables/calendar', (page) => page.getByRole('table').first().waitFor()],
  'table-form': ['#/tables/form', (page) => page.getByLabel('中文名').first().waitFor()],
  'table-json': [
    '#/tables/divisions',
    async (page) => {
      const asJson = page.getByRole('button', { name: '以 JSON 编辑' })
      await asJson.or(page.getByLabel('行政区划的 JSON')).first().waitFor()
      if (await asJson.isVisible()) await asJson.click()
      await page.getByLabel('行政区划的 JSON').fill('[\n{]')
      await page.getByText('第 2 行附近不是正确的 JSON').waitFor()
    },
  ],
  script: [
    '#/script/script',
    async (page) => {
      await page.getByLabel('场合', { exact: true }).selectOption('listening')
      await page.getByLabel('普通话').first().fill('{who}')
    },
  ],
  'script-played': [
    '#/script/script',
    async (page) => {
      await page.getByLabel('普通话').first().fill('您好，请讲。')
      await page.getByLabel('演练', { exact: true }).check()
      await page.getByTestId('prompt').waitFor()
    },
  ],
  'script-words': [
    '#/script/forbiddenWords',
    async (page) => {
      await page.getByRole('searchbox').fill('不知道')
      await page.getByLabel('词语', { exact: true }).first().waitFor()
    },
  ],
  'script-emergency': ['#/script/emergencyWords', (page) => page.getByLabel('词语', { exact: true }).first().waitFor()],
  'table-versions': [
    '#/tables/form',
    async (page) => {
      await page.getByLabel('历次版本').check()
      await page.getByText('出厂版').last().waitFor()
    },
  ],
  'person-unknown': ['#/people/4711', (page) => page.getByText('没有找到，可能已被他人更改').waitFor()],
}

it('AP20 the sign-in', async () => {
  const { page, context } = await openPage(centre, { ...onTelephone, path: '/admin/' })
  await page.getByLabel('工号').fill('9001')
  await page.getByLabel('密码').fill('sanxin-demo')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByLabel('动态验证码').waitFor()
  await lookBothWays(page, 'admin-sign-in')
  await context.close()
})

it('AP20 AP21 every view of the administrator, with nothing pushed out of the page, in English as well', async () => {
  const seat = await adminSeat(centre, onTelephone)
  for (const [view, [hash, open]] of Object.entries(views)) {
    await openView(seat.page, '#/')
    await openView(seat.page, hash)
    await open(seat.page)
    await lookBothWays(seat.page, `admin-${view}`)
  }
  await seat.page.getByRole('button', { name: 'EN' }).click()
  expect(await seat.page.evaluate(() => document.documentElement.lang)).toBe('en')
  for (const [view, [hash]] of Object.entries(views)) {
    await openView(seat.page, hash)
    await seat.page.getByRole('navigation', { name: 'Pages of the administration' }).waitFor()
    await isWhole(seat.page)
    await seat.page.setViewportSize(wide)
    await isWhole(seat.page)
    await seat.page.setViewportSize(phone)
    if (view === 'person') await lookBothWays(seat.page, 'admin-english')
  }
  expect(seat.troubles).toEqual([])
  await seat.context.close()
}, 180_000)

it('AP20 AP21 what the auditor sees', async () => {
  const seat = await adminSeat(centre, { ...onTelephone, as: auditor })
  await seat.page.getByRole('listitem').filter({ hasText: '登录' }).first().waitFor()
  await seat.page.getByRole('button', { name: '核对整条链' }).click()
  await seat.page.getByText(/完整：共 \d+ 条/).waitFor()
  await lookBothWays(seat.page, 'admin-audit')
  await seat.page.getByRole('button', { name: 'EN' }).click()
  await seat.page.getByRole('listitem').filter({ hasText: 'Signed in' }).first().waitFor()
  await isWhole(seat.page)
  await seat.page.setViewportSize(wide)
  await isWhole(seat.page)
  expect(seat.troubles).toEqual([])
  await seat.context.close()
})
