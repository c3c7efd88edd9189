/** A matter that goes to a unit: the citizen is told by when, and the next operator sees where it stands. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { monitorAtCentral, readCentral, until } from '../../build/stack/central-reader.ts'
import { fillForm, save } from '../../build/stack/hands.ts'
import { demoOperator, startStack, type Stack } from '../../build/stack/stack.ts'
import { NUMBER, openApp, readyDesk, statusSays, talk } from './fixture.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test('what is turned over has a day, and a citizen who calls again is told that a unit has it', async () => {
  const app = await openApp({ stack })
  const desk = await readyDesk(app)
  const first = await talk(stack, desk)
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

  const reader = await readCentral(stack.central.url, '1001', demoOperator.password)
  const { caseId } = await until(
    async () => (await reader.casesOf(NUMBER)).find((one) => one.caseNo === caseNo),
    'the case at central',
  )
  const monitor = await monitorAtCentral(stack.central.url)
  await expect(monitor.step(caseId, { type: 'dispatch', unit: 'U-NONE' })).rejects.toThrow('400')
  await monitor.step(caseId, { type: 'dispatch', unit: 'U-GA' })
  expect(await reader.record(caseId)).toMatchObject({ state: 'toSign', life: { unit: 'U-GA' } })

  const again = await talk(stack, desk)
  await desk.getByRole('list', { name: '此号码的工单' }).getByText('待签收').waitFor()
  await desk.keyboard.press('F12')
  await again.said('ended')
})
