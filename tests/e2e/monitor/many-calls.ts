/** Many calls about one matter: the monitor makes an event of it, the next call is joined to it by keys, and she has another matter besides. */
import { expect } from 'vitest'
import { readCentral, until } from '../../../build/stack/central-reader.ts'
import { fillForm, save } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { draftSaved, outcomesAtCentral, talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

const number = '13800002215'

export const manyCallScenes: readonly Scene[] = [
  {
    name: 'an event is offered first while she writes; two keys make the call one more of its; F10 takes down another matter',
    async play(shift) {
      const { desk, dataDir } = await shift.desk()
      await desk.keyboard.press('F10')
      await fillForm(desk, '青云小区停水，从早上八点起一滴都没有', 'later')
      await desk.getByLabel('电话', { exact: true }).fill('13800007788')
      const caseNo = await save(desk)
      const reader = await readCentral(shift.central.url, '1001', demoOperator.password)
      await until(async () => (await reader.casesOf('13800007788')).find((one) => one.caseNo === caseNo), 'the case')

      const { desk: monitor } = await shift.monitor()
      await monitor.keyboard.press('Alt+f')
      await monitor.locator('#case-search').waitFor()
      await monitor.keyboard.insertText('青云小区')
      await monitor.getByTestId('case-hits').getByText(caseNo).waitFor()
      await monitor.keyboard.press('Enter')
      await monitor.getByRole('region', { name: `工单 ${caseNo}` }).waitFor()
      await monitor.keyboard.press('5')
      await monitor.locator('#step-title').waitFor()
      await monitor.locator('#step-title').focus()
      await monitor.keyboard.insertText('青云小区停水')
      await monitor.locator('#step-say').focus()
      await monitor.keyboard.insertText('主管爆裂，预计 18 时恢复')
      await monitor.keyboard.press('Control+Enter')
      await monitor.getByTestId('step-outcome').filter({ hasText: '已办：设为事件' }).waitFor()

      const citizen = await talk(shift, desk, { number })
      await fillForm(desk, '青云小区七栋停水了，什么时候来水', 'later')
      await desk.getByTestId('similar-line').filter({ hasText: '主管爆裂，预计 18 时恢复' }).waitFor()
      // Offered is not taken: the cursor is where it was, and the words are as they were typed.
      expect(await desk.getByLabel('内容', { exact: true }).inputValue()).toBe('青云小区七栋停水了，什么时候来水')
      expect(await desk.getByTestId('similar-list').count()).toBe(0)
      await desk.keyboard.press('Alt+m')
      await desk.getByTestId('similar-list').waitFor()
      await desk.keyboard.press('Enter')
      await desk.getByTestId('similar-done').filter({ hasText: caseNo }).waitFor()
      await desk
        .getByTestId('call-cases')
        .filter({ hasText: `并入 ${caseNo}` })
        .waitFor()

      // She has another matter, in the same call.
      await fillForm(desk, '还有，小区门口的路灯不亮', 'later')
      await draftSaved(desk)
      const second = await save(desk)
      expect(second).not.toBe(caseNo)
      await desk.keyboard.press('F12')
      await citizen.stop()
      await until(() => Promise.resolve(outcomesAtCentral(dataDir).length === 2 || null), 'both outcomes of the call')
      expect(outcomesAtCentral(dataDir)).toEqual(['joinedCase', 'newCase'])

      // Central has her as the second caller, to be replied to; and by her number both are found.
      const hers = await until(async () => {
        const cases = await reader.casesOf(number)
        return cases.length === 2 ? cases : null
      }, 'both cases of her number')
      expect(hers.map((one) => one.caseNo).toSorted()).toEqual([caseNo, second].toSorted())
      await monitor.getByRole('region', { name: `工单 ${caseNo}` }).focus()
      await monitor.keyboard.press('Escape')
      await monitor.getByTestId('case-hits').getByText(caseNo).waitFor()
      await monitor.locator('#case-search').focus()
      await monitor.keyboard.press('Enter')
      const calls = monitor.getByTestId('case-calls')
      await calls.filter({ hasText: '2 人来电' }).waitFor()
      expect(await calls.textContent()).toContain('138****2215')
      expect(await calls.textContent()).toContain('青云小区七栋停水了')
    },
  },
]
