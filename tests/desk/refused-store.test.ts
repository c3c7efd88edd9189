import { expect, test } from 'vitest'
import { mergeListed } from '../../renderer/desk/stores/refused-store.ts'
import { refusedOf } from './fake-cases.ts'

const [a, b, c] = ['a', 'b', 'c'].map((id) => refusedOf(id))
const names = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('')

if (!a || !b || !c) throw new Error('three entries')

test('what was dealt with stays in its place, though the store does not tell it any more', () => {
  expect(names(mergeListed([a, b, c], [a, c], (id) => id === 'b'))).toBe('abc')
})

test('what is new comes at the end: nothing slips under the hand', () => {
  expect(names(mergeListed([b, c], [a, b, c], () => false))).toBe('bca')
})

test('what is gone without the operator goes, and what she dealt with does not come back', () => {
  expect(names(mergeListed([a, b], [b], () => false))).toBe('b')
  expect(names(mergeListed([a, b], [a, b], (id) => id === 'a'))).toBe('ab')
})
