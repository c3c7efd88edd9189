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
})

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
    })
  })

  it('was completed if one desk completed it, whoever missed it before or after', () => {
    const facts = [fact('ended', 20, 'missed'), fact('ended', 80, 'completed'), fact('ended', 90, 'rejected')]
    expect(projectCall(facts)).toMatchObject({ outcome: 'completed', endedAt: 90 })
  })

  it('takes the latest settling', () => {
    const facts = [fact('settled', 2, 'newCase', 'c'), fact('settled', 1, 'silent')]
    expect(projectCall(facts)).toMatchObject({ settledAt: 2, settledOutcome: 'newCase', caseId: 'c' })
  })

  it('does not depend on the order of its facts', () => {
    const facts = fc.array(
      fc.record<KnownFact>({
        kind: fc.constantFrom('offered', 'answered', 'talking', 'ended', 'settled'),
        at: fc.nat(3),
        outcome: fc.constantFrom('missed', 'completed', 'lost', 'silent'),
        caseId: fc.constantFrom(null, 'a', 'b'),
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
