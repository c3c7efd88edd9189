import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldLeg, type LegEnding } from '../../shared/ledger/fold-leg.ts'
import type { LegEvent } from '../../shared/ledger/leg-event.ts'

const leg = 'hall-1.0'
const began = (at = 1000): LegEvent => ({ kind: 'began', leg, at, number: '13800002210', called: '12345' })
const queued = (at = 2000): LegEvent => ({ kind: 'queued', leg, at, queue: '12345' })
const rang = (at: number, line = 'hall-1.1', extension = '1003'): LegEvent => ({
  kind: 'rang',
  leg,
  at,
  line,
  extension,
})
const spoke = (at: number, line = 'hall-1.1', extension = '1003'): LegEvent => ({
  ...{ kind: 'spoke', leg, at, line, extension },
})
const lineEnded = (at: number, line = 'hall-1.1'): LegEvent => ({ kind: 'lineEnded', leg, at, line })
const ended = (at: number, by: 'citizen' | 'operator' | 'exchange' = 'citizen'): LegEvent => ({
  ...{ kind: 'ended', leg, at, by },
})
const rated = (at: number, level: number): LegEvent => ({ kind: 'rated', leg, at, level })
const afterHours: LegEvent = { kind: 'afterHours', leg, at: 1500 }

describe('E1 a leg of a citizen is one row', () => {
  const answered = [
    began(),
    queued(),
    rang(3000),
    spoke(5000),
    lineEnded(9000),
    rated(9500, 4),
    ended(9600, 'operator'),
  ]

  test('with all that its events tell', () => {
    expect(foldLeg(answered)).toEqual({
      ...{ leg, number: '13800002210', called: '12345', beganAt: 1000, queue: '12345', queuedAt: 2000, rangAt: 3000 },
      ...{ answeredAt: 5000, answeredBy: '1003', endedAt: 9600, ending: 'answered', rating: 4, seenAt: 9600 },
    })
  })

  test('and no row while nothing says that it is a citizen’s, whatever else came', () => {
    expect(foldLeg([])).toBeNull()
    expect(foldLeg(answered.slice(1))).toBeNull()
  })

  test('while it lasts it has no ending; who speaks second did not answer', () => {
    const row = foldLeg([began(), queued(), spoke(5000), spoke(7000, 'hall-1.2', '1004')])
    expect(row).toMatchObject({ endedAt: null, ending: null, answeredBy: '1003', rating: null })
  })

  const endings: readonly [LegEnding, string, readonly LegEvent[]][] = [
    ['abandonedInQueue', 'she waited, and nothing rang', [began(), queued(), ended(9000)]],
    [
      'abandonedInQueue',
      'the ring was over long before',
      [began(), queued(), rang(3000), lineEnded(7999), ended(9000)],
    ],
    ['abandonedRinging', 'it rang', [began(), queued(), rang(3000), ended(9000)]],
    ['abandonedRinging', 'the ring ended with her', [began(), queued(), rang(3000), lineEnded(8999), ended(9000)]],
    ['abandonedRinging', 'without a queue', [began(), rang(3000), ended(9000)]],
    ['abandonedBefore', 'before any queue', [began(), ended(9000)]],
    ['failed', 'the exchange waited long enough', [began(), queued(), ended(9000, 'exchange')]],
    ['rejected', 'the exchange did not take it', [began(), ended(9000, 'exchange')]],
    ['afterHours', 'it was told so', [began(), afterHours, ended(9000, 'exchange')]],
    ['afterHours', 'and she hung up', [began(), afterHours, ended(9000)]],
    ['answered', 'also after the hours', [began(), afterHours, spoke(5000), ended(9000)]],
  ]
  test.each(endings)('%s: %s', (ending, _why, events) => {
    expect(foldLeg(events)?.ending).toBe(ending)
  })
})

const line = fc.constantFrom('hall-1.1', 'hall-1.2')
const at = fc.integer({ min: 1000, max: 1012 }).map((n) => n * 500)
const anyEvent: fc.Arbitrary<LegEvent> = fc.oneof(
  at.map(began),
  at.map(queued),
  fc.tuple(at, line).map(([time, which]) => rang(time, which)),
  fc.tuple(at, line, fc.constantFrom('1003', '1004')).map((args) => spoke(...args)),
  fc.tuple(at, line).map(([time, which]) => lineEnded(time, which)),
  fc.tuple(at, fc.constantFrom('citizen', 'operator', 'exchange')).map((args) => ended(...args)),
  fc.tuple(at, fc.integer({ min: 1, max: 5 })).map((args) => rated(...args)),
  fc.constant(afterHours),
)

describe('E2 events are a set', () => {
  test('any order, repetition and split of them gives the same row', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 12 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 1000 })),
        fc.nat(12),
        (events, random, cut) => {
          const repeated = [...events, ...events.slice(cut)]
          const shuffled = repeated
            .map((event) => ({ event: { ...event }, place: random.next().value }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ event }) => event)
          // In parts: what is known is what came, the parts after each other, each event kept once.
          const known = new Map<string, LegEvent>()
          for (const part of [shuffled.slice(0, cut), shuffled.slice(cut)])
            for (const event of part) known.set(JSON.stringify(event), event)
          expect(foldLeg(shuffled)).toEqual(foldLeg(events))
          expect(foldLeg([...known.values()])).toEqual(foldLeg(events))
        },
      ),
    )
  })
})
