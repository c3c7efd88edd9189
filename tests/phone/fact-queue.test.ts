import { expect, test } from 'vitest'
import type { ToldFact } from '../../shared/call/phone-snapshot.ts'
import { fail, ok } from '../../shared/errors.ts'
import { createFactQueue } from '../../renderer/phone/fact-queue.ts'

const told = (at: number): ToldFact => ({ author: '1003', fact: { callId: 'a', kind: 'answered', at } })
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A queue before a store that is up or not, with timers that run when the test says. */
function bench() {
  const taken: number[] = []
  const said: boolean[] = []
  const timers: (() => void)[] = []
  const store = { up: false }
  const queue = createFactQueue({
    record: ({ fact }) => {
      if (!store.up) return Promise.resolve(fail('diskFull'))
      taken.push(fact.at)
      return Promise.resolve(ok(null))
    },
    changed: () => void said.push(queue.stalled()),
    after: (_ms, act) => void timers.push(act),
  })
  return { taken, said, timers, store, queue }
}

test('facts wait in their order while the store is away, and none is told twice', async () => {
  const { taken, store, queue } = bench()
  queue.add(told(1))
  queue.add(told(2))
  await turn()
  expect(taken).toEqual([])
  expect(queue.waiting()).toEqual([told(1), told(2)])
  store.up = true
  queue.retry()
  queue.add(told(3))
  await turn()
  expect(taken).toEqual([1, 2, 3])
  expect(queue.waiting()).toEqual([])
})

test('a store that refuses is asked again by itself, by one timer, and it is said that facts wait', async () => {
  const { taken, said, timers, store, queue } = bench()
  queue.add(told(1))
  await turn()
  queue.add(told(2))
  await turn()
  expect({ said, timers: timers.length }).toEqual({ said: [true], timers: 1 })
  timers.shift()?.()
  await turn()
  expect(timers).toHaveLength(1)
  store.up = true
  timers.shift()?.()
  await turn()
  expect({ taken, said }).toEqual({ taken: [1, 2], said: [true, false] })
})
