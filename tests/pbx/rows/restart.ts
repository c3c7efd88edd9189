/** The exchange itself goes down, as in a power cut, and comes back: it knows no contact and no call of before. */
import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { factsAtCentral, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import type { Row } from '../row.ts'
import { answered, callIdOf, untilLines } from './steps.ts'

const RING_SECONDS = 60

export const restartRows: readonly Row[] = [
  {
    family: 'restart',
    name: 'out of a call: ready is taken back, and said again with one contact; the next call comes through',
    on: ['asterisk'],
    play: async (all) => {
      const house = await all.ringing(RING_SECONDS)
      const { desk } = await house.openDesk()
      const restore = await house.powerCut()
      await untilLines(desk, ({ line, operator }) => line === 'connecting' && operator.status === 'offline')
      await restore()
      await statusSays(desk, '就绪')
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
    },
  },
  {
    family: 'restart',
    name: 'in a call: the line is back with one contact, the call is lost and says so, here and at central',
    on: ['asterisk'],
    play: async (all) => {
      const house = await all.ringing(RING_SECONDS)
      const { desk, dataDir } = await house.openDesk()
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
      const callId = await callIdOf(desk)
      await desk.getByLabel('内容', { exact: true }).fill('交换机断电之前记下的内容')
      const restore = await house.powerCut()
      await untilLines(desk, ({ line, call }) => line === 'connecting' && call?.phase !== 'ended')
      await restore()
      // Its dialog is gone (481): the offer finds that out, nobody presses a key.
      await untilLines(desk, ({ call }) => call?.outcome === 'lost')
      await statusSays(desk, '整理')
      await desk.getByTestId('caller-card').filter({ hasText: '通话中断，请回拨市民' }).waitFor()
      expect(await desk.getByLabel('内容', { exact: true }).inputValue()).toBe('交换机断电之前记下的内容')
      await untilLines(desk, ({ line }) => line === 'registered')
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      await until(async () => factsAtCentral(dataDir, callId).outcome === 'lost', 'the lost call at central')
    },
  },
]
