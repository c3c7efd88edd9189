import { describe, expect, it } from 'vitest'
import { deskCodeOf } from '../../central/people/desk-code.ts'

describe('desk codes', () => {
  it('go A1 … A9, B1 … Z9, then three and four characters', () => {
    expect([0, 8, 9, 71, 72, 215, 216, 216 + 24 * 24 * 9].map(deskCodeOf)).toEqual([
      'A1',
      'A9',
      'B1',
      'H9',
      'J1',
      'Z9',
      'AA1',
      'AAA1',
    ])
    expect(() => deskCodeOf(216 + 24 ** 2 * 9 + 24 ** 3 * 9)).toThrow('no desk codes left')
  })

  it('never repeat, and fit into a case number', () => {
    const codes = Array.from({ length: 20_000 }, (_, ordinal) => deskCodeOf(ordinal))
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[0-9A-Z]{2,4}$/)
  })
})
