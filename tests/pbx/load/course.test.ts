import { expect, test } from 'vitest'
import { faultsOf, type Course, type StoredFact } from './course.ts'

const KINDS = ['offered', 'answered', 'talking', 'ended', 'settled']
const facts = (callId: string, staffNo: string, kinds = KINDS): StoredFact[] =>
  kinds.map((kind) => ({ callId, kind, staffNo }))
const all = [...facts('a', '1001'), ...facts('b', '1002', ['offered', 'ended'])]

const spoke = { number: '1', nth: 0, spokeWith: ['1001'], end: 'operatorHungUp' } as const
const gaveUp = { number: '2', nth: 0, spokeWith: [], end: 'gaveUp' } as const
const connected = { callId: 'a', number: '1', connectedTo: ['1001'], abandoned: false }
const abandoned = { callId: 'b', number: '2', connectedTo: [], abandoned: true }
const ready = { staffNo: '1001', desk: 'ready', central: 'ready', queue: 'in' }
const away = { staffNo: '1002', desk: 'away:rest', central: 'away:rest', queue: 'paused' }

/** One who was answered, and one who gave up while it rang. */
const good: Course = {
  citizens: [spoke, gaveUp],
  queue: [connected, abandoned],
  central: all,
  desks: all,
  statuses: [ready, away],
}
/** Which rules a course breaks. */
const broken = (change: Partial<Course>) => [
  ...new Set(faultsOf({ ...good, ...change }).map((fault) => fault.slice(0, 3))),
]

test('a course in which all is well has no fault', () => {
  expect(faultsOf(good)).toEqual([])
})

test('LD1: a call that the queue does not know, has lost, or has given to two', () => {
  expect(broken({ queue: [connected] })).toContain('LD1')
  expect(broken({ queue: [connected, { ...abandoned, abandoned: false }] })).toEqual(['LD1'])
  expect(broken({ queue: [{ ...connected, connectedTo: ['1001', '1002'] }, abandoned] })).toContain('LD1')
})

test('LD2: a citizen who spoke with nobody, or with somebody else', () => {
  expect(broken({ citizens: [{ ...spoke, spokeWith: [] }, gaveUp] })).toEqual(['LD2'])
  expect(broken({ citizens: [{ ...spoke, spokeWith: ['1002'] }, gaveUp] })).toEqual(['LD2'])
})

test('LD3, LD4: a fact that stands twice, is missing in central, or stands there alone', () => {
  const settledOnce = all.filter(({ kind }) => kind !== 'settled')
  expect(broken({ central: [...all, ...facts('a', '1001', ['answered'])] })).toEqual(['LD3'])
  expect(broken({ central: settledOnce })).toEqual(['LD4'])
  expect(broken({ desks: settledOnce })).toEqual(['LD4'])
})

test('LD5: an answer that is in central or in the exchange alone, and a call without an end', () => {
  const without = (kind: string) => all.filter((fact) => fact.kind !== kind)
  expect(broken({ central: without('answered'), desks: without('answered') })).toEqual(['LD5'])
  const more = [...all, ...facts('b', '1002', ['answered'])]
  expect(broken({ central: more, desks: more })).toEqual(['LD5'])
  expect(broken({ central: without('ended'), desks: without('ended') })).toEqual(['LD5'])
})

test('LD6: an operator of whom desk, central and queue do not say the same', () => {
  for (const wrong of [{ central: 'ringing' }, { queue: 'paused' }, { desk: 'wrapUp' }, { queue: 'out' }])
    expect(broken({ statuses: [{ ...ready, ...wrong }] })).toEqual(['LD6'])
})
