import { expect } from 'vitest'
import { HOLD_HZ } from '../../../build/pbx/tones.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import { CITIZEN_HZ, OPERATOR_HZ } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import { Refused } from '../plain/plain-call.ts'
import type { Row } from '../row.ts'
import { answered, untilDeskHears, untilLines } from './steps.ts'

const SECOND_HZ = 820
const SECOND_NUMBER = '13900006688'

export const secondLineRows: readonly Row[] = [
  {
    family: 'second line',
    name: 'a second citizen knocks, is answered with the first one held, and the two are swapped',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const first = await answered(house, desk)
      const second = await (await house.plainPhone(SECOND_NUMBER)).call(EXTENSION, SECOND_HZ)
      const knocking = await untilLines(desk, ({ other }) => other?.phase === 'ringing')
      await askPhone(desk, 'phone.answer', { callId: knocking.other?.caller.callId ?? '' })
      await second.answered
      await second.sound.ear.untilTone(OPERATOR_HZ)
      await first.plain?.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await untilDeskHears(desk, SECOND_HZ)
      await askPhone(desk, 'phone.swap', null)
      await first.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      await second.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await untilDeskHears(desk, CITIZEN_HZ)
      await first.hangUp()
      const left = await untilLines(desk, ({ other }) => other === null)
      expect(left.call?.caller.number).toBe(SECOND_NUMBER)
      await second.hangUp()
    },
  },
  {
    family: 'second line',
    name: 'refused, the second citizen hears busy (486), and the first one nothing of it',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const first = await answered(house, desk)
      const second = await (await house.plainPhone(SECOND_NUMBER)).call(EXTENSION)
      const refusal = expect(second.answered).rejects.toThrow(new Refused(486, 'Busy Here').message)
      const knocking = await untilLines(desk, ({ other }) => other?.phase === 'ringing')
      await askPhone(desk, 'phone.reject', { callId: knocking.other?.caller.callId ?? '' })
      await refusal
      await first.untilHears(OPERATOR_HZ)
    },
  },
]
