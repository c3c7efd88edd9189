/** Every view through axe-core: no violation, light and dark, at a desk and on a telephone. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCase, openPage, seatOf, startCentre, type Centre, type Seat } from './fixture.ts'
import { lookBothWays, onTelephone } from './look.ts'
import { PHOTO, SCRIPT } from './papers.ts'

const DAY = 86_400_000

let centre: Centre
let fresh: string
let late: string
let done: string
beforeAll(async () => {
  centre = await startCentre()
  fresh = await centre.dispatched('东华一路路灯不亮三天了，晚上出行很不安全，希望尽快修好。')
  late = await centre.inHand('人行道被占道经营，多次反映没有改善。', { at: centre.clock.time - 40 * DAY })
  await centre.step(late, { type: 'supervise', reason: '市民多次来电' })
  await centre.stepBy('3001', late, { type: 'invite', units: ['U-SW'] })
  await centre.stepBy('3003', late, { type: 'contribute', text: '供水管线不受影响' })
  done = await centre.inHand('公厕无人清扫')
  await centre.stepBy('3001', done, { type: 'answer', text: '已安排清扫，今后每日三次。' })
  const back = await centre.dispatched('物业费争议')
  await centre.stepBy('3001', back, { type: 'return', reason: '属住建部门职责' })
})
afterAll(() => centre?.close())

const views: Readonly<Record<string, (seat: Seat) => Promise<void>>> = {
  list: async ({ page }) => page.getByRole('link', { name: /路灯/ }).waitFor(),
  'list-in-hand': async ({ page }) => {
    await page.getByRole('tab', { name: '办理中' }).click()
    await page.getByRole('link', { name: /占道/ }).waitFor()
  },
  'list-returned': async ({ page }) => {
    await page.getByRole('tab', { name: '已退回' }).click()
    await page.getByText('属住建部门职责').waitFor()
  },
  'list-nothing-found': async ({ page }) => {
    await page.getByLabel('查找').fill('没有的事')
    await page.getByLabel('查找').press('Enter')
    await page.getByText('没有找到').waitFor()
  },
  'to-sign': (seat) => openCase(seat, fresh),
  'in-hand': async (seat) => {
    await openCase(seat, late)
    await seat.page.locator('input[type=file]').setInputFiles([
      { name: '现场.jpg', mimeType: 'image/jpeg', buffer: PHOTO },
      { name: '脚本.png', mimeType: 'image/png', buffer: SCRIPT },
    ])
    await seat.page.getByRole('alert').waitFor()
    await seat.page.getByRole('button', { name: '知道了' }).waitFor()
  },
  'ask-others': async (seat) => {
    await openCase(seat, late)
    await seat.page.getByRole('button', { name: '邀请会办' }).click()
    await seat.page.getByLabel('查找单位').fill('建设')
    await seat.page.getByRole('button', { name: /建设局/ }).click()
    await seat.page.getByRole('button', { name: /移除/ }).first().waitFor()
  },
  'ask-for-time': async (seat) => {
    await openCase(seat, late)
    await seat.page.getByRole('button', { name: '申请延期' }).click()
    await seat.page.getByLabel('延期几个工作日').fill('99')
  },
  'give-back': async (seat) => {
    await openCase(seat, late)
    await seat.page.getByRole('button', { name: '退回', exact: true }).click()
    await seat.page.getByLabel('退回理由').waitFor()
  },
  answered: (seat) => openCase(seat, done),
  gone: async ({ page }) => {
    await page.goto(`${centre.url}/unit/#/cases/01890a5d-ac96-7000-8000-00000000dead`)
    await page.getByText('没有这件工单').waitFor()
  },
  deputy: async ({ page }) => {
    await page.getByRole('button', { name: '城管局经办一' }).click()
    await page.getByLabel('由谁代办').waitFor()
  },
}

it('UP20 the sign-in', async () => {
  const { page, context } = await openPage(centre, onTelephone)
  await page.getByLabel('工号').waitFor()
  await lookBothWays(page, 'sign-in')
  await context.close()
})

it('UP21 speaks English as well, with nothing pushed out of the page', async () => {
  const seat = await seatOf(centre, '3001', onTelephone)
  const { page } = seat
  await page.getByRole('button', { name: 'EN' }).click()
  await page.getByRole('tab', { name: 'To sign' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await openCase(seat, late)
  await page.getByRole('button', { name: 'Ask for time' }).click()
  await lookBothWays(page, 'english')
  await page.reload()
  await page.getByRole('textbox', { name: 'Answer' }).waitFor()
  await seat.context.close()
})

it('UP20 every view of who is signed in', async () => {
  const seat = await seatOf(centre, '3001', onTelephone)
  for (const [view, open] of Object.entries(views)) {
    await seat.page.goto(`${centre.url}/unit/`)
    await seat.page.reload()
    await seat.page.getByRole('tab', { name: /待签收 \d/ }).waitFor()
    await open(seat)
    await lookBothWays(seat.page, view)
  }
  expect(seat.troubles).toEqual([])
  await seat.context.close()
}, 120_000)
