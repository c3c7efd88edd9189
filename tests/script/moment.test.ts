import { describe, expect, test } from 'vitest'
import { momentsNow, type LiveCall } from '../../shared/script/moment.ts'
import {
  scriptSchema,
  shippedScript,
  shippedWaits,
  WAIT_SECONDS,
  waitsOf,
  withWait,
} from '../../shared/script/script.ts'
import { answered } from './live.ts'

const momentAt = (change: Partial<LiveCall>, now = 2000, waits = waitsOf(shippedScript)) =>
  momentsNow({ ...answered, ...change }, waits, now)[0]?.moment

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
  const names = (live: LiveCall, now: number) => momentsNow(live, shippedWaits, now).map(({ moment }) => moment)
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
    const moments = (now: number) => momentsNow(back, shippedWaits, now).map(({ moment }) => moment)
    expect(moments(62_000)).toEqual(['backFromHold', 'listening'])
    expect(momentsNow(back, shippedWaits, 62_001)[1]).toEqual({ moment: 'silence', since: 50_000 })
  })
})

describe('CS14 the waits are the script’s', () => {
  const waits = { silentCall: 2, silence: 3, searchLong: 4, holdLong: 5 }
  test.each([
    ['silentCall', 'opening', { wasHeard: false, quietSince: 1000 }, 3000],
    ['silence', 'listening', { lastAct: 'typing', quietSince: 1000 }, 4000],
    ['searchLong', 'searching', { lastAct: 'searching', lastActAt: 1000 }, 5000],
    ['holdLong', 'hold', { heldSince: 1000 }, 6000],
  ] as const)('%s comes after its own', (long, before, live, end) => {
    expect([momentAt(live, end, waits), momentAt(live, end + 1, waits)]).toEqual([before, long])
    expect(momentAt(live, end + 1)).toBe(before)
  })
  test('a script says all of them, in whole seconds within the limits, or none', () => {
    const take = (given: unknown) => scriptSchema.safeParse({ ...shippedScript, waits: given }).success
    const { min, max } = WAIT_SECONDS
    expect(waits).not.toEqual(shippedWaits)
    expect([waitsOf(shippedScript), waitsOf({ waits })]).toEqual([shippedWaits, waits])
    expect([waits, undefined, { ...waits, holdLong: min }, { ...waits, holdLong: max }].map(take)).not.toContain(false)
    const wrong = [min - 1, max + 1, 2.5, '5', null].map((holdLong) => ({ ...waits, holdLong }))
    expect([{ silence: 5 }, { ...waits, ringing: 5 }, ...wrong].map(take)).not.toContain(true)
  })
  test('a script whose waits are the product’s again says none', () => {
    const other = withWait(shippedScript, 'holdLong', 20)
    expect(other.waits).toEqual({ ...shippedWaits, holdLong: 20 })
    expect(withWait(other, 'silence', 5).waits).toEqual({ ...shippedWaits, holdLong: 20, silence: 5 })
    expect(withWait(other, 'holdLong', shippedWaits.holdLong)).toEqual(shippedScript)
  })
})
