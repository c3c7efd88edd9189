import { expect, test } from 'vitest'
import { createCaseLister } from '../../renderer/desk/work/case-lister.ts'
import { queryOf } from '../../renderer/desk/work/query-of.ts'
import { caseQuerySchema, type CaseQuery } from '../../shared/case/case-line.ts'
import { noFilter } from '../../shared/case/saved-filter.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { CommandOutput } from '../../shared/ipc.ts'
import { lineOf } from './fake-work.ts'

type Found = CommandOutput<'case.find'>
const asked = (words: string): CaseQuery => caseQuerySchema.parse({ words })
const found = (
  numbers: readonly number[],
  more: Partial<Found['list']> = {},
  from: Found['from'] = 'central',
): Found => ({
  list: { cases: numbers.map((n) => lineOf(n)), next: null, complete: true, ...more },
  from,
})

/** A list whose questions the test answers when it likes. */
function lister() {
  const open: { query: CaseQuery; answer: (result: Result<Found>) => Promise<void> }[] = []
  const list = createCaseLister(
    (query) =>
      new Promise((resolve) => {
        open.push({
          query,
          answer: async (result) => {
            resolve(result)
            await new Promise((rested) => setImmediate(rested))
          },
        })
      }),
  )
  const shown = () => list.use.getState().rows.map(({ caseNo }) => Number(caseNo.slice(-4)))
  return { list, open, shown }
}

test('F1 the newest question is the next, and what was asked before never takes its place', async () => {
  const { list, open, shown } = lister()
  list.ask(asked('噪'))
  list.ask(asked('噪音'))
  list.ask(asked('噪音扰民'))
  expect(open).toHaveLength(1)
  await open[0]?.answer(ok(found([1, 2])))
  expect(shown()).toEqual([])
  expect(open.map(({ query }) => query.words)).toEqual(['噪', '噪音扰民'])
  await open[1]?.answer(ok(found([3])))
  expect(shown()).toEqual([3])
})

test('F1 a page of an older question is dropped', async () => {
  const { list, open, shown } = lister()
  list.ask(asked('路灯'))
  await open[0]?.answer(ok(found([1, 2], { next: { key: 2, caseNo: 'x' } })))
  const more = list.more()
  list.ask(asked('井盖'))
  await open[2]?.answer(ok(found([7])))
  await open[1]?.answer(ok(found([3, 4])))
  await more
  expect(shown()).toEqual([7])
})

test('F2 what stands stays while it is asked anew, the chosen case stays chosen, and a failure takes nothing away', async () => {
  const { list, open, shown } = lister()
  list.ask(asked('路灯'))
  await open[0]?.answer(ok(found([1, 2, 3])))
  list.choose(1)
  list.again()
  expect(shown()).toEqual([1, 2, 3])
  await open[1]?.answer(ok(found([9, 1, 2])))
  expect([shown(), list.use.getState().chosen]).toEqual([[9, 1, 2], 2])
  list.again()
  await open[2]?.answer(fail('centralFailed'))
  expect([shown(), list.use.getState().failure?.code]).toEqual([[9, 1, 2], 'centralFailed'])
})

test('F3 a page that another answers begins the list anew: central’s and the desk’s own are not mixed', async () => {
  const { list, open, shown } = lister()
  list.ask(asked('路灯'))
  await open[0]?.answer(ok(found([1, 2], { next: { key: 2, caseNo: 'x' } })))
  const more = list.more()
  await open[1]?.answer(ok(found([50], {}, 'desk')))
  await more
  expect(open[2]?.query.after).toBeNull()
  await open[2]?.answer(ok(found([4], {}, 'desk')))
  expect([shown(), list.use.getState().from]).toEqual([[4], 'desk'])
})

test('pages come one after another, and the choice does not leave the list', async () => {
  const { list, open, shown } = lister()
  list.ask(asked('路灯'))
  await open[0]?.answer(ok(found([1, 2], { next: { key: 2, caseNo: 'x' } })))
  const more = list.more()
  void list.more()
  expect(open).toHaveLength(2)
  expect(open[1]?.query).toMatchObject({ after: { key: 2, caseNo: 'x' }, limit: 200 })
  await open[1]?.answer(ok(found([3])))
  await more
  expect(shown()).toEqual([1, 2, 3])
  list.choose(99)
  expect(list.use.getState().chosen).toBe(2)
  list.choose(-5)
  expect(list.use.getState().chosen).toBe(0)
})

test('a filter asks by days of China, the nearest first where the deadline is asked for', () => {
  expect(queryOf({ ...noFilter, words: ' ' }, '1003')).toEqual({ order: 'newest', after: null, limit: 50 })
  expect(
    queryOf(
      { ...noFilter, words: ' 路灯 ', mine: true, due: 'red', fromDay: '2026-11-23', toDay: '2026-11-23' },
      '1003',
    ),
  ).toEqual({
    ...{ words: '路灯', due: 'red', openedBy: '1003', order: 'due', after: null, limit: 50 },
    openedFrom: Date.parse('2026-11-23T00:00:00+08:00'),
    openedTo: Date.parse('2026-11-24T00:00:00+08:00'),
  })
})
