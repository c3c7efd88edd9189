import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { statusOf } from '../../renderer/desk/header/status-words.ts'
import { useCall } from '../../renderer/desk/stores/call-store.ts'
import { forgetDialled } from '../../renderer/desk/stores/dial-store.ts'
import { lineSteps } from './line-steps.ts'
import { openDesk } from './open-desk.ts'

const { world, callIn, press } = openDesk(forgetDialled)
const { ask } = lineSteps(world)
const t = ((key: string) => key) as TFunction
const shown = () => statusOf(useCall.getState().snapshot, true, t).words

test('O9 she is said to hold while nobody is spoken with, as central is told, and to talk with whomever she asks', async () => {
  world.takeCall(callIn('held'))
  expect(shown()).toBe('status.talking')
  await press('hold')
  expect(shown()).toBe('status.held')
  await ask()
  expect(shown()).toBe('status.talking')
  await press('drop', 'hold')
  expect(shown()).toBe('status.held')
  await press('hold')
  expect(shown()).toBe('status.talking')
})
