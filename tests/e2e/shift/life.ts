/** A matter that goes to a unit: the citizen is told by when, and the next operator sees where it stands. */
import { expect } from 'vitest'
import { monitorAtCentral, readCentral, until } from '../../../build/stack/central-reader.ts'
import { fillForm, save } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { statusSays, talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

const number = '13800002213'

export const lifeScenes: readonly Scene[] = [
  {
    name: 'what is turned over has a day, and a citizen who calls again is told that a unit has it',
    async play(shift) {
      const { desk } = await shift.desk()
      const first = await talk(shift, desk, { number })
      await fillForm(desk, '公交站牌被撞坏', 'later')
      await desk
        .getByTestId('promise')
        .filter({ hasText: /请告知：\d+月\d+日（周.）24时前答复.*咨询 · 2 个工作日/ })
        .waitFor()
      const caseNo = await save(desk)
      await desk.keyboard.press('F12')
      await first.said('ended')
      await statusSays(desk, '整理')
      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')

      const reader = await readCentral(shift.central.url, '1001', demoOperator.password)
      const { caseId } = await until(
        async () => (await reader.casesOf(number)).find((one) => one.caseNo === caseNo),
        'the case at central',
      )
      const monitor = await monitorAtCentral(shift.central.url)
      await expect(monitor.step(caseId, { type: 'dispatch', unit: 'U-NONE' })).rejects.toThrow('400')
      await monitor.step(caseId, { type: 'dispatch', unit: 'U-GA' })
      expect(await reader.record(caseId)).toMatchObject({ state: 'toSign', life: { unit: 'U-GA' } })

      const again = await talk(shift, desk, { number })
      await desk.getByRole('list', { name: '此号码的工单' }).getByText('待签收').waitFor()
      await desk.keyboard.press('F12')
      await again.said('ended')
    },
  },
]
