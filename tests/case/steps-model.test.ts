import { describe, expect, test } from 'vitest'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { caseStates, deskStates, type CaseStep } from '../../shared/case/case-step.ts'
import { owedCallers } from '../../shared/case/owed.ts'
import { parties, stepsOpen } from '../../shared/case/steps.ts'
import { called, caseId, NEIGHBOUR, step, taken, toDispatch, UNIT } from './step-fixture.ts'

/** What tells two cases apart as to what may be done with them. */
const shape = ({ state, life }: CaseRecord) =>
  JSON.stringify([
    state,
    life.unit,
    life.reviewed,
    life.asked !== null,
    life.pauses.at(-1)?.to === null,
    ...[undefined, NEIGHBOUR].map((whom) => {
      const hers = life.visits.filter(({ caller }) => caller === whom)
      return [Math.min(hers.length, 3), hers.some(({ reached }) => reached), hers.find(({ own }) => own)?.rating ?? 0]
    }),
    Math.min(life.rehandled, 2),
    life.calls.length - life.handedOver,
    life.event !== null,
    life.rated !== null,
    life.visitOwed,
  ])

const tries: readonly CaseStep[] = [
  ...Object.values(step),
  { type: 'visit', reached: false, solved: null, rating: null, note: '' },
  { ...step.visit, caller: NEIGHBOUR },
  { ...step.redispatch, unit: UNIT },
  { ...step.rate, rating: 1 },
  { ...step.rate, caller: NEIGHBOUR },
  { ...step.rate, rating: 1, caller: NEIGHBOUR },
]

/** Every case that can come about, by shape, with where each of its steps leads. */
function explore() {
  const start = toDispatch()
  const found = new Map<string, { record: CaseRecord; next: Set<string> }>([
    [shape(start), { record: start, next: new Set() }],
  ])
  const add = (record: CaseRecord) => {
    if (!found.has(shape(record))) found.set(shape(record), { record, next: new Set() })
  }
  for (const { record, next } of found.values()) {
    // Somebody else may call about it at any time: that is no step, but what it leads to must have its end, too.
    if (record.life.calls.length === 0) add(called(record))
    for (const one of tries)
      for (const party of parties) {
        const decided = taken(record, one, party)
        if (!decided.ok) continue
        const led = foldCase(record, caseId, decided.value) ?? record
        next.add(shape(led))
        add(led)
      }
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
    const isEnd = ({ record }: { record: CaseRecord }) =>
      record.state === 'archived' && owedCallers(record).length === 0
    const ends = new Set([...found].filter(([, one]) => isEnd(one)).map(([name]) => name))
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

  test('none is settled whose citizen was neither reached nor called three times, and has not rated herself', () => {
    for (const { record } of found.values()) {
      const visits = record.life.visits.filter(({ caller }) => caller === undefined)
      if (record.state === 'settled')
        expect(record.life.rated !== null || visits.some(({ reached }) => reached) || visits.length >= 3).toBe(true)
    }
  })

  test('K8.3 none is brought to its end, by whatever step, while somebody who called is owed a reply', () => {
    for (const { record } of found.values()) {
      if (owedCallers(record).length === 0) continue
      for (const party of parties) {
        expect(taken(record, step.settle, party).ok).toBe(false)
        expect(taken(record, step.archive, party).ok).toBe(false)
      }
    }
    expect([...found.values()].some(({ record }) => record.state === 'settled' && owedCallers(record).length > 0)).toBe(
      true,
    )
  })

  test('what is said to be open is just what is not refused', () => {
    for (const { record } of found.values())
      for (const party of parties) {
        // Whoever joined a call took it: that she visits nobody whose call she took is asked beside (ownCall), and so is
        // whether a call is of who took the case (otherCall).
        const isAsked = (type: string) => type !== (party === 'joiner' ? 'visit' : party === 'taker' ? 'takeOut' : '')
        const open = stepsOpen(record, party).filter(isAsked)
        const possible = tries.filter((one) => taken(record, one, party).ok).map(({ type }) => type)
        expect(new Set(possible.filter(isAsked))).toEqual(new Set(open))
      }
  })
})
