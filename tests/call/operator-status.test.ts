import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  awayReasons,
  signedOff,
  statusWord,
  stepOperator,
  takesCalls,
  wrapUpUntil,
  type OperatorEvent,
} from '../../shared/call/operator-status.ts'

const types = [
  'registered',
  'unregistered',
  'callRinging',
  'callAnswered',
  'callHeld',
  'callResumed',
  'callMissed',
  'callRejected',
  'callEnded',
  'wrapUpDone',
  'wrapUpExtended',
  'callDialled',
  'wentAway',
  'cameBack',
  'warned',
  'warningsWithdrawn',
] as const

const after = (...events: OperatorEvent['type'][]) =>
  events.reduce((state, type, at) => stepOperator(state, { type, at }), signedOff)

test('O1 ready is said only while the registration stands, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...types)), (events) => {
      const state = after(...events)
      if (state.status === 'ready') expect(state.registered).toBe(true)
      expect(takesCalls(state)).toBe(state.status === 'ready')
    }),
  )
})

test('O2 a lost registration does not end a call; afterwards the status follows the registration', () => {
  expect(after('registered', 'callRinging', 'callAnswered', 'unregistered').status).toBe('talking')
  expect(after('registered', 'callRinging', 'callAnswered', 'unregistered', 'callEnded', 'wrapUpDone').status).toBe(
    'offline',
  )
})

test('O2 who is away stays away over a lost and found registration', () => {
  expect(after('registered', 'wentAway', 'unregistered', 'registered').status).toBe('away')
})

test('O3 a missed ring sets away and never stays ringing', () => {
  expect(after('registered', 'callRinging', 'callMissed').status).toBe('away')
  expect(after('registered', 'callRinging', 'callMissed', 'cameBack').status).toBe('ready')
})

test('O4 after a call comes wrap-up until the operator ends it', () => {
  const wrapUp = ['registered', 'callRinging', 'callAnswered', 'callEnded'] as const
  expect(after(...wrapUp).status).toBe('wrapUp')
  expect(after(...wrapUp, 'registered', 'unregistered').status).toBe('wrapUp')
  expect(after(...wrapUp, 'wrapUpDone').status).toBe('ready')
})

const wrappingUp = (): ReturnType<typeof after> => after('registered', 'callRinging', 'callAnswered', 'callEnded')

test('O3 a missed and a rejected ring say why', () => {
  expect(after('registered', 'callRinging', 'callMissed').away).toBe('missedRing')
  expect(after('registered', 'callRinging', 'callRejected').away).toBe('rejectedRing')
})

test('O4 the limit of a wrap-up ends nothing: it is a time to remind at, and none where there is no limit', () => {
  expect(wrapUpUntil(wrappingUp(), 60)).toBe(3 + 60_000)
  expect(wrapUpUntil(wrappingUp(), 0)).toBeNull()
  expect(wrapUpUntil(after('registered'), 60)).toBeNull()
})

test('O5 away, and only away, has a reason; its clock begins with the reason, whatever happens', () => {
  const event = fc.record({
    type: fc.constantFrom(...types),
    reason: fc.option(fc.constantFrom(...awayReasons), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let state = signedOff
      for (const [at, { type, reason }] of events.entries()) {
        const before = state
        state = stepOperator(state, { type, at, reason })
        expect(state.away !== null).toBe(state.status === 'away')
        const began = before.status !== state.status || before.away !== state.away
        expect(state.since).toBe(began ? at : before.since)
        expect(statusWord(state).length).toBeLessThanOrEqual(20)
      }
    }),
  )
})

test('O5 who is away for one reason may be away for another, from then on', () => {
  const meal = stepOperator(after('registered'), { type: 'wentAway', at: 5, reason: 'meal' })
  expect(stepOperator(meal, { type: 'wentAway', at: 9, reason: 'training' })).toMatchObject({
    away: 'training',
    since: 9,
  })
  expect(statusWord(meal)).toBe('away:meal')
})

test('O6 a wrap-up is extended once, and the next one begins with its limit alone', () => {
  const extended = stepOperator(wrappingUp(), { type: 'wrapUpExtended', at: 50 })
  expect(wrapUpUntil(extended, 60)).toBe(3 + 120_000)
  expect(stepOperator(extended, { type: 'wrapUpExtended', at: 90 })).toBe(extended)
  expect(stepOperator(extended, { type: 'wrapUpDone', at: 99 }).extended).toBe(false)
  expect(stepOperator(after('registered'), { type: 'wrapUpExtended', at: 1 }).extended).toBe(false)
})

test('O7 a desk that is gone makes the ready away, and neither ends a wrap-up nor writes over a reason', () => {
  const gone = { type: 'wentAway', at: 70, reason: 'deskGone' } as const
  expect(stepOperator(after('registered'), gone)).toMatchObject({ status: 'away', away: 'deskGone' })
  expect(stepOperator(wrappingUp(), gone).status).toBe('wrapUp')
  expect(stepOperator(after('registered', 'callRinging', 'callAnswered'), gone).status).toBe('talking')
  const meal = stepOperator(after('registered'), { type: 'wentAway', at: 5, reason: 'meal' })
  expect(stepOperator(meal, gone)).toBe(meal)
})

describe('O8 a call in which somebody was warned', () => {
  const events = (...told: OperatorEvent['type'][]) =>
    told.reduce(
      (state, type, at) => stepOperator(state, { type, at, callId: type.startsWith('warn') ? 'a' : undefined }),
      signedOff,
    )
  const talk = ['registered', 'callRinging', 'callAnswered'] as const

  test('ends its wrap-up away after a hard call, until she says otherwise', () => {
    const wrapped = events(...talk, 'warned', 'callEnded')
    expect(wrapped).toMatchObject({ status: 'wrapUp', hard: ['a'] })
    const away = stepOperator(wrapped, { type: 'wrapUpDone', at: 9 })
    expect(away).toMatchObject({ status: 'away', away: 'afterHardCall', since: 9, hard: [] })
    expect(statusWord(away)).toBe('away:afterHardCall')
    const back = stepOperator(away, { type: 'cameBack', at: 10 })
    expect(back).toMatchObject({ status: 'ready', hard: [] })
  })

  test('is away also where the line was lost meanwhile, and by her own word for another reason', () => {
    expect(events(...talk, 'warned', 'unregistered', 'callEnded', 'wrapUpDone')).toMatchObject({
      away: 'afterHardCall',
    })
    const meal = stepOperator(events(...talk, 'warned', 'callEnded'), { type: 'wentAway', reason: 'meal', at: 9 })
    expect(meal).toMatchObject({ status: 'away', away: 'meal', hard: [] })
  })

  test('is none where the warning was taken back, in the call or in the wrap-up', () => {
    expect(events(...talk, 'warned', 'warningsWithdrawn', 'callEnded', 'wrapUpDone').status).toBe('ready')
    expect(events(...talk, 'warned', 'callEnded', 'warningsWithdrawn', 'wrapUpDone').status).toBe('ready')
  })

  test('is remembered over a second call before she was free', () => {
    expect(events(...talk, 'warned', 'callEnded', 'callDialled', 'callEnded', 'wrapUpDone').away).toBe('afterHardCall')
  })
})

test('O7 a desk that is gone while the line is away is not ready when the line is back', () => {
  const gone = (['registered', 'unregistered', 'wentAway'] as const).reduce(
    (state, type, at) =>
      stepOperator(state, { type, at, ...(type === 'wentAway' ? { reason: 'deskGone' as const } : {}) }),
    signedOff,
  )
  expect(gone).toMatchObject({ status: 'away', away: 'deskGone' })
  expect(stepOperator(gone, { type: 'registered', at: 4 }).status).toBe('away')
  expect(stepOperator(gone, { type: 'cameBack', at: 4 }).status).toBe('offline')
})

test('O8 a ring that was missed does not write over a hard call', () => {
  const talk = ['registered', 'callRinging', 'callAnswered'] as const
  const hard = [...talk.map((type) => ({ type, at: 1 })), { type: 'warned' as const, at: 2, callId: 'a' }]
  const missed = [...hard, { type: 'callRinging' as const, at: 3 }, { type: 'callMissed' as const, at: 4 }]
  expect(missed.reduce(stepOperator, signedOff)).toMatchObject({ status: 'away', away: 'afterHardCall' })
})

test('O9 a call that is held is no talk, taken back it is one again, and its end is a wrap-up either way', () => {
  const talking = ['registered', 'callRinging', 'callAnswered'] as const
  expect(after(...talking, 'callHeld')).toMatchObject({ status: 'held', since: 3 })
  expect(after(...talking, 'callHeld', 'callResumed')).toMatchObject({ status: 'talking', since: 4 })
  expect(after(...talking, 'callHeld', 'callEnded').status).toBe('wrapUp')
  expect(after(...talking, 'callHeld', 'unregistered', 'wentAway').status).toBe('held')
  expect(statusWord(after(...talking, 'callHeld'))).toBe('held')
  expect(after('registered', 'callHeld').status).toBe('ready')
})

test('O9 and O8: who was warned while she was held makes a hard call all the same', () => {
  const warned = stepOperator(after('registered', 'callRinging', 'callAnswered', 'callHeld'), {
    type: 'warned',
    at: 5,
    callId: 'a',
  })
  const done = (['callEnded', 'wrapUpDone'] as const).reduce(
    (state, type) => stepOperator(state, { type, at: 6 }),
    warned,
  )
  expect(done).toMatchObject({ status: 'away', away: 'afterHardCall' })
})
