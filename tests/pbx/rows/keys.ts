import { expect } from 'vitest'
import { HOLD_HZ } from '../../../build/pbx/tones.ts'
import { CITIZEN_HZ, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import type { Row } from '../row.ts'
import { answered, untilDeskHears, untilLines } from './steps.ts'

const UNIT = '1101'
const UNIT_HZ = 820
const SECOND_NUMBER = '13900006688'

/** What an operator presses, from end to end: the screen says what it may, and the keys do what it says. */
export const keyRows: readonly Row[] = [
  {
    family: 'keys',
    name: 'Alt D, a number, Enter: the unit is asked; Alt T: the citizen is put through, and the desk wraps up',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const citizen = await answered(house, desk)
      const unit = await house.plainPhone(UNIT)
      await desk.keyboard.press('Alt+KeyD')
      await desk.keyboard.type(UNIT)
      await desk.keyboard.press('Enter')
      const incoming = await unit.rung()
      incoming.ring()
      await desk.getByText('保持中').first().waitFor()
      const call = incoming.answer()
      call.sound.hum(UNIT_HZ)
      await call.sound.ear.untilTones([OPERATOR_HZ], [CITIZEN_HZ])
      await desk.getByRole('button', { name: '完成转接' }).waitFor()
      await desk.keyboard.press('Alt+KeyT')
      await citizen.plain?.sound.ear.untilTones([UNIT_HZ], [OPERATOR_HZ])
      await call.sound.ear.untilTones([CITIZEN_HZ], [OPERATOR_HZ])
      await statusSays(desk, '整理')
      await desk.getByText('已转接').first().waitFor()
    },
  },
  {
    family: 'keys',
    name: 'Alt E and a digit dial the emergency service; where that comes to nothing the citizen is back',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const citizen = await answered(house, desk)
      await desk.keyboard.press('Alt+KeyE')
      await desk.getByTestId('emergency-choice').waitFor()
      await desk.keyboard.press('3')
      // This exchange has no such number.
      const { beside } = await untilLines(desk, ({ beside: one }) => one?.phase === 'ended')
      expect(beside).toMatchObject({ purpose: 'emergency', outcome: 'failed', status: 404, caller: { number: '120' } })
      await citizen.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      await untilDeskHears(desk, CITIZEN_HZ)
    },
  },
  {
    family: 'keys',
    name: 'F11 holds and takes back; F5 answers whoever knocks, Alt S swaps, F12 ends the one she speaks with alone',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const first = await answered(house, desk)
      await desk.keyboard.press('F11')
      await first.plain?.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await desk.keyboard.press('F11')
      await first.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      const second = await (await house.plainPhone(SECOND_NUMBER)).call(EXTENSION, UNIT_HZ)
      await desk.getByText('第二来电').waitFor()
      await desk.keyboard.press('F5')
      await second.answered
      await untilDeskHears(desk, UNIT_HZ)
      await first.plain?.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await untilLines(desk, ({ call, other }) => call?.phase === 'talking' && other?.hold.busy === false)
      await desk.keyboard.press('Alt+KeyS')
      await first.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      await desk.keyboard.press('F12')
      expect(await first.ended).toBe('operator')
      const left = await untilLines(desk, ({ other }) => other === null)
      expect(left.call?.caller.number).toBe(SECOND_NUMBER)
    },
  },
]
