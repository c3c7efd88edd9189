import { expect, test } from 'vitest'
import type { Stepped } from '../../shared/case/case-page.ts'
import { courseOf } from '../../renderer/desk/work/case-course.ts'

const step = (at: number): Stepped => ({
  ...{ type: 'caseStepped', step: { type: 'sign' }, state: 'inHand', unit: 'U-CG', at, by: '9001' },
})
const written = (at: number, opening = false) => ({ at, by: '1001', opening })

test('H16.11 what was written unproved stands in the course between the steps, by its time, the newest first', () => {
  const [first, second, late] = [step(20), step(40), step(30)]
  const unproved = [written(1, true), written(10), written(25), written(26), written(50)]
  expect(courseOf({ steps: [first, second], unproved })).toEqual([
    ...[written(50), second, written(26), written(25), first, written(10)],
  ])
  // Nothing turns the steps around.
  expect(courseOf({ steps: [first, second, late], unproved: [written(35)] })).toEqual([
    written(35),
    late,
    second,
    first,
  ])
  expect(courseOf({ steps: [], unproved: [written(1, true)] })).toEqual([])
})
