/** The exchange's queue follows the operator's status by feature codes, as the exchange itself tells it. */
import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { CITIZEN_HZ, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION, type House } from '../house.ts'
import type { Row } from '../row.ts'
import { answered, untilDeskHears, untilLines } from './steps.ts'

/** The codes of build/pbx/etc/extensions.conf. */
export const queueCodes = { queueLogin: '*45', queueLogout: '*46', queuePause: '*47', queueUnpause: '*48' }

/** How the exchange has the operator in its queue. */
async function inQueue(house: House): Promise<'out' | 'paused' | 'in'> {
  const told = await house.pbx().ami.list('QueueStatus', { Queue: '12345' })
  const member = told.find(({ Event, Name }) => Event === 'QueueMember' && Name === `PJSIP/${EXTENSION}`)
  return member === undefined ? 'out' : member['Paused'] === '1' ? 'paused' : 'in'
}

const untilQueueHas = (house: House, wanted: Awaited<ReturnType<typeof inQueue>>) =>
  until(async () => (await inQueue(house)) === wanted, `the operator «${wanted}» in the queue`)

export const queueCodeRows: readonly Row[] = [
  {
    family: 'queue codes',
    name: 'ready enters the queue, away and a wrap-up pause in it, ready again goes on, signed out is gone',
    on: ['asterisk'],
    play: async (empty) => {
      const house = await empty.withEmptyQueue()
      expect(await inQueue(house)).toBe('out')
      const { desk } = await house.openDesk(queueCodes)
      const agreed = () => untilLines(desk, ({ queue }) => queue === 'agreed')
      await untilQueueHas(house, 'in')
      await agreed()
      await desk.keyboard.press('F8')
      await desk.keyboard.press('1')
      await untilQueueHas(house, 'paused')
      await agreed()
      await desk.keyboard.press('F5')
      await untilQueueHas(house, 'in')
      await agreed()
      const citizen = await answered(house, desk)
      await Promise.all([untilDeskHears(desk, CITIZEN_HZ), citizen.untilHears(OPERATOR_HZ)])
      await citizen.hangUp()
      await statusSays(desk, '整理')
      await untilQueueHas(house, 'paused')
      await agreed()
      await desk.keyboard.press('F5')
      await untilQueueHas(house, 'in')
      await agreed()
      await desk.getByRole('button', { name: demoOperator.staffNo }).click()
      await desk.getByRole('button', { name: '退出登录' }).click()
      await untilQueueHas(house, 'out')
    },
  },
  {
    family: 'queue codes',
    name: 'a desk that is dead for five seconds is paused in the queue (O7), and says so when it is back',
    on: ['asterisk'],
    play: async (empty) => {
      const house = await empty.withEmptyQueue()
      const { app } = await house.openDesk(queueCodes)
      await untilQueueHas(house, 'in')
      // It dies, and whatever opens in its place dies as well.
      await app.electron.evaluate(({ app: electron, BrowserWindow }) => {
        const crash = (contents: Electron.WebContents) => contents.forcefullyCrashRenderer()
        const each = (_event: unknown, contents: Electron.WebContents) =>
          contents.once('did-navigate', () => crash(contents))
        electron.on('web-contents-created', each)
        Object.assign(globalThis, { letDeskLive: () => electron.off('web-contents-created', each) })
        const desk = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith('app://desk/'))
        if (desk !== undefined) crash(desk.webContents)
      })
      await untilQueueHas(house, 'paused')
      await app.electron.evaluate(() => (globalThis as unknown as { letDeskLive(): void }).letDeskLive())
      const desk = await until(async () => {
        const page = await app.desk()
        return (await page.evaluate(() => document.documentElement.dataset['ready']).catch(() => '')) === 'true' && page
      }, 'a desk again')
      await statusSays(desk, '工作台曾中断')
    },
  },
]
