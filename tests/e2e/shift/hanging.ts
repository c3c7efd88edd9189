/** A window that lives and does not turn is noticed, and comes back; nothing of the call is lost by it. */
import { citizenHears } from '../../../build/stack/citizen-hears.ts'
import type { DrivenApp } from '../../../build/stack/drive.ts'
import { processIds, statusSays, talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

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

export const hangingScenes: readonly Scene[] = [
  {
    name: 'H1: a desk that hangs makes the ready away; when it turns again it says so, and she is ready at a key',
    async play(shift) {
      const { app, desk } = await shift.desk()
      const before = await processIds(app)
      const gone = deskGone(app)
      process.kill(before.desk, 'SIGSTOP')
      await gone
      process.kill(before.desk, 'SIGCONT')
      await statusSays(desk, '暂离 · 工作台曾中断')
      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')
    },
  },
  {
    name: 'H1: a phone that hangs in a call is said on the desk, and the same call goes on when it turns again',
    async play(shift) {
      const { app, desk } = await shift.desk()
      const citizen = await talk(shift, desk)
      const before = await processIds(app)
      process.kill(before.phone, 'SIGSTOP')
      await desk.getByTestId('notices').getByText('电话没有响应').waitFor()
      process.kill(before.phone, 'SIGCONT')
      await statusSays(desk, '通话中')
      await citizenHears(citizen)
      await desk.keyboard.press('F12')
      await citizen.said('ended')
    },
  },
]
