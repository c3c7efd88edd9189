/** Calls that lead to no case: the outcome goes to the store, and nothing of them stays on the list. */
import { beforeEach, describe, expect, test } from 'vitest'
import { perform, settleCall } from '../../renderer/desk/actions.ts'
import { deskState, useCall } from '../../renderer/desk/stores/call-store.ts'
import { edit, openDraft, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { useSync } from '../../renderer/desk/stores/sync-store.ts'
import { rest, until } from './fake-window.ts'
import { openDesk } from './open-desk.ts'

const { world, callIn } = openDesk()
let callId = ''
beforeEach(() => {
  callId = callIn('call')
})

const talk = () => world.takeCall(callId)
const openNow = () => useDraft.getState().open
const stateNow = () => deskState(useCall.getState().snapshot)

/** A wrap-up that is given its outcome, and left for a new case while the store is slow to take it. */
async function settledLate(before: () => void = () => undefined): Promise<void> {
  talk()
  await world.invoke('phone.hangUp', { callId })
  await until(() => stateNow() === 'wrapUp', 'wrap-up')
  world.slow = { 'call.settle': 30 }
  const settled = settleCall('silent')
  before()
  perform('ready')
  if (openNow() !== null) openDraft(null)
  expect(await settled).toBe(true)
  await rest()
}

describe('a call without a matter', () => {
  test('is told to the store by its outcome alone', async () => {
    talk()
    expect(await settleCall('silent')).toBe(true)
    expect(world.calls.findLast(({ name }) => name === 'call.settle')?.input).toEqual({ callId, outcome: 'silent' })
  })

  test('leaves nothing on the list though she went on before the store answered', async () => {
    await settledLate()
    expect(openNow()).toBeNull()
    expect(useDraft.getState().listed).toEqual([])
    expect(world.drafts.size).toBe(0)
  })

  test('keeps on the list what was typed before she went on', async () => {
    await settledLate(() => edit({ content: '又说了一句' }))
    expect([...world.drafts.values()].map(({ form }) => form.content)).toEqual(['又说了一句'])
  })

  test('a store that could not take it is no news any more when it is back', async () => {
    talk()
    world.store('down')
    expect(await settleCall('silent')).toBe(false)
    expect(useCall.getState().failure?.code).toBe('storeDown')
    world.store('up')
    expect(useCall.getState().failure).toBeNull()
    expect(useSync.getState().services.store).toEqual({ state: 'up', code: null })
  })
})
