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
    for (const spelling of spellings) expect(numberKey(spelling, '750'), spelling).toBe(key)
  })

  test('what holds no digits has no key', () => {
    for (const text of ['', '匿名', 'anonymous', '<script>']) expect(numberKey(text, '750')).toBe('')
  })

  test('different numbers never meet', () => {
    const key = (text: string) => numberKey(text, '750')
    expect(key('83500123')).not.toBe(key('3500123'))
    expect(key('020-83500123')).not.toBe(key('0750-83500123'))
  })

  test('a local number is meant under the area code of the place', () => {
    expect(numberKey('83500123', '20')).toBe(numberKey('020-83500123', '750'))
    expect(numberKey('13800002210', '20')).toBe(numberKey('13800002210', '750'))
    // What another country's number happens to begin with makes it no local one.
    expect(numberKey('+2345678', '20')).toBe('2345678')
  })
})

describe('a masked number tells who calls without giving it away', () => {
  test.each([
    ['13800002210', '138****2210'],
    ['+86 138 0000 2210', '138****2210'],
    ['0750-3500123', '0750-***0123'],
    ['020-83500123', '020-***0123'],
    ['0755-82001234', '0755-***1234'],
    ['3500123', '***0123'],
    ['83500123', '***0123'],
    ['12345', '12345'],
    ['', ''],
  ])('%s → %s', (number, masked) => expect(maskNumber(number)).toBe(masked))
})
