/** What the administrator keeps to himself, in the real app: not by mouse, not by key, not by a forged command. */
import { expect } from 'vitest'
import { askPhone } from '../../../build/stack/ask.ts'
import type { Scene } from '../shift.ts'

const another = { role: 'microphone', name: 'Fake Audio Input 2' } as const

export const mayScenes: readonly Scene[] = [
  {
    name: 'with nothing left to the operator the choices are shut, say whose they are, and a forged command is refused',
    async play(shift) {
      const { desk } = await shift.ownDesk({ settings: { operatorMay: [] } })
      expect(await desk.getByRole('button', { name: 'EN', exact: true }).isDisabled()).toBe(true)
      await desk.keyboard.press('Alt+KeyY')
      const microphones = desk.getByLabel('麦克风', { exact: true })
      await microphones.waitFor()
      expect(await microphones.isDisabled()).toBe(true)
      await desk.getByText('管理员不允许在此更改').last().waitFor()
      await expect(askPhone(desk, 'phone.useDevice', another)).rejects.toThrow('phone.useDevice: forbidden')
      expect(await microphones.inputValue()).toBe('')
    },
  },
  {
    name: 'what is left to her she may change, and nothing else',
    async play(shift) {
      const { desk } = await shift.ownDesk({ settings: { operatorMay: ['devices'] } })
      expect(await desk.getByRole('button', { name: 'EN', exact: true }).isDisabled()).toBe(true)
      await desk.keyboard.press('Alt+KeyY')
      const microphones = desk.getByLabel('麦克风', { exact: true })
      await microphones.selectOption(another.name)
      await microphones.locator(`option:checked`, { hasText: another.name }).waitFor({ state: 'attached' })
      expect((await askPhone(desk, 'phone.devices', null)).chosen.microphone).toBe(another.name)
    },
  },
]
