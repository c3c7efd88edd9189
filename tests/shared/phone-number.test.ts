import { describe, expect, test } from 'vitest'
import { maskNumber, numberKey } from '../../shared/phone-number.ts'

describe('spellings of one number meet under one key', () => {
  test.each([
    [
      '867503500123',
      [
        '0750-3500123',
        '+86 750 3500123',
        '+8607503500123',
        '0086 750 350 0123',
        '3500123',
        '（0750）3500123',
        '０７５０－３５００１２３',
      ],
    ],
    ['8613800002210', ['13800002210', '+86 138 0000 2210', '86-13800002210', '0086 13800002210', '138 0000 2210']],
    ['862083000000', ['020-83000000', '+86 20 8300 0000']],
    ['12345', ['12345', ' 1 2 3 4 5 ']],
    ['110', ['110']],
  ])('%s', (key, spellings) => {
    for (const spelling of spellings) expect(numberKey(spelling), spelling).toBe(key)
  })

  test('what holds no digits has no key', () => {
    for (const text of ['', '匿名', 'anonymous', '<script>']) expect(numberKey(text)).toBe('')
  })

  test('different numbers never meet', () => {
    expect(numberKey('83500123')).not.toBe(numberKey('3500123'))
    expect(numberKey('020-83500123')).not.toBe(numberKey('0750-83500123'))
  })
})

describe('a masked number tells who calls without giving it away', () => {
  test.each([
    ['13800002210', '138****2210'],
    ['+86 138 0000 2210', '138****2210'],
    ['0750-3500123', '0750-***0123'],
    ['020-83500123', '020-***0123'],
    ['0755-82001234', '0755-***1234'],
    ['12345', '12345'],
    ['', ''],
  ])('%s → %s', (number, masked) => expect(maskNumber(number)).toBe(masked))
})
