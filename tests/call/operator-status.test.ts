import fc from 'fast-check'
import { expect, test } from 'vitest'
import { signedOff, stepOperator, takesCalls, type OperatorEvent } from '../../shared/call/operator-status.ts'

const types = [
  'registered',
  'unregistered',
  'callRinging',
  'callAnswered',
  'callMissed',
  'callRejected',
  'callEnded',
  'wrapUpDone',
  'wentAway',
  'cameBack',
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
  expect(after('registered', 'callRinging', 'callAnswered', 'unregistered').status).toBe('onCall')
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
