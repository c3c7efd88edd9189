import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot, untilPhase } from '../../../build/stack/drive.ts'
import { factsAtCentral, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION, type House } from '../house.ts'
import { BOTH, type Row } from '../row.ts'
import { answered, untilLines } from './steps.ts'

/** The exchange has let go of every leg of the call. */
async function nothingUp(house: House): Promise<void> {
  if (house.kind !== 'asterisk') return
  await until(async () => /^0 active channels/m.test(await house.pbx().cli('core show channels')), 'no channel')
}

export const hangUpRows: readonly Row[] = [
  {
    family: 'hang up',
    name: 'the operator hangs up: the citizen is free, and the desk wraps up',
    on: BOTH,
    play: async (house) => {
      const { desk, dataDir } = await house.desk()
      const events = house.listen()
      const citizen = await answered(house, desk)
      const callId = (await phoneSnapshot(desk)).call?.caller.callId ?? ''
      await desk.keyboard.press('F12')
      expect(await citizen.ended).toBe('operator')
      await statusSays(desk, '整理')
      await events?.until('AgentComplete', { Interface: `PJSIP/${EXTENSION}`, Reason: 'agent' })
      await nothingUp(house)
      await until(async () => factsAtCentral(dataDir, callId).kinds.includes('ended'), 'the end of the call in central')
      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')
    },
  },
  {
    family: 'hang up',
    name: 'whom the operator holds she may end (L13): the citizen is free, and the desk wraps up',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.desk()
      const events = house.listen()
      const citizen = await answered(house, desk)
      await desk.keyboard.press('F11')
      await untilLines(desk, ({ call }) => call?.hold.stands === true && !call.hold.busy)
      await desk.keyboard.press('F12')
      expect(await citizen.ended).toBe('operator')
      await statusSays(desk, '整理')
      await events?.until('AgentComplete', { Interface: `PJSIP/${EXTENSION}`, Reason: 'agent' })
      await nothingUp(house)
    },
  },
  {
    family: 'hang up',
    name: 'the citizen hangs up: the desk says so and wraps up',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.desk()
      const events = house.listen()
      const citizen = await answered(house, desk)
      await citizen.hangUp()
      await untilPhase(desk, 'ended')
      await statusSays(desk, '整理')
      await events?.until('AgentComplete', { Interface: `PJSIP/${EXTENSION}`, Reason: 'caller' })
      await nothingUp(house)
    },
  },
]
