/** A window that lives and does not turn is noticed, and comes back; nothing of the call is lost by it. */
import { afterAll, beforeAll, test } from 'vitest'
import { citizenHears } from '../../build/stack/citizen-hears.ts'
import type { DrivenApp } from '../../build/stack/drive.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { openApp, processIds, readyDesk, statusSays, talk } from './fixture.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

/** Until the phone tells main that the operator is away for want of a desk. */
function deskGone(app: DrivenApp): Promise<void> {
  return app.electron.evaluate(
    ({ ipcMain }) =>
      new Promise<void>((resolve) =>
        ipcMain.on('event', (_event, name: string, data: { operator?: { away: string | null } }) => {
          if (name === 'phone.changed' && data.operator?.away === 'deskGone') resolve()
        }),
      ),
  )
}

test('H1: a desk that hangs makes the ready away; when it turns again it says so, and she is ready at a key', async () => {
  const app = await openApp({ stack })
  const desk = await readyDesk(app)
  const before = await processIds(app)
  const gone = deskGone(app)
  process.kill(before.desk, 'SIGSTOP')
  await gone
  process.kill(before.desk, 'SIGCONT')
  await statusSays(desk, '暂离 · 工作台曾中断')
  await desk.keyboard.press('F5')
  await statusSays(desk, '就绪')
})

test('H1: a phone that hangs in a call is said on the desk, and the same call goes on when it turns again', async () => {
  const app = await openApp({ stack })
  const desk = await readyDesk(app)
  const citizen = await talk(stack, desk)
  const before = await processIds(app)
  process.kill(before.phone, 'SIGSTOP')
  await desk.getByTestId('notices').getByText('电话没有响应').waitFor()
  process.kill(before.phone, 'SIGCONT')
  await statusSays(desk, '通话中')
  await citizenHears(citizen)
  await desk.keyboard.press('F12')
  await citizen.said('ended')
})
