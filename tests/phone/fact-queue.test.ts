import { expect, test } from 'vitest'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { fail, ok } from '../../shared/errors.ts'
import { createFactQueue } from '../../renderer/phone/fact-queue.ts'

const fact = (at: number): CallFact => ({ callId: 'a', kind: 'answered', at })
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('facts wait in their order while the store is away, and none is told twice', async () => {
  const taken: number[] = []
  let up = false
  const queue = createFactQueue(({ at }) => {
    if (!up) return Promise.resolve(fail('storeDown'))
    taken.push(at)
    return Promise.resolve(ok(null))
  })
  queue.add(fact(1))
  queue.add(fact(2))
  await turn()
  expect(taken).toEqual([])
  up = true
  queue.retry()
  queue.add(fact(3))
  await turn()
  expect(taken).toEqual([1, 2, 3])
})
