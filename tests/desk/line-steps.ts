import { expect } from 'vitest'
import { useCall } from '../../renderer/desk/stores/call-store.ts'
import { dialTyped, toggleDial } from '../../renderer/desk/stores/dial-store.ts'
import { useDraft } from '../../renderer/desk/stores/draft-store.ts'
import type { FakeDesktop } from './fake-bridge.ts'
import { rest } from './fake-window.ts'

/** What is seen and done of the calls beside each other. */
export function lineSteps(world: FakeDesktop) {
  const lines = () => useCall.getState().snapshot ?? expect.fail('no snapshot')
  const besideId = () => lines().beside?.caller.callId ?? ''
  return {
    lines,
    besideId,
    openNow: () => useDraft.getState().open,
    sent: () => world.calls.filter(({ name }) => name.startsWith('phone.')),
    /** Somebody is asked beside the citizen, and has answered. */
    ask: async (number = '8001', purpose: 'consult' | 'handOver' = 'consult') => {
      toggleDial()
      dialTyped(number, purpose)
      await rest()
      world.pickUp(besideId())
    },
  }
}
