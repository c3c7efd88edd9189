import { describe, expect, test } from 'vitest'
import type { LateEdit } from '../../shared/case/case-record.ts'
import { decideCase } from '../../shared/case/decide.ts'
import { caseStepSchema, type CaseStep, type StepType } from '../../shared/case/case-step.ts'
import { decideStep, parties, stepTypes } from '../../shared/case/steps.ts'
import { after, caseId, OPERATOR, refusal, step, taken, toDispatch, UNIT } from './step-fixture.ts'

describe('K5.1 the way of a matter', () => {
  test('a unit gets it, signs, answers, the citizen is visited, it is settled and archived', () => {
    const whole = after('dispatch', 'sign', 'answer', 'visit', 'settle', 'archive')
    expect(whole).toMatchObject({
      state: 'archived',
      life: { unit: UNIT, answer: '已修复', visits: [{ reached: true, solved: true, rating: 5 }] },
    })
  })

  test('each step is one event of the history: who, when, for whom, and its words', () => {
    const decided = taken(after('dispatch'), step.return, 'lead', 77)
    expect(decided).toEqual({
      ok: true,
      value: [{ type: 'caseStepped', step: step.return, state: 'toDispatch', unit: UNIT, at: 77, by: 'of-lead' }],
    })
  })
})

test('K5.3 who may never take a step is told so, whatever the state', () => {
  const record = after('dispatch', 'sign')
  expect(refusal(record, step.answer, 'centre')).toEqual({ code: 'forbidden', detail: 'answer' })
  expect(refusal(record, step.answer, 'other')).toEqual({ code: 'forbidden', detail: 'answer' })
  expect(refusal(record, step.supervise, 'visitor')).toEqual({ code: 'forbidden', detail: 'supervise' })
})

test('K5.4 assigned upon review it may not be returned again, and not to the unit that has it', () => {
  expect(refusal(after('dispatch', 'redispatch'), step.return, 'lead')).toEqual({
    code: 'illegalTransition',
    detail: 'reviewed',
  })
  expect(refusal(after('dispatch'), { ...step.redispatch, unit: UNIT }, 'centre')).toEqual({
    code: 'illegalTransition',
    detail: 'sameUnit',
  })
})

describe('K5.5 an extension', () => {
  test('is asked for once at a time, and granted only where it was', () => {
    const asked = after('dispatch', 'sign', 'askExtension')
    expect(refusal(asked, step.askExtension, 'lead')).toMatchObject({ detail: 'asked' })
    expect(refusal(after('dispatch', 'sign'), step.grantExtension, 'centre')).toMatchObject({ detail: 'notAsked' })
    expect(after('dispatch', 'sign', 'askExtension', 'denyExtension', 'askExtension').life).toMatchObject({
      asked: 5,
      extraDays: 0,
    })
    expect(after('dispatch', 'sign', 'askExtension', 'grantExtension').life).toMatchObject({
      asked: null,
      extraDays: 3,
    })
  })

  test('that was not decided is over with the answer', () => {
    expect(after('dispatch', 'sign', 'askExtension', 'answer').life.asked).toBeNull()
  })
})

test('K5.6 a suspension ends by the centre’s word, or by the answer', () => {
  expect(after('dispatch', 'sign', 'suspend', 'resume').life.pauses).toEqual([{ from: 5, to: 6 }])
  expect(after('dispatch', 'sign', 'suspend', 'answer').life.pauses).toEqual([{ from: 5, to: 6 }])
  expect(refusal(after('dispatch', 'sign', 'suspend'), step.suspend, 'centre')).toMatchObject({ detail: 'suspended' })
})

describe('K5.7 a return visit', () => {
  test('is not made by who took the call', () => {
    const record = after('dispatch', 'sign', 'answer')
    const visit = decideStep(record, step.visit, { at: 9, by: OPERATOR, party: 'visitor', unit: null })
    expect(visit).toEqual({ ok: false, error: { code: 'illegalTransition', detail: 'ownCall' } })
  })

  test('rates nothing where nobody was reached', () => {
    const record = after('dispatch', 'sign', 'answer')
    expect(refusal(record, { ...step.visit, reached: false }, 'visitor')).toMatchObject({ detail: 'notReached' })
  })

  test.each(['sendBack', 'rehandle'] as const)('after a %s the new answer wants a visit of its own', (back) => {
    const record = after('dispatch', 'sign', 'answer', 'visit', back, 'answer')
    expect(refusal(record, step.settle, 'centre')).toMatchObject({ detail: 'notVisited' })
  })

  test('in vain must be tried three times before it is settled', () => {
    const vain: CaseStep = { type: 'visit', reached: false, solved: null, rating: null, note: '无人接听' }
    expect(refusal(after('dispatch', 'sign', 'answer', vain, vain), step.settle, 'centre')).toMatchObject({
      detail: 'notVisited',
    })
    expect(after('dispatch', 'sign', 'answer', vain, vain, vain, 'settle').state).toBe('settled')
  })
})

test('K5.8 it is handled anew once: the same facts again are explained', () => {
  const anew = after('dispatch', 'sign', 'askExtension', 'grantExtension', 'answer', 'visit', 'settle', 'rehandle')
  expect(anew).toMatchObject({
    state: 'inHand',
    life: { unit: UNIT, begunAnewAt: 10, answer: null, extraDays: 0, pauses: [] },
  })
  expect(
    refusal(
      after('dispatch', 'sign', 'answer', 'visit', 'rehandle', 'answer', 'visit', 'settle'),
      step.rehandle,
      'centre',
    ),
  ).toMatchObject({
    detail: 'rehandled',
  })
})

describe('K5.12 the citizen’s own rating', () => {
  const answered = after('dispatch', 'sign', 'answer')
  const bad: CaseStep = { type: 'rate', rating: 2, text: '没有修好' }

  test('is hers alone: nobody of the house or of a unit takes it, on nobody’s behalf', () => {
    for (const party of parties)
      expect(refusal(answered, step.rate, party)?.code ?? null, party).toBe(party === 'citizen' ? null : 'forbidden')
    for (const type of stepTypes)
      if (type !== 'rate') expect(refusal(answered, step[type], 'citizen')?.code, type).toBe('forbidden')
  })

  test('is given once for each answer, by her or at the visit, and stands for the visit', () => {
    const rated = after('dispatch', 'sign', 'answer', 'rate')
    expect(rated).toMatchObject({ state: 'answered', life: { rated: 4, visitOwed: false } })
    expect(refusal(rated, step.rate, 'citizen')).toMatchObject({ detail: 'rated' })
    expect(refusal(rated, step.settle, 'centre')).toBeNull()
    expect(refusal(after('dispatch', 'sign', 'answer', 'visit'), step.rate, 'citizen')).toMatchObject({
      detail: 'rated',
    })
    expect(after('dispatch', 'sign', 'answer', 'rate', 'sendBack', 'answer').life.rated).toBeNull()
  })

  test('a bad one owes a visit, also of what is settled, until she was reached, tried for, or it was begun anew', () => {
    const unhappy = after('dispatch', 'sign', 'answer', bad)
    expect(refusal(unhappy, step.settle, 'centre')).toMatchObject({ detail: 'notVisited' })
    const visit = { type: 'visit', reached: true, solved: false, rating: null, note: '' } as const
    const settled = after('dispatch', 'sign', 'answer', visit, 'settle')
    expect(refusal(settled, step.visit, 'visitor')).toMatchObject({ detail: 'settled' })
    const sorry = after('dispatch', 'sign', 'answer', visit, 'settle', bad)
    expect(refusal(sorry, step.archive, 'centre')).toMatchObject({ detail: 'callerOwed' })
    for (const way of ['visit', 'rehandle'] as const)
      expect(after('dispatch', 'sign', 'answer', visit, 'settle', bad, way).life.visitOwed).toBe(false)
    const vain = { ...visit, reached: false, solved: null }
    expect(after('dispatch', 'sign', 'answer', bad, vain, vain).life.visitOwed).toBe(true)
    expect(after('dispatch', 'sign', 'answer', bad, vain, vain, vain, 'settle').state).toBe('settled')
    // What was tried before she rated counts no more: she is tried for three times after it.
    const rated = [vain, vain, vain, 'settle', bad] as const
    expect(after('dispatch', 'sign', 'answer', ...rated).life.visits).toEqual([])
    expect(after('dispatch', 'sign', 'answer', ...rated, vain, vain).life.visitOwed).toBe(true)
    expect(after('dispatch', 'sign', 'answer', ...rated, vain, vain, vain).life.visitOwed).toBe(false)
  })
})

test('K5.9 not accepted is nothing without a reason and the channel that is right, and joined nothing without a case', () => {
  expect(caseStepSchema.safeParse({ ...step.decline, channel: ' ' }).success).toBe(false)
  expect(caseStepSchema.safeParse({ ...step.decline, reason: '' }).success).toBe(false)
  expect(refusal(toDispatch(), { type: 'join', into: caseId }, 'centre')).toMatchObject({ detail: 'itself' })
  // What was answered is told to whoever asked.
  expect(refusal(after('dispatch', 'sign', 'answer'), step.join, 'centre')).toMatchObject({ detail: 'answered' })
})

test('K5.10 others take part, and the first unit leads', () => {
  const joint = after('dispatch', 'sign', { type: 'invite', units: ['市公安局', UNIT, '市公安局'] }, 'contribute')
  expect(joint.life).toMatchObject({
    unit: UNIT,
    others: ['市公安局'],
    contributions: [{ unit: '市公安局', text: '已现场查看' }],
  })
})

describe('K5.11 with a unit', () => {
  const context = { at: 9, by: OPERATOR, mutation: caseId, baseRevision: 99 }

  test.each(['dispatch', 'redispatch', 'return'] as const)('after a %s nothing of the unit before stays', (last) => {
    const before: StepType[] = ['dispatch', 'sign', 'askExtension']
    const record = last === 'dispatch' ? after(...before, 'return', 'dispatch') : after(...before, last)
    expect(record.life).toMatchObject({ signedAt: null, asked: null, others: [] })
  })

  test('the operator cannot say another way to reply any more, but may correct the words', () => {
    const record = after('dispatch')
    const reply = { mode: 'atOnce' as const, text: '已答复', articles: [] }
    expect(decideCase(record, { type: 'case.reply', caseId, base: { revision: 3 }, reply }, context)).toMatchObject({
      error: { code: 'illegalTransition', detail: 'toSign' },
    })
    const edits = [{ group: 'reply' as const, value: { ...reply, mode: 'later' as const } }]
    expect(decideCase(record, { type: 'case.edit', caseId, base: { revision: 3 }, edits }, context).ok).toBe(true)
  })

  test('a late reply of another way can be let go, but not taken', () => {
    const late: LateEdit = {
      mutation: caseId,
      group: 'reply',
      value: { mode: 'atOnce', text: '已答复', articles: [] },
      by: OPERATOR,
      at: 2,
    }
    const record = { ...after('dispatch'), late: [late] }
    const settle = (take: boolean) =>
      decideCase(
        record,
        { type: 'case.settle', caseId, base: { revision: 3 }, late: { mutation: caseId, group: 'reply' }, take },
        context,
      )
    expect(settle(true)).toMatchObject({ error: { code: 'illegalTransition', detail: 'toSign' } })
    expect(settle(false).ok).toBe(true)
  })
})
