import { expect, test } from 'vitest'
import { replacedAmong } from '../../renderer/admin/tables/list-text.ts'

const isOurs = (one: string) => one.startsWith('b')

test('AP15 the sentences of a moment change in their places, those of other moments stay', () => {
  const list = ['a1', 'b1', 'a2', 'b2', 'a3']
  expect(replacedAmong(list, isOurs, ['b2', 'b1'])).toEqual(['a1', 'b2', 'a2', 'b1', 'a3'])
  expect(replacedAmong(list, isOurs, ['b1', 'b2', 'b3'])).toEqual(['a1', 'b1', 'a2', 'b2', 'b3', 'a3'])
  expect(replacedAmong(list, isOurs, ['b2'])).toEqual(['a1', 'b2', 'a2', 'a3'])
  expect(replacedAmong(list, isOurs, [])).toEqual(['a1', 'a2', 'a3'])
  expect(replacedAmong(['a1'], isOurs, ['b1'])).toEqual(['a1', 'b1'])
})
