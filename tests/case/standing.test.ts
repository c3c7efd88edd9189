/** Which deadline stands of a case (K4.8), by the shipped table. */
import { expect, test } from 'vitest'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { deadlineOf } from '../../shared/case/deadline.ts'
import { shippedDeadlines as rules } from '../../shared/case/shipped-deadlines.ts'
import { deadlineOfCase, standingDeadline } from '../../shared/case/standing.ts'
import { after } from './step-fixture.ts'

const HOUR_MS = 3_600_000
const openedAt = Date.parse('2026-03-02T09:00+08:00')
const classification = { kind: 'help', code: '0101' } as const

/** The case after these steps, opened on a Monday; what the steps wrote of times is kept. */
function since(...steps: Parameters<typeof after>): CaseRecord {
  const record = after(...steps)
  return { ...record, openedAt, groups: { ...record.groups, classification } }
}
const counted = (phase: 'sign' | 'answer', from: number) => deadlineOf(phase, { ...classification, from }, rules)

test('K4.8 until a unit has it, that to sign runs from the call; then from when the unit got it', () => {
  expect(standingDeadline(since(), rules)).toEqual(counted('sign', openedAt))
  const dispatchedAt = openedAt + 30 * HOUR_MS
  const record = since('dispatch')
  const dispatched = { ...record, life: { ...record.life, dispatchedAt } }
  expect(standingDeadline(dispatched, rules)).toEqual(counted('sign', dispatchedAt))
})

test('K4.8 in hand that to answer stands, from the call, with what was granted, or from when it was begun anew', () => {
  const inHand = since('dispatch', 'sign')
  expect(standingDeadline(inHand, rules)).toEqual(counted('answer', openedAt))
  const granted = since('dispatch', 'sign', 'askExtension', 'grantExtension')
  expect(standingDeadline(granted, rules)).toEqual(
    deadlineOf('answer', { ...classification, from: openedAt, extraDays: 3 }, rules),
  )
  const anew = since('dispatch', 'sign', 'answer', 'visit', 'settle', 'rehandle')
  const begunAnewAt = openedAt + 200 * HOUR_MS
  expect(standingDeadline({ ...anew, life: { ...anew.life, begunAnewAt } }, rules)).toEqual(
    counted('answer', begunAnewAt),
  )
})

test('K4.8 what no unit owes has none, and a case of no kind has none yet', () => {
  for (const steps of [['dispatch', 'sign', 'answer'], ['decline'], ['join']] as const)
    expect(standingDeadline(since(...steps), rules)).toBeNull()
  const record = since()
  const kindless = { ...record, groups: { ...record.groups, classification: { kind: null, code: null } } }
  expect(deadlineOfCase(kindless, 'answer', rules)).toBeNull()
})
