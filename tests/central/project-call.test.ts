import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectCall, type KnownFact } from '../../central/calls/project-call.ts'

const fact = (
  kind: KnownFact['kind'],
  at: number,
  outcome: string | null = null,
  caseId: string | null = null,
): KnownFact => ({
  kind,
  at,
  outcome,
  caseId,
  estimated: false,
  storeId: 'a',
  recording: null,
})

const estimate = (at: number, storeId = 'a'): KnownFact => ({ ...fact('ended', at, 'lost'), estimated: true, storeId })

describe('a call by its facts', () => {
  it('is nothing before its first fact', () => {
    expect(projectCall([])).toEqual({
      offeredAt: null,
      answeredAt: null,
      endedAt: null,
      outcome: null,
      settledAt: null,
      settledOutcome: null,
      caseId: null,
      warnings: 0,
      recording: null,
    })
  })

  it('was completed if one desk completed it, whoever missed it before or after', () => {
    const facts = [fact('ended', 20, 'missed'), fact('ended', 80, 'completed'), fact('ended', 90, 'rejected')]
    expect(projectCall(facts)).toMatchObject({ outcome: 'completed', endedAt: 90 })
  })

  it('was missed where one desk missed it and another one saw it answered elsewhere, till that one tells', () => {
    const facts = [fact('ended', 20, 'elsewhere'), fact('ended', 20, 'missed')]
    expect(projectCall(facts)).toMatchObject({ outcome: 'missed' })
    expect(projectCall([...facts, fact('ended', 80, 'completed')])).toMatchObject({ outcome: 'completed' })
    expect(projectCall(facts.slice(0, 1))).toMatchObject({ outcome: 'elsewhere' })
  })

  it('counts the warnings less those that were taken back, and knows the recording by its last name', () => {
    const named = (at: number, recording: string): KnownFact => ({ ...fact('recorded', at), recording })
    const facts = [
      fact('warned', 3),
      fact('warned', 5),
      fact('warningWithdrawn', 6),
      named(9, 'second'),
      named(1, 'first'),
    ]
    expect(projectCall(facts)).toMatchObject({ warnings: 1, recording: 'second' })
    expect(projectCall([fact('warningWithdrawn', 6)])).toMatchObject({ warnings: 0 })
  })

  it('takes the latest settling', () => {
    const facts = [fact('settled', 2, 'newCase', 'c'), fact('settled', 1, 'silent')]
    expect(projectCall(facts)).toMatchObject({ settledAt: 2, settledOutcome: 'newCase', caseId: 'c' })
  })

  it('was lost by estimate until the same desk tells its real end', () => {
    const known = [fact('offered', 10), fact('answered', 30), estimate(30)]
    expect(projectCall(known)).toMatchObject({ outcome: 'lost', endedAt: 30 })
    expect(projectCall([...known, fact('ended', 40, 'failed')])).toMatchObject({ outcome: 'failed', endedAt: 40 })
    expect(projectCall([...known, { ...fact('ended', 35, 'missed'), storeId: 'b' }])).toMatchObject({ outcome: 'lost' })
  })

  it('keeps the estimate where the real end is of another ring at the same desk', () => {
    const known = [fact('ended', 20, 'missed'), fact('answered', 30), estimate(30)]
    expect(projectCall(known)).toMatchObject({ outcome: 'lost', endedAt: 30 })
    const again = [...known, fact('offered', 50), fact('ended', 60, 'missed')]
    expect(projectCall(again)).toMatchObject({ outcome: 'lost', endedAt: 60 })
  })

  it('does not depend on the order of its facts', () => {
    const facts = fc.array(
      fc.record<KnownFact>({
        kind: fc.constantFrom(
          'offered',
          'answered',
          'talking',
          'ended',
          'settled',
          'warned',
          'warningWithdrawn',
          'recorded',
        ),
        at: fc.nat(3),
        outcome: fc.constantFrom('missed', 'completed', 'lost', 'silent'),
        caseId: fc.constantFrom(null, 'a', 'b'),
        estimated: fc.boolean(),
        storeId: fc.constantFrom('a', 'b'),
        recording: fc.constantFrom(null, 'r', 's'),
      }),
      { maxLength: 6 },
    )
    const shuffled = facts.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(projectCall(other)).toEqual(projectCall(list))
      }),
    )
  })
})
