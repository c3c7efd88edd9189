import { expect, test } from 'vitest'
import { createOwnFeed } from '../../central/feed/own-rows.ts'

const row = (seq: number) => ({ seq, kind: 'case', ref: `case-${seq}`, storeId: 'store', team: null }) as const
const rows = (...seqs: number[]) => ({ epoch: 'e', rows: seqs.map(row) })

test('L12 what was committed here is known behind a position, in its order, whichever request was answered first', () => {
  const own = createOwnFeed()
  own.add(rows(8, 9))
  own.add(rows())
  own.add(rows(6, 7))
  expect(own.take(6)).toEqual(rows(7, 8, 9))
  expect(own.take(9)).toBeNull()
})

test('L12 nothing is known whole once something was committed whose rows are not known, whichever was heard of first', () => {
  const own = createOwnFeed()
  own.add(rows(6))
  own.forget()
  own.add(rows(7))
  expect(own.take(5)).toBeNull()
  own.add(rows(8))
  expect(own.take(7)).toEqual(rows(8))
})

test.each([
  ['another node’s stands before it', [rows(7)], 5],
  ['another node’s stands in it', [rows(6), rows(8)], 5],
  ['all of it was told', [rows(6), rows(7)], 7],
  ['central became another one in it', [rows(6), { ...rows(7), epoch: 'f' }], 5],
  ['it is more than is kept', [rows(...Array.from({ length: 2001 }, (_, index) => 6 + index))], 5],
])('L12 it is read where %s', (_why, committed, from) => {
  const own = createOwnFeed()
  for (const one of committed) own.add(one)
  expect(own.take(from)).toBeNull()
  // What was not of use is not kept.
  own.add(rows(from + 1))
  expect(own.take(from)).toEqual(rows(from + 1))
})
