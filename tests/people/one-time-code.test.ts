import { expect, test } from 'vitest'
import { isOneTimeCode, readOneTimeCode } from '../../shared/people/one-time-code.ts'

test('a code is six plain digits, nothing before or after', () => {
  for (const code of ['000000', '123456']) expect(isOneTimeCode(code)).toBe(true)
  for (const other of ['12345', '1234567', '12345a', ' 123456', '123456\n', '１２３４５６', ''])
    expect(isOneTimeCode(other), JSON.stringify(other)).toBe(false)
})

test('what was typed is read with its gaps, and in an input method’s full-width digits', () => {
  for (const typed of ['123456', '123 456', ' 123456 ', '１２３４５６', '１２３　４５６'])
    expect(readOneTimeCode(typed), typed).toBe('123456')
  for (const typed of ['', '12345', '1234567', '一二三四五六', '123456x'])
    expect(readOneTimeCode(typed), typed).toBeNull()
})
