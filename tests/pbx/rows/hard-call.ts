/** A citizen who abuses the operator, and what comes after a call. */
import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { factsAtCentral, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import type { Row } from '../row.ts'
import { answered, callIdOf, untilLines } from './steps.ts'

export const hardCallRows: readonly Row[] = [
  {
    family: 'abuse',
    name: 'three warnings by Alt A, the offer to end, the facts at central, and away after the wrap-up until she says otherwise',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, dataDir } = await house.desk()
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
      const callId = await callIdOf(desk)
      for (const count of [1, 2, 3]) {
        await desk.keyboard.press('Alt+KeyA')
        await desk
          .getByTestId('warnings')
          .filter({ hasText: `${count}/3` })
          .waitFor()
      }
      // None of them ends the call (C12): the last words are offered, and she hangs up herself.
      await desk.keyboard.press('F4')
      await desk.getByText('说完结束语').first().waitFor()
      await citizen.untilHears(OPERATOR_HZ)
      await desk.keyboard.press('F12')
      expect(await citizen.ended).toBe('operator')
      await statusSays(desk, '整理')
      const kinds = () => factsAtCentral(dataDir, callId).kinds
      await until(() => Promise.resolve(kinds().includes('ended')), 'the end of the call at central')
      expect(kinds().filter((kind) => kind === 'warned')).toHaveLength(3)
      await desk.keyboard.press('F5')
      await statusSays(desk, '难电话后缓一缓')
      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')
    },
  },
]

/** With a desk of its own. */
export const wrapUpRows: readonly Row[] = [
  {
    family: 'wrap-up',
    name: 'its limit reminds and does no more: no call rings until she says that she is ready',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.openDesk({ wrapUpSeconds: 1 })
      const citizen = await answered(house, desk)
      await citizen.hangUp()
      await statusSays(desk, '整理超时')
      const next = await house.citizen({ number: '13900006688' })
      // The queue offers it, and is refused (480): it is there when the exchange says that nobody answered.
      await house.listen()?.until('DialEnd', { DialStatus: /./ })
      expect((await untilLines(desk, ({ operator }) => operator.status === 'wrapUp')).call?.phase).toBe('ended')
      await desk.keyboard.press('F5')
      await statusSays(desk, '振铃')
      await desk.keyboard.press('F5')
      await next.untilHears(OPERATOR_HZ)
    },
  },
]
