import { expect, test } from 'vitest'
import { createDeskWatch } from '../../electron/desk-watch.ts'

/** A watch on a clock that the test moves. */
function fixture() {
  const timers = new Set<{ at: number; act: () => void }>()
  let now = 0
  let gone = 0
  const watch = createDeskWatch(
    (ms, act) => {
      const timer = { at: now + ms, act }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    () => void gone++,
  )
  const pass = (ms: number) => {
    now += ms
    for (const timer of timers)
      if (timer.at <= now) {
        timers.delete(timer)
        timer.act()
      }
  }
  return { ...watch, pass, gone: () => gone }
}

test('a desk that is back within five seconds is not gone', () => {
  const desk = fixture()
  desk.died()
  desk.pass(4_999)
  desk.back()
  desk.pass(60_000)
  expect(desk.gone()).toBe(0)
})

test('a desk that is not back after five seconds is gone, said once', () => {
  const desk = fixture()
  desk.died()
  desk.pass(5_000)
  desk.pass(60_000)
  desk.back()
  expect(desk.gone()).toBe(1)
})

test('a desk that dies again and again on its way back is gone five seconds after the first death', () => {
  const desk = fixture()
  for (let death = 1; death <= 2; death++) {
    desk.died()
    desk.pass(2_499)
  }
  expect(desk.gone()).toBe(0)
  desk.died()
  desk.pass(2)
  expect(desk.gone()).toBe(1)
  desk.died()
  desk.pass(60_000)
  desk.back()
  desk.died()
  desk.pass(5_000)
  expect(desk.gone()).toBe(2)
})
