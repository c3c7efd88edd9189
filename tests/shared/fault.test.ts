import { expect, test } from 'vitest'
import { faultOf } from '../../shared/fault.ts'

test('a fault says where it arose, and neither the words nor the folders of anybody', () => {
  const error = Object.assign(new TypeError('invalid input: "13800138000"\nDETAIL: 13800138000'), {
    code: 'SQLITE_ERROR',
  })
  const fault = faultOf(error)
  expect(fault).toMatchObject({ name: 'TypeError', code: 'SQLITE_ERROR' })
  expect(fault.where).toContain('fault.test.ts:')
  expect(JSON.stringify(fault)).not.toMatch(/13800138000|\/tests\//)
  error.stack =
    'TypeError: 13800138000\n    at save (C:\\Users\\somebody\\out\\store.js:1:2)\n    at /home/somebody/x.js:3:4'
  expect(faultOf(error).where).toBe('at save (store.js:1:2) < at x.js:3:4')
  expect(faultOf('13800138000')).toEqual({ name: 'string', code: '', where: '' })
})
