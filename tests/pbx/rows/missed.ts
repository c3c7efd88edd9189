import { untilPhase } from '../../../build/stack/drive.ts'
import { OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import { BOTH, type Row } from '../row.ts'

export const missedRows: readonly Row[] = [
  {
    family: 'missed',
    name: 'nobody answers: the desk goes away, and the call waits for whoever is ready',
    on: BOTH,
    play: async (house) => {
      const brief = await house.ringing(1)
      const { desk } = await brief.openDesk()
      const events = brief.listen()
      const citizen = await brief.citizen()
      await statusSays(desk, '振铃')
      await statusSays(desk, '未接来电')
      await events?.until('AgentRingNoAnswer', { Interface: `PJSIP/${EXTENSION}` })
      // Answered the second time: the citizen never had to call again.
      await desk.keyboard.press('F5')
      await statusSays(desk, '振铃')
      await desk.keyboard.press('F5')
      await statusSays(desk, '通话中')
      await citizen.untilHears(OPERATOR_HZ)
    },
  },
  {
    family: 'missed',
    name: 'the citizen gives up while it rings: the desk falls silent and goes away',
    on: BOTH,
    play: async (house) => {
      const { app, desk } = await house.desk()
      const events = house.listen()
      const citizen = await house.citizen()
      await statusSays(desk, '振铃')
      await citizen.hangUp()
      await untilPhase(desk, 'ended')
      await statusSays(desk, '未接来电')
      const phone = await app.phone()
      await phone.waitForFunction(() => (window as unknown as { ringLevel(): number }).ringLevel() === 0)
      await events?.until('QueueCallerAbandon', { Queue: '12345' })
    },
  },
]
