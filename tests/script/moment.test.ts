import { describe, expect, test } from 'vitest'
import { momentsNow, type LiveCall } from '../../shared/script/moment.ts'
import { answered } from './live.ts'

const momentAt = (change: Partial<LiveCall>, now = 2000) => momentsNow({ ...answered, ...change }, now)[0]?.moment

test.each([
  ['idle', { phase: null, status: 'ready' }],
  ['idle', { phase: 'ended', status: 'away' }],
  ['ringing', { phase: 'ringing', status: 'ringing' }],
  ['dialling', { phase: 'dialling', status: 'talking' }],
  ['wrapUp', { phase: 'ended', status: 'wrapUp' }],
] as const)('CS1 outside a call the phone decides: %s', (moment, change) => {
  const late = { heldSince: 0, warning: 1, emergencySince: 0, lastAct: 'searching' } as const
  expect(momentAt({ ...late, ...change }, 900_000)).toBe(moment)
})

test.each([
  ['opening', {}],
  ['opening', { phase: 'answering' }],
  ['returnVisit', { dialled: 'returnVisit' }],
  ['callBack', { dialled: 'callBack' }],
  ['listening', { contentEmpty: false }],
  ['listening', { lastAct: 'typing', dialled: 'returnVisit' }],
  ['searching', { lastAct: 'searching', contentEmpty: false }],
  ['answering', { lastAct: 'replying', contentEmpty: false }],
  ['closing', { lastAct: 'saved', contentEmpty: false }],
] as const)('CS2 in a call the last act decides: %s', (moment, change) => {
  expect(momentAt(change)).toBe(moment)
})

test('CS3 what interrupts comes before the step, the most urgent first', () => {
  const all: LiveCall = {
    ...answered,
    lastAct: 'searching',
    emergencySince: 10,
    warning: 2,
    heldSince: 20,
    transferSince: 30,
    quietSince: 40,
  }
  const names = (live: LiveCall, now: number) => momentsNow(live, now).map(({ moment }) => moment)
  const held = ['emergency', 'abuse2', 'holdLong', 'hold', 'backFromHold', 'transfer', 'searchLong', 'searching']
  expect(names(all, 900_000)).toEqual(held)
  expect(names({ ...all, heldSince: null, backSince: 50, lastAct: 'typing' }, 900_000)).toEqual([
    'emergency',
    'abuse2',
    'backFromHold',
    'transfer',
    'silence',
    'listening',
  ])
})

describe('CS4 a long wait has words of its own', () => {
  test('a search of more than 30 s', () => {
    const searching = { lastAct: 'searching', lastActAt: 1000 } as const
    expect([momentAt(searching, 31_000), momentAt(searching, 31_001)]).toEqual(['searching', 'searchLong'])
  })
  test('a hold of more than 60 s', () => {
    const held = { heldSince: 1000 }
    expect([momentAt(held, 61_000), momentAt(held, 61_001)]).toEqual(['hold', 'holdLong'])
  })
})

describe('CS5 silence', () => {
  test('who was never heard is asked as a silent call is, 6 s after the answer', () => {
    const silent = { wasHeard: false, quietSince: 1000 }
    expect([momentAt(silent, 7000), momentAt(silent, 7001)]).toEqual(['opening', 'silentCall'])
    expect(momentAt({ ...silent, quietSince: null }, 900_000)).toBe('opening')
  })
  test('who was heard and is quiet for 12 s is asked whether she is there, unless she waits for us', () => {
    const quiet = { lastAct: 'typing', quietSince: 1000 } as const
    expect([momentAt(quiet, 13_000), momentAt(quiet, 13_001)]).toEqual(['listening', 'silence'])
    expect(momentAt({ ...quiet, lastAct: 'replying' }, 900_000)).toBe('answering')
    expect(momentAt({ ...quiet, heldSince: 890_000 }, 900_000)).toBe('hold')
  })
  test('CS5 while she is put aside she is not quiet: it counts from her coming back', () => {
    const back = { ...answered, lastAct: 'typing', quietSince: 1000, backSince: 50_000 } as const
    const moments = (now: number) => momentsNow(back, now).map(({ moment }) => moment)
    expect(moments(62_000)).toEqual(['backFromHold', 'listening'])
    expect(momentsNow(back, 62_001)[1]).toEqual({ moment: 'silence', since: 50_000 })
  })
})
