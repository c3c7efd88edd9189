import { expect, test } from 'vitest'
import { BOTH, rowsToPlay, type Row } from './row.ts'

const row = (family: string, name: string, on: Row['on']): Row => ({ family, name, on, play: async () => undefined })
const rows = [row('a', '1', ['practice']), row('a', '2', BOTH), row('a', '3', BOTH), row('b', '4', ['asterisk'])]
const names = (short: boolean, kind: 'asterisk' | 'practice') => rowsToPlay(rows, kind, short).map(({ name }) => name)

test('the long set has all rows of an exchange, the short one the first of each family on Asterisk', () => {
  expect(names(false, 'asterisk')).toEqual(['2', '3', '4'])
  expect(names(false, 'practice')).toEqual(['1', '2', '3'])
  expect(names(true, 'asterisk')).toEqual(['2', '4'])
  expect(names(true, 'practice')).toEqual([])
})

test('the table has a line for each test, failed ones too', async () => {
  // The bootstrap is plain JavaScript, without types.
  const file = new URL('../../build/bootstrap/matrix-table.mjs', import.meta.url).href
  const { matrixTable } = (await import(file)) as { matrixTable(report: object): string }
  const one = (title: string, status: string, duration: number | null) => ({
    title,
    status,
    duration,
    ancestorTitles: ['asterisk'],
  })
  const table = matrixTable({
    testResults: [
      { assertionResults: [one('answers', 'passed', 12.4), one('holds', 'failed', 1234), one('x', 'skipped', null)] },
    ],
  })
  expect(table).toBe(
    [
      '行 row   总机 exchange    ms  通过 pass',
      'answers  asterisk         12  ✓',
      'holds    asterisk       1234  ✗',
      'x        asterisk          —  –',
      '',
    ].join('\n'),
  )
})
