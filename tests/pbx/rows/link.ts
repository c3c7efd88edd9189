import { expect } from 'vitest'
import { askPhone } from '../../../build/stack/ask.ts'
import { HOLD_HZ } from '../../../build/pbx/tones.ts'
import { CITIZEN_HZ, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { openCutter } from '../cutter.ts'
import { EXTENSION, type House } from '../house.ts'
import type { Row } from '../row.ts'
import { cutOff, deskBy } from './road.ts'
import { answered, callIdOf, untilDeskHears, untilLines } from './steps.ts'

/** A citizen in a call with a desk whose road to the exchange can be cut. */
async function cuttable(house: House) {
  const road = await openCutter(house.sip)
  const desk = await deskBy(house, road)
  const citizen = await answered(house, desk)
  return { road, desk, citizen }
}

export const linkRows: readonly Row[] = [
  {
    family: 'link',
    name: 'cut in a call and back: one contact, the same call, sound both ways, and it can be held and ended',
    on: ['asterisk'],
    play: async (house) => {
      const { road, desk, citizen } = await cuttable(house)
      const callId = await callIdOf(desk)
      await cutOff(road, desk)
      road.mend()
      await untilLines(desk, ({ line }) => line === 'registered')
      expect(await callIdOf(desk)).toBe(callId)
      await citizen.untilHears(OPERATOR_HZ)
      await untilDeskHears(desk, CITIZEN_HZ)
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      await untilLines(desk, ({ call }) => call?.phase === 'talking')
      await askPhone(desk, 'phone.hold', { callId, held: true })
      await citizen.plain?.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await askPhone(desk, 'phone.hold', { callId, held: false })
      await citizen.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      await untilLines(desk, ({ call }) => call?.hold.busy === false)
      await desk.keyboard.press('F12')
      expect(await citizen.ended).toBe('operator')
      await statusSays(desk, '整理')
    },
  },
  {
    family: 'link',
    name: 'hung up while the link is away: the exchange hears of it when it is back',
    on: ['asterisk'],
    play: async (house) => {
      const { road, desk, citizen } = await cuttable(house)
      await cutOff(road, desk)
      await desk.keyboard.press('F12')
      road.mend()
      expect(await citizen.ended).toBe('operator')
      await untilLines(desk, ({ call }) => call?.phase === 'ended')
    },
  },
  {
    family: 'link',
    name: 'the citizen hangs up while the link is away: the desk learns that the call is gone',
    on: ['asterisk'],
    play: async (house) => {
      const { road, desk, citizen } = await cuttable(house)
      await cutOff(road, desk)
      await citizen.hangUp()
      road.mend()
      await untilLines(desk, ({ call }) => call?.phase === 'ended')
      await statusSays(desk, '整理')
    },
  },
]
