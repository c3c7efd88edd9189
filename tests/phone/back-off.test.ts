import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBackOff } from '../../renderer/phone/back-off.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const DESKS = 200
/** No second sees more of the desks than this. */
const SHARE = 0.4
/** While all of them fail, those that try again meet those that have not tried yet. */
const FAILING_SHARE = 0.5

/** Evenly spread and the same in every run (mulberry32). */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** When 200 desks try that were cut in one instant, in ms; each fails so many times before it gets through. */
async function storm(seed: number, failures: number, inCall = false): Promise<{ tries: number[]; through: number[] }> {
  const [tries, through]: [number[], number[]] = [[], []]
  const began = Date.now()
  const random = draws(seed)
  for (let desk = 0; desk < DESKS; desk++) {
    const backOff = createBackOff(random, () => inCall)
    let left = failures
    const attempt = () => {
      tries.push(Date.now() - began)
      if (left-- > 0) return backOff.schedule(attempt)
      through.push(Date.now() - began)
      backOff.stop()
    }
    backOff.schedule(attempt)
  }
  await vi.advanceTimersByTimeAsync(200_000)
  return { tries, through }
}

/** The most tries that fall within one second, wherever it begins. */
function busiestSecond(tries: readonly number[]): number {
  return Math.max(...tries.map((from) => tries.filter((at) => at >= from && at < from + 1_000).length))
}

describe('200 desks that are cut in one instant', () => {
  test.each([1, 2, 3, 4, 5])('N7 come back spread: no second sees more than 40 % of them (seed %i)', async (seed) => {
    const { tries, through } = await storm(seed, 0)
    expect(busiestSecond(tries)).toBeLessThanOrEqual(DESKS * SHARE)
    expect(through).toHaveLength(DESKS)
    expect(Math.max(...through)).toBeLessThanOrEqual(4_000)
    const mean = through.reduce((sum, at) => sum + at, 0) / DESKS
    expect(mean).toBeLessThan(2_500)
  })

  test.each([
    [1, false],
    [2, false],
    [3, false],
    [1, true],
  ])(
    'N7 and while the exchange is away none sees more tries than half of them (seed %i, all in calls: %s)',
    async (seed, inCall) => {
      const { tries, through } = await storm(seed, 4, inCall)
      expect(busiestSecond(tries)).toBeLessThanOrEqual(DESKS * FAILING_SHARE)
      expect(through).toHaveLength(DESKS)
    },
  )
})

test('N7 an attempt that waits can be hurried, once; a success begins anew', async () => {
  const tries: number[] = []
  const backOff = createBackOff(() => 0.999_999)
  expect(backOff.hurry()).toBe(false)
  backOff.schedule(() => tries.push(1))
  expect(backOff.hurry()).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries).toEqual([1])
  backOff.schedule(() => tries.push(2))
  await vi.advanceTimersByTimeAsync(4_000)
  expect(tries).toEqual([1])
  backOff.stop()
  backOff.schedule(() => tries.push(3))
  await vi.advanceTimersByTimeAsync(4_000)
  expect(tries).toEqual([1, 3])
})

test('N7 while a call is up no wait is longer than eight seconds, and its end changes that', async () => {
  const tries: number[] = []
  let inCall = true
  const backOff = createBackOff(
    () => 0.999_999,
    () => inCall,
  )
  const attempt = () => {
    tries.push(Math.round((Date.now() - began) / 1000))
    backOff.schedule(attempt)
  }
  const began = Date.now()
  backOff.schedule(attempt)
  await vi.advanceTimersByTimeAsync(21_000)
  expect(tries).toEqual([4, 12, 20])
  inCall = false
  await vi.advanceTimersByTimeAsync(38_000)
  expect(tries).toEqual([4, 12, 20, 28, 58])
})
