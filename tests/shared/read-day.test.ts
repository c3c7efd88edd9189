import { expect, test } from 'vitest'
import { readDay } from '../../shared/read-day.ts'

const now = Date.UTC(2026, 10, 26, 4)

test.each([
  ['2026-11-23', '2026-11-23'],
  ['20261123', '2026-11-23'],
  ['2026/3/5', '2026-03-05'],
  ['2026年3月5日', '2026-03-05'],
  ['2024-02-29', '2024-02-29'],
  ['11-23', '2026-11-23'],
  ['1123', '2026-11-23'],
  ['11月26日', '2026-11-26'],
  // Not yet come this year: the last one is meant.
  ['12-31', '2025-12-31'],
  [' 3.5 ', '2026-03-05'],
  // As an input method in full width gives it.
  ['１１－２３', '2026-11-23'],
])('%s is %s', (text, day) => expect(readDay(text, now)).toBe(day))

test.each(['', '2026-13-01', '2025-02-29', '11-31', '2026', '昨天', '2026-11', '1-2-3-4', '00-10', '0000'])(
  '%s is no day',
  (text) => expect(readDay(text, now)).toBeNull(),
)
