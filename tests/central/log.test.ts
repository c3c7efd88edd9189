import { expect, it } from 'vitest'
import { faultOf, lineLog } from '../../central/log.ts'

it('a log line is one line of JSON with its time', () => {
  const lines: string[] = []
  lineLog((line) => lines.push(line), { now: () => 0 })('listening', { port: 1 })
  expect(lines).toEqual(['{"time":"1970-01-01T00:00:00.000Z","event":"listening","port":1}\n'])
})

it('a fault says where, and nothing of what the error quotes', () => {
  const error = Object.assign(new Error('invalid input: "13800138000"\nDETAIL: 13800138000'), { code: '22P02' })
  const fault = faultOf(error)
  expect(fault).toMatchObject({ name: 'Error', code: '22P02' })
  expect(fault.where).toContain('log.test')
  expect(JSON.stringify(fault)).not.toContain('13800138000')
  expect(faultOf('13800138000')).toEqual({ name: 'string', code: '', where: '' })
})
