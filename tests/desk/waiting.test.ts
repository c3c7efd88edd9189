import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tell, useCall } from '../../renderer/desk/stores/call-store.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { openWindow } from './fake-window.ts'

beforeEach(() => {
  vi.useFakeTimers()
  openWindow()
})
afterEach(() => vi.useRealTimers())

const waiting = () => useCall.getState().waiting

/** An act whose answer comes when the test says so. */
function act() {
  let settle: (result: Result<unknown>) => void = () => {}
  const told = tell(new Promise((resolve) => (settle = resolve)))
  return { told, answer: (result: Result<unknown>) => (settle(result), told) }
}

test('an act that is not answered within a second is seen to wait, until it is answered', async () => {
  const one = act()
  vi.advanceTimersByTime(999)
  expect(waiting()).toBe(0)
  vi.advanceTimersByTime(1)
  expect(waiting()).toBe(1)
  const other = act()
  vi.advanceTimersByTime(1_000)
  expect(await one.answer(ok(null))).toBe(true)
  expect(waiting()).toBe(1)
  expect(await other.answer(fail('phoneDown'))).toBe(false)
  expect(waiting()).toBe(0)
  expect(useCall.getState().failure).toEqual({ code: 'phoneDown' })
})

test('an act that is answered at once is never seen to wait', async () => {
  const { answer } = act()
  await answer(ok(null))
  vi.advanceTimersByTime(60_000)
  expect(waiting()).toBe(0)
})
