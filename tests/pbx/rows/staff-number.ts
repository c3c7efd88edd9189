import { digitHz } from '../../../build/pbx/tones.ts'
import { CITIZEN_HZ, NUMBER, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import type { Row } from '../row.ts'
import { untilDeskHears, untilLines } from './steps.ts'

/** The hotline's number at which the exchange says the operator's number first. */
const ANNOUNCED = '12346'

export const staffNumberRows: readonly Row[] = [
  {
    family: 'staff number',
    name: 'the exchange tells the citizen who answers, digit by digit, and then the two hear each other',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const call = await (await house.plainPhone(NUMBER)).call(ANNOUNCED, CITIZEN_HZ)
      await statusSays(desk, '振铃')
      await desk.keyboard.press('F5')
      for (const digit of new Set(EXTENSION)) await call.sound.ear.untilTones([digitHz(Number(digit))], [OPERATOR_HZ])
      await call.sound.ear.untilTone(OPERATOR_HZ)
      await untilDeskHears(desk, CITIZEN_HZ)
      await untilLines(desk, ({ call: one }) => one?.phase === 'talking' && one.caller.number === NUMBER)
    },
  },
]
