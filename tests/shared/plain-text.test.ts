import { expect, test } from 'vitest'
import { plainLine } from '../../shared/plain-text.ts'

test('control and bidirectional characters are taken out of a name', () => {
  expect(plainLine('陈\u202e先生\u0000\r\nX-Evil: 1')).toBe('陈 先生 X-Evil: 1')
  expect(plainLine('\u2066a\u2069\u200b\ufeff')).toBe('a')
})

test('markup stays as text and a long name is cut at a character', () => {
  expect(plainLine('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>')
  expect([...plainLine('😀'.repeat(100), 10)]).toHaveLength(10)
})
