import { FakeDesktop } from './fake-bridge.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

/** Gives the desk's stores a window on an invented desktop, without a screen: operator 1003 is signed in. */
export function openWindow(): FakeDesktop {
  const world = new FakeDesktop()
  world.delay = 0
  world.session = {
    operator: { staffNo: '1003', name: '林晓', role: 'operator' },
    deskCode: 'A1',
    numberPlan: defaultNumberPlan,
  }
  const { setTimeout, clearTimeout } = globalThis
  Object.assign(globalThis, {
    window: { sanxin: world, setTimeout, clearTimeout, setInterval: () => 0, addEventListener: () => undefined },
    document: { getElementById: () => null },
    // Only the focus waits for a frame, and there is none.
    requestAnimationFrame: () => 0,
  })
  return world
}

/** Resolves when a condition holds; what is awaited comes from timers, so it is looked at again and again. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`waited in vain for ${what}`)
}

/** Lets everything that is under way come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 1))
}
