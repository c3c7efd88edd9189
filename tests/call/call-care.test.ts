import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { marksOf, type MarkFact } from '../../shared/call/call-marks.ts'
import { stepCall, type CallEvent } from '../../shared/call/call-machine.ts'
import type { CallState } from '../../shared/call/call.ts'

const caller = { callId: 'a', number: '13800002210', name: '', queue: '12345' }
const types = [
  'answerPressed',
  'sessionEstablished',
  'remoteHungUp',
  'hangUpPressed',
  'warned',
  'warningWithdrawn',
  'recordingPaused',
] as const
const on = (type: (typeof types)[number], at = 2): CallEvent => ({ type, callId: 'a', at })
const named = (name: string, at = 2): CallEvent => ({ type: 'recordingNamed', callId: 'a', name, at })
const resumed = (at = 2): CallEvent => ({ type: 'recordingResumed', callId: 'a', why: 'pressed', at })
const answered = [
  { type: 'inviteArrived', caller, at: 1 },
  on('answerPressed'),
  on('sessionEstablished'),
] as const satisfies CallEvent[]

/** Goes on from an answered call; answers the state and what was told since. */
function run(...events: CallEvent[]) {
  let state: CallState = null
  for (const event of answered) state = stepCall(state, event).state
  const effects = events.flatMap((event) => {
    const step = stepCall(state, event)
    state = step.state
    return step.effects
  })
  const facts = effects.flatMap((effect) => (effect.type === 'recordFact' ? [effect.fact] : []))
  return { state, effects, facts }
}

describe('C12 warnings', () => {
  test('are counted up to three, each a fact with its number and time, and end nothing', () => {
    const { state, effects, facts } = run(on('warned', 5), on('warned', 6), on('warned', 7), on('warned', 8))
    expect(facts).toEqual([5, 6, 7].map((at, index) => ({ callId: 'a', kind: 'warned', at, count: index + 1 })))
    expect(effects.every(({ type }) => type === 'recordFact')).toBe(true)
    expect(state).toMatchObject({ phase: 'connected', care: { warnings: [5, 6, 7] } })
  })

  test('are taken back one by one by facts of their own, also when the call is over', () => {
    const { state, facts } = run(
      on('warned', 5),
      on('warned', 6),
      on('warningWithdrawn', 7),
      on('remoteHungUp', 8),
      on('warningWithdrawn', 9),
      on('warningWithdrawn', 10),
    )
    expect(facts.filter(({ kind }) => kind === 'warningWithdrawn')).toEqual([
      { callId: 'a', kind: 'warningWithdrawn', at: 7, count: 2 },
      { callId: 'a', kind: 'warningWithdrawn', at: 9, count: 1 },
    ])
    expect(state).toMatchObject({ phase: 'ended', outcome: 'completed', care: { warnings: [] } })
  })

  test('are given to nobody who is not there, nor to another call', () => {
    const ringing = stepCall(null, answered[0]).state
    expect(stepCall(ringing, on('warned'))).toEqual({ state: ringing, effects: [] })
    expect(run(on('remoteHungUp'), on('warned')).facts.map(({ kind }) => kind)).toEqual(['ended'])
    expect(run({ type: 'warned', callId: 'b', at: 3 }).facts).toEqual([])
  })
})

test('C16 what was said is a fact each time, while she is there', () => {
  const said = (at: number): CallEvent => ({ type: 'said', callId: 'a', sentence: 'opening', script: 3, at })
  const { state, facts } = run(said(5), said(6), on('remoteHungUp', 7), said(8))
  expect(facts.filter(({ kind }) => kind === 'said')).toEqual(
    [5, 6].map((at) => ({ callId: 'a', kind: 'said', at, sentence: 'opening', script: 3 })),
  )
  expect(state).toMatchObject({ phase: 'ended', care: { warnings: [] } })
})

describe('C13 the recording', () => {
  test('has the name that was told last, each told once', () => {
    const { state, facts } = run(named('r1'), named('r1'), named('r2', 3))
    expect(facts).toEqual([
      { callId: 'a', kind: 'recorded', at: 2, recording: 'r1' },
      { callId: 'a', kind: 'recorded', at: 3, recording: 'r2' },
    ])
    expect(state?.care.recording.name).toBe('r2')
  })

  test('is paused and goes on, each told once', () => {
    const { facts } = run(on('recordingPaused', 4), on('recordingPaused', 5), resumed(6), resumed(7))
    expect(facts).toEqual([
      { callId: 'a', kind: 'recordingPaused', at: 4 },
      { callId: 'a', kind: 'recordingResumed', at: 6, why: 'pressed' },
    ])
  })

  test.each(['remoteHungUp', 'hangUpPressed'] as const)('a pause ends with the call (%s)', (how) => {
    const { state, facts } = run(on('recordingPaused', 4), on(how, 5), on('remoteHungUp', 6))
    expect(facts.slice(1)).toMatchObject([{ kind: 'recordingResumed', why: 'ended' }, { kind: 'ended' }])
    expect(state?.care.recording.pausedAt).toBeNull()
  })
})

test('C12 C13 whatever is pressed, the facts sum up to what the call shows', () => {
  const events = fc.array(
    fc.oneof(
      fc.constantFrom(...types).map((type) => on(type)),
      fc.constantFrom(named('r'), resumed()),
    ),
  )
  fc.assert(
    fc.property(events, (list) => {
      const { state, facts } = run(...list.map((event, index) => ({ ...event, at: index + 3 })))
      const marks = marksOf(facts.filter((fact): fact is MarkFact => /^warn|^record/.test(fact.kind)))
      expect(marks).toEqual({ warnings: state?.care.warnings, recording: state?.care.recording.name })
      const pauses = (kind: string) => facts.filter((fact) => fact.kind === kind).length
      const open = state?.care.recording.pausedAt === null ? 0 : 1
      expect(pauses('recordingPaused') - pauses('recordingResumed')).toBe(open)
    }),
  )
})
