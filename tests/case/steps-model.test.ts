import { describe, expect, test } from 'vitest'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { caseStates, deskStates, type CaseStep } from '../../shared/case/life.ts'
import { parties, stepsOpen } from '../../shared/case/steps.ts'
import { caseId, step, taken, toDispatch, UNIT } from './step-fixture.ts'

/** What tells two cases apart as to what may be done with them. */
const shape = ({ state, life }: CaseRecord) =>
  JSON.stringify([
    state,
    life.unit,
    life.reviewed,
    life.asked !== null,
    life.pauses.at(-1)?.to === null,
    Math.min(life.visits.length, 3),
    life.visits.some(({ reached }) => reached),
    Math.min(life.rehandled, 2),
  ])

const tries: readonly CaseStep[] = [
  ...Object.values(step),
  { type: 'visit', reached: false, solved: null, rating: null, note: '' },
  { ...step.redispatch, unit: UNIT },
]

/** Every case that can come about, by shape, with where each of its steps leads. */
function explore() {
  const start = toDispatch()
  const found = new Map<string, { record: CaseRecord; next: Set<string> }>([
    [shape(start), { record: start, next: new Set() }],
  ])
  for (const { record, next } of found.values())
    for (const one of tries)
      for (const party of parties) {
        const decided = taken(record, one, party)
        if (!decided.ok) continue
        const led = foldCase(record, caseId, decided.value) ?? record
        next.add(shape(led))
        if (!found.has(shape(led))) found.set(shape(led), { record: led, next: new Set() })
      }
  return found
}

describe('K5.2 of all cases that can come about', () => {
  const found = explore()

  test('there are many, and every state of a unit is among them', () => {
    expect(found.size).toBeGreaterThan(100)
    expect(new Set([...found.values()].map(({ record }) => record.state))).toEqual(
      new Set(caseStates.filter((state) => state === 'toDispatch' || !deskStates.includes(state))),
    )
  })

  test('each can still be brought to its end, and from the end no step leads', () => {
    const ends = new Set([...found].filter(([, { record }]) => record.state === 'archived').map(([name]) => name))
    for (const name of ends) expect(found.get(name)?.next.size).toBe(0)
    for (let grown = true; grown;) {
      const before = ends.size
      for (const [name, { next }] of found) if ([...next].some((one) => ends.has(one))) ends.add(name)
      grown = ends.size > before
    }
    expect([...found.keys()].filter((name) => !ends.has(name))).toEqual([])
  })

  test('none is with a unit and has none, or is to be dispatched and has one', () => {
    for (const { record } of found.values()) {
      if (['toSign', 'inHand', 'answered', 'settled'].includes(record.state)) expect(record.life.unit).not.toBeNull()
      if (record.state === 'toDispatch') expect(record.life.unit).toBeNull()
    }
  })

  test('none is settled whose citizen was neither reached nor called three times', () => {
    for (const { record } of found.values()) {
      const { visits } = record.life
      if (record.state === 'settled') expect(visits.some(({ reached }) => reached) || visits.length >= 3).toBe(true)
    }
  })

  test('what is said to be open is just what is not refused', () => {
    for (const { record } of found.values())
      for (const party of parties) {
        const open = stepsOpen(record, party)
        expect(new Set(tries.filter((one) => taken(record, one, party).ok).map(({ type }) => type))).toEqual(
          new Set(open),
        )
      }
  })
})
