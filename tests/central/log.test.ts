import { expect, it } from 'vitest'
import { lineLog } from '../../central/log.ts'

it('a log line is one line of JSON with its time', () => {
  const lines: string[] = []
  lineLog((line) => lines.push(line), { now: () => 0 })('listening', { port: 1 })
  expect(lines).toEqual(['{"time":"1970-01-01T00:00:00.000Z","event":"listening","port":1}\n'])
})
