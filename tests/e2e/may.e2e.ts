/** What the administrator keeps to himself, in the real app: not by mouse, not by key, not by a forged command. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askPhone } from '../../build/stack/ask.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { openApp, readyDesk } from './fixture.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

const another = { role: 'microphone', name: 'Fake Audio Input 2' } as const

test('with nothing left to the operator the choices are shut, say whose they are, and a forged command is refused', async () => {
  const app = await openApp({ stack, settings: { operatorMay: [] } })
  const desk = await readyDesk(app)
  expect(await desk.getByRole('button', { name: 'EN', exact: true }).isDisabled()).toBe(true)
  await desk.keyboard.press('Alt+KeyY')
  const microphones = desk.getByLabel('麦克风', { exact: true })
  await microphones.waitFor()
  expect(await microphones.isDisabled()).toBe(true)
  await desk.getByText('管理员不允许在此更改').last().waitFor()
  await expect(askPhone(desk, 'phone.useDevice', another)).rejects.toThrow('phone.useDevice: forbidden')
  expect(await microphones.inputValue()).toBe('')
})

test('what is left to her she may change, and nothing else', async () => {
  const app = await openApp({ stack, settings: { operatorMay: ['devices'] } })
  const desk = await readyDesk(app)
  expect(await desk.getByRole('button', { name: 'EN', exact: true }).isDisabled()).toBe(true)
  await desk.keyboard.press('Alt+KeyY')
  const microphones = desk.getByLabel('麦克风', { exact: true })
  await microphones.selectOption(another.name)
  expect((await askPhone(desk, 'phone.devices', null)).chosen.microphone).toBe(another.name)
})
