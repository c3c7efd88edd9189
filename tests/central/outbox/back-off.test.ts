import { expect, test } from 'vitest'
import { backOffMs } from '../../../central/outbox/back-off.ts'

test('M4.1 waits longer each time, spread by chance, and never longer than six hours and a half of that', () => {
  expect([1, 2, 3].map((tries) => backOffMs(tries, 0.5))).toEqual([30_000, 60_000, 120_000])
  expect([backOffMs(1, 0), backOffMs(1, 1)]).toEqual([15_000, 45_000])
  expect(backOffMs(500, 0.5)).toBe(6 * 3_600_000)
})
