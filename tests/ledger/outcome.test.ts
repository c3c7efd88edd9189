import { describe, expect, test } from 'vitest'
import type { OtherCall } from '../../shared/call/call-owed.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { outcomeOf as outcomeBy, type Told } from '../../shared/ledger/outcome.ts'

const outcomeOf = (of: Parameters<typeof outcomeBy>[0], told: Told) => outcomeBy(of, told, defaultNumberPlan)

const leg = { number: '13800002210', answeredAt: null, ending: 'abandonedInQueue' } as const
const answered = { ...leg, answeredAt: 5000, ending: 'answered' } as const
const silence: Told = {
  ...{ callOutcome: null, settledOutcome: null, openedCase: null, joinedCase: null, amendedCase: null, others: [] },
}
const out = (isAnswered: boolean): OtherCall => ({
  ...{ direction: 'out', answered: isAnswered, outcome: isAnswered ? 'completed' : 'missed', paysBack: false },
})
const into = (outcome: string): OtherCall => ({
  ...{ direction: 'in', answered: outcome === 'completed', outcome, paysBack: false },
})
const after = (others: readonly OtherCall[], of: typeof leg | typeof answered = leg, told: Partial<Told> = {}) =>
  outcomeOf(of, { ...silence, ...told, others })?.outcome ?? null

describe('E3 what desks told is the outcome of an answered leg', () => {
  test('a case before all else, then the operator’s word, then a case amended, then whom she was put through to', () => {
    const all: Told = {
      ...{
        ...silence,
        callOutcome: 'transferred',
        settledOutcome: 'silent',
        openedCase: 'opened',
        amendedCase: 'amended',
      },
    }
    expect(outcomeOf(answered, all)).toEqual({ outcome: 'newCase', caseId: 'opened' })
    const joined = { ...all, openedCase: null, joinedCase: 'joined' }
    expect(outcomeOf(answered, joined)).toEqual({ outcome: 'joinedCase', caseId: 'joined' })
    expect(outcomeOf(answered, { ...all, openedCase: null })).toEqual({ outcome: 'silent', caseId: null })
    const amended = { ...all, openedCase: null, settledOutcome: null }
    expect(outcomeOf(answered, amended)).toEqual({ outcome: 'caseAmended', caseId: 'amended' })
    expect(outcomeOf(answered, { ...amended, amendedCase: null })?.outcome).toBe('handedOver')
  })

  test('nothing told is no outcome, whoever called her since', () => {
    expect(outcomeOf(answered, silence)).toBeNull()
    expect(after([out(true)], answered, { callOutcome: 'completed' })).toBeNull()
  })
})

describe('E4 who was not answered is owed a call back', () => {
  test.each(['abandonedBefore', 'abandonedInQueue', 'abandonedRinging', 'failed', 'rejected', 'afterHours'] as const)(
    '%s',
    (ending) => {
      expect(outcomeOf({ ...leg, ending }, silence)).toBeNull()
    },
  )

  test('reached by us, or herself, or with a newer call that stands for it', () => {
    expect(after([out(true)])).toBe('calledBack')
    expect(after([out(false), out(true)])).toBe('calledBack')
    expect(after([into('completed')])).toBe('calledAgain')
    expect(after([into('missed')])).toBe('calledAgain')
    // Rejected by one operator, it goes to the next: nothing is owed for that ring alone.
    expect(after([into('rejected')])).toBeNull()
  })

  test('tried in vain it stays on the list, until it was tried so often as the rule says', () => {
    expect(after([out(false), out(false)])).toBeNull()
    expect(after([out(false), out(false), out(false)])).toBe('notReached')
  })

  test('without a number that can be dialled nobody can be called', () => {
    for (const number of ['', 'anonymous', '+33123'])
      expect(outcomeOf({ ...leg, number }, silence)?.outcome, number).toBe('cannotCallBack')
  })

  test('so is who was lost in the middle, until she was reached', () => {
    expect(after([], answered, { callOutcome: 'lost' })).toBeNull()
    expect(after([out(true)], answered, { callOutcome: 'lost' })).toBe('calledBack')
    expect(after([], answered, { callOutcome: 'lost', openedCase: 'opened' })).toBe('newCase')
  })
})
