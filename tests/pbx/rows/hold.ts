import { expect } from 'vitest'
import { HOLD_HZ } from '../../../build/pbx/tones.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import { CITIZEN_HZ, OPERATOR_HZ } from '../../e2e/fixture.ts'
import { BOTH, type Row } from '../row.ts'
import { answered, callIdOf, untilDeskHears, untilLines } from './steps.ts'

const CYCLES = 20

export const holdRows: readonly Row[] = [
  {
    family: 'hold',
    name: 'held and taken back, both hear each other; a hang-up while held is heard of',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.desk()
      const citizen = await answered(house, desk)
      const callId = await callIdOf(desk)
      await askPhone(desk, 'phone.hold', { callId, held: true })
      await untilLines(desk, ({ call }) => call?.hold.stands === true && !call.hold.busy)
      await askPhone(desk, 'phone.hold', { callId, held: false })
      await citizen.untilHears(OPERATOR_HZ)
      await untilDeskHears(desk, CITIZEN_HZ)
      await askPhone(desk, 'phone.hold', { callId, held: true })
      await untilLines(desk, ({ call }) => call?.hold.stands === true && !call.hold.busy)
      await citizen.hangUp()
      await untilLines(desk, ({ call }) => call?.outcome === 'completed')
    },
  },
  {
    family: 'hold',
    name: 'twenty times: the held citizen hears nothing of the operator, taken back both hear each other',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const citizen = await answered(house, desk)
      // From here on: while she waited in the queue she heard the same music.
      const events = house.listen()
      await citizen.untilHears(OPERATOR_HZ)
      const callId = await callIdOf(desk)
      const ear = citizen.plain?.sound.ear
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        await askPhone(desk, 'phone.hold', { callId, held: true })
        await ear?.untilTones([HOLD_HZ], [OPERATOR_HZ])
        await untilLines(desk, ({ call }) => call?.hold.stands === true && !call.hold.busy)
        await askPhone(desk, 'phone.hold', { callId, held: false })
        await ear?.untilTones([OPERATOR_HZ], [HOLD_HZ])
        await untilDeskHears(desk, CITIZEN_HZ)
        await untilLines(desk, ({ call }) => call?.hold.stands === false && !call.hold.busy)
      }
      expect(events?.all('MusicOnHoldStart')).toHaveLength(CYCLES)
    },
  },
]
