import { expect, test } from 'vitest'
import { minutesOf } from '../../renderer/ui/format-time.ts'

const at = (time: string) => Date.parse(`2026-11-23T${time}+08:00`)

test('a minute in which something was marked twice is said once, with how often', () => {
  expect(minutesOf([at('15:42:03'), at('15:42:50'), at('15:50:00')], '、')).toBe('15:42 ×2、15:50')
  expect(minutesOf([at('15:42:03')], ', ')).toBe('15:42')
  expect(minutesOf([], ', ')).toBe('')
})
