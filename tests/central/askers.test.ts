/** Who asks on pages that are open to all. */
import { expect, test } from 'vitest'
import { createAskers } from '../../central/http/askers.ts'

const clock = { now: () => time }
let time = 0

const times = (isTooMuch: ReturnType<typeof createAskers>, ip: string, count: number) =>
  Array.from({ length: count }, () => isTooMuch({ ip })).filter(Boolean).length

test('G4 where addresses are known one that asks without end keeps nobody else out', () => {
  const isTooMuch = createAskers(clock, true)
  expect(times(isTooMuch, '198.51.100.7', 10_000)).toBe(10_000 - 60)
  expect(times(isTooMuch, '203.0.113.9', 60)).toBe(0)
  time += 60_000
  expect(times(isTooMuch, '198.51.100.7', 1)).toBe(0)
})

test('G4 where they are not, and against many at once, a node answers so many a minute in all', () => {
  expect(times(createAskers(clock, false), '10.0.0.1', 3001)).toBe(1)
  const isTooMuch = createAskers(clock, true)
  const many = Array.from({ length: 100 }, (_, at) => times(isTooMuch, `198.51.100.${at}`, 60))
  expect(many.reduce((sum, one) => sum + one)).toBe(3000)
})
