import { expect, test } from 'vitest'
import { createNowAndThen } from '../../electron/store/sync/now-and-then.ts'

/** What is said at which time; `go` lets time pass, and fires what falls due. */
function saying() {
  const said: number[] = []
  let waiting: { readonly at: number; readonly run: () => void }[] = []
  let time = 1000
  const timers = {
    after: (ms: number, run: () => void) => {
      const one = { at: time + ms, run }
      waiting.push(one)
      return () => {
        waiting = waiting.filter((other) => other !== one)
      }
    },
  }
  const speaker = createNowAndThen(() => said.push(time), 250, { now: () => time }, timers)
  const go = (ms: number) => {
    time += ms
    const due = waiting.filter(({ at }) => at <= time)
    waiting = waiting.filter(({ at }) => at > time)
    for (const { run } of due) run()
  }
  return { ...speaker, said, go }
}

test('S5.11 what follows at once is said a quarter of a second later, all of it once', () => {
  const { soon, said, go } = saying()
  soon()
  for (let page = 0; page < 10; page += 1) {
    go(10)
    soon()
  }
  go(149)
  expect(said).toEqual([1000])
  go(1)
  expect(said).toEqual([1000, 1250])
  go(1000)
  expect(said).toEqual([1000, 1250])
})

test('S5.11 what is said now is not said once more', () => {
  const { now, soon, said, go } = saying()
  soon()
  go(10)
  soon()
  go(10)
  now()
  go(1000)
  expect(said).toEqual([1000, 1020])
})

test('S5.11 a clock that is set back keeps nothing back', () => {
  const { soon, said, go } = saying()
  soon()
  go(-100_000)
  soon()
  expect(said).toEqual([1000, -99_000])
})
