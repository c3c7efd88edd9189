/** kill -9 cannot show it, for the system keeps what was written: only the system calls tell that the disk had it first. */
import { expect, test } from 'vitest'
import { traceStore } from './traced.ts'

const ROUNDS = 20

test('S1.2 before each acknowledgement the log of the database is synced to the disk', () => {
  const { acknowledged, tooEarly, synced } = traceStore(ROUNDS, 'FULL')
  expect({ acknowledged, tooEarly }).toEqual({ acknowledged: ROUNDS * 3, tooEarly: 0 })
  expect(synced).toBeGreaterThanOrEqual(acknowledged)
})

test('S5.6 a page of central is not waited for by the disk; every save after it is', () => {
  const { acknowledged, tooEarly, unhurried } = traceStore(ROUNDS, 'PAGES')
  expect({ acknowledged, tooEarly, unhurried }).toEqual({ acknowledged: ROUNDS * 3, tooEarly: 0, unhurried: ROUNDS })
})

test('S1.2 with the bug «synchronous = OFF» planted, the same trace tells it', () => {
  const { acknowledged, tooEarly } = traceStore(ROUNDS, 'OFF')
  expect({ acknowledged, tooEarly }).toEqual({ acknowledged: ROUNDS * 3, tooEarly: ROUNDS * 3 })
})
