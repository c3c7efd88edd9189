import { beforeEach, expect, test } from 'vitest'
import { kept } from './fake-storage.ts'
import { enrol, meetDevice, refreshDevice, useDevice } from '../../renderer/desk/stores/device-store.ts'
import { openWindow } from './fake-window.ts'

/** A desk whose store opens when the test says so. */
function opening(device: 'enrolled' | 'none') {
  const world = openWindow()
  world.device = device
  const { promise, resolve } = Promise.withResolvers<void>()
  const invoke = world.invoke.bind(world)
  world.invoke = async (name, input) => {
    if (name === 'device.state') await promise
    return invoke(name, input)
  }
  return { world, opens: resolve }
}

beforeEach(() => {
  kept.clear()
  useDevice.setState({ state: 'enrolled', enrolling: false, failure: null })
})

test('a desk of which nothing is known is asked before anything is shown', async () => {
  const { opens } = opening('none')
  let met = false
  const meeting = meetDevice().then(() => (met = true))
  await Promise.resolve()
  expect(met).toBe(false)
  opens()
  await meeting
  expect(useDevice.getState().state).toBe('none')
})

test('one that was enrolled shows the sign-in at once, and is asked all the same', async () => {
  opening('enrolled').opens()
  await refreshDevice()
  const { opens } = opening('none')
  await meetDevice()
  expect(useDevice.getState().state).toBe('enrolled')
  const told = new Promise<void>((resolve) => {
    const stop = useDevice.subscribe(({ state }) => {
      if (state !== 'none') return
      stop()
      resolve()
    })
  })
  opens()
  await told
  // Central has forgotten it: the next start waits for the answer again.
  expect(kept.get('sanxin.enrolled')).toBe('false')
})

test('that it was enrolled is known from then on', async () => {
  const { world, opens } = opening('none')
  opens()
  await meetDevice()
  await enrol('code')
  expect([useDevice.getState().state, useDevice.getState().enrolling, kept.get('sanxin.enrolled')]).toEqual([
    'enrolled',
    false,
    'true',
  ])
  expect(world.device).toBe('enrolled')
})
