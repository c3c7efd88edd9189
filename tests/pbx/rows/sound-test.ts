import { expect } from 'vitest'
import { askPhone } from '../../../build/stack/ask.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { CITIZEN_HZ, OPERATOR_HZ, callsTold, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import type { Row } from '../row.ts'
import { untilDeskHears, untilLines } from './steps.ts'

const SECOND_NUMBER = '13900006688'

export const soundTestRows: readonly Row[] = [
  {
    family: 'echo',
    name: 'the echo says the operator’s voice back; a call that comes ends the test at once and rings',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, dataDir } = await house.desk()
      const before = { shown: (await phoneSnapshot(desk)).call, told: callsTold(dataDir) }
      const events = house.listen()
      await desk.keyboard.press('Alt+KeyY')
      await desk.getByRole('button', { name: '回声测试' }).click()
      await desk.getByText('听到了自己的声音').waitFor()
      const { operator, call, echo } = await untilLines(desk, ({ echo: test }) => test?.heard === true)
      expect({ status: operator.status, call, state: echo?.state }).toEqual({
        status: 'ready',
        call: before.shown,
        state: 'up',
      })
      const caller = await (await house.plainPhone(SECOND_NUMBER)).call(EXTENSION, CITIZEN_HZ)
      await statusSays(desk, '振铃')
      await events?.until('Hangup', { Exten: '600' })
      expect((await untilLines(desk, ({ call: one }) => one?.phase === 'ringing')).echo?.state).toBe('over')
      await desk.keyboard.press('F5')
      await caller.answered
      await untilDeskHears(desk, CITIZEN_HZ)
      await caller.sound.ear.untilTone(OPERATOR_HZ)
      const { call: taken } = await untilLines(desk, ({ call: one }) => one?.phase === 'talking')
      await caller.hangUp()
      await untilLines(desk, ({ call: one }) => one?.outcome === 'completed')
      // Of the test nothing was told.
      expect(callsTold(dataDir).filter((id) => !before.told.includes(id))).toEqual([taken?.caller.callId])
    },
  },
  {
    family: 'echo',
    name: 'a desk that is closed in the midst of it leaves nothing up at the exchange',
    on: ['asterisk'],
    play: async (house) => {
      const { app, desk } = await house.openDesk()
      await askPhone(desk, 'phone.echoTest', { on: true })
      await untilLines(desk, ({ echo }) => echo?.heard === true)
      const events = house.pbx().ami.listen()
      await app.close()
      await events.until('Hangup', { Exten: '600' })
    },
  },
  {
    family: 'auto-answer',
    name: 'after a second of ringing the call is answered without a key, and both hear each other; a second one only knocks',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.openDesk({ autoAnswer: 1 })
      const citizen = await house.citizen()
      await statusSays(desk, '通话中')
      await Promise.all([untilDeskHears(desk, CITIZEN_HZ), citizen.untilHears(OPERATOR_HZ)])
      const second = await (await house.plainPhone(SECOND_NUMBER)).call(EXTENSION)
      const { other } = await untilLines(desk, ({ other: one }) => one?.phase === 'ringing')
      const since = other?.ringAt ?? 0
      // Twice the time in which the first one was answered.
      await untilLines(desk, ({ operator }) => operator.status === 'talking' && Date.now() - since > 2_800)
      expect((await untilLines(desk, () => true)).other?.phase).toBe('ringing')
      await second.hangUp()
    },
  },
]
