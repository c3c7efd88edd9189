import { expect, test } from 'vitest'
import { caseNumber } from '../../shared/case/case-number.ts'
import { chinaDay } from '../../shared/china-day.ts'

test('the number carries the day in China, the desk and the counter', () => {
  expect(caseNumber(Date.UTC(2026, 10, 22, 16, 0), 'A1', 7)).toBe('JM20261123-A1-0007')
  expect(caseNumber(Date.UTC(2026, 10, 22, 15, 59), 'A1', 12345)).toBe('JM20261122-A1-12345')
})

test('the day agrees with the calendar over a century', () => {
  for (let at = Date.UTC(1990, 0, 1); at < Date.UTC(2090, 0, 1); at += 86_400_000 * 13) {
    expect(chinaDay(at - 8 * 3_600_000)).toBe(new Date(at).toISOString().slice(0, 10))
  }
})
