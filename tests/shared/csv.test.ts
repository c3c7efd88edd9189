import { expect, test } from 'vitest'
import { csvCell, csvLine } from '../../shared/csv.ts'

test.each(['=1+1', '+86', '-1', '@x', '\tx', '\rx', ' =1', '＝1', '\n=1'])('%j is kept a text', (text) => {
  expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/)
})

test('quotes, commas and line ends stand in quotes (RFC 4180, 2.5 to 2.7); what needs none has none', () => {
  expect(csvLine(['a"b', 'a,b', 'a\r\nb', '路灯', ''])).toBe('"a""b","a,b","a\r\nb",路灯,\r\n')
})
