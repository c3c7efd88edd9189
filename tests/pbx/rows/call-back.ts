import { processIds, statusSays } from '../../e2e/fixture.ts'
import type { Row } from '../row.ts'
import { untilDeskHears } from './steps.ts'

const NUMBER = '13700001122'
const CITIZEN_HZ = 820

export const callBackRows: readonly Row[] = [
  {
    family: 'call back',
    name: 'who gave up while it rang is owed a call, also after the app was killed; one key pays it',
    on: ['asterisk'],
    play: async (house) => {
      const { app, desk, dataDir } = await house.openDesk()
      const citizen = await house.citizen({ number: NUMBER })
      await statusSays(desk, '振铃')
      await citizen.hangUp()
      await statusSays(desk, '未接来电')
      await desk.getByTestId('today-sign').filter({ hasText: '欠回电 1' }).waitFor()
      const ids = await processIds(app)
      const gone = new Promise((resolve) => app.electron.process().once('exit', resolve))
      // The store first: nothing of it may hang on a farewell.
      process.kill(ids.store, 'SIGKILL')
      process.kill(ids.main, 'SIGKILL')
      await gone

      const { desk: again } = await house.openDesk({ dataDir })
      await again.keyboard.press('Alt+h')
      const listed = again.getByTestId('call-list')
      await listed.getByText('欠回电').first().waitFor()
      await listed.getByText('137****1122').first().waitFor()
      await again.keyboard.press('Escape')

      const outside = await house.plainPhone('carrier')
      await again.keyboard.press('Alt+b')
      const incoming = await outside.rung()
      const call = incoming.answer()
      call.sound.hum(CITIZEN_HZ)
      await statusSays(again, '通话中')
      await untilDeskHears(again, CITIZEN_HZ)
      await again.getByTestId('today-sign').getByText('欠回电').waitFor({ state: 'detached' })
      await call.hangUp()
      await statusSays(again, '整理')
    },
  },
]
