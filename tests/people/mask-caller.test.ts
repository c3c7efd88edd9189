import { describe, expect, test } from 'vitest'
import { maskCaller, maskName } from '../../shared/people/mask-caller.ts'

const callerId = '01890a5d-ac96-7000-8000-000000000001'

describe('P5 a masked caller', () => {
  test.each([
    ['张三', '张**'],
    ['张', '张**'],
    ['欧阳修远', '欧**'],
    [' 𠮷田 ', '𠮷**'],
    ['Maria', 'M**'],
    ['', ''],
  ])('name %s → %s', (name, masked) => expect(maskName(name)).toBe(masked))

  test.each([
    ['13812345678', '138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['0750-3500123', '0750-***0123'],
    ['3500123', '***0123'],
    ['138123', '***'],
    ['不详', '***'],
    ['', ''],
  ])('phone %s → %s', (phone, masked) =>
    expect(maskCaller({ callerId, name: '张三', phone }, { fields: [] })).toEqual({
      callerId,
      name: '张**',
      phone: masked,
    }),
  )
})
