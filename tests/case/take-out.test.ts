import { describe, expect, test } from 'vitest'
import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import { stepped } from '../../shared/case/life.ts'
import { countCallers, owedCallers } from '../../shared/case/owed.ts'
import { partyOf } from '../../shared/case/party.ts'
import { ownCase, wordsOut } from '../../shared/case/take-out.ts'
import { decideStep } from '../../shared/case/steps.ts'
import { must } from '../../shared/errors.ts'
import { after, called, caseId, NEIGHBOUR, refusal, step, taken, toDispatch } from './step-fixture.ts'

const MORE = '0197a000-0000-7000-8000-0000000000ab'
const OTHER = '0197a000-0000-7000-8000-0000000000ac'

/** What is said in a call of the neighbour's, as the event that tells it. */
function saidIn(
  record: CaseRecord,
  callerId: string,
  callId: string,
  text: string,
  reply = record.groups.reply,
): CaseEvent[] {
  const groups = { ...record.groups, caller: { callerId }, content: { text }, reply }
  const context = { at: 50, by: '1008', mutation: callerId, baseRevision: 0 }
  const decided = decideCase(record, { type: 'case.call', caseId, callId, groups }, context)
  return decided.ok ? decided.value : []
}

describe('K8.8 a call that was about something else is taken out', () => {
  test('by who took it and by the centre, with a reason, while the case is open; not by others', () => {
    const record = called(after('dispatch', 'sign'))
    for (const party of ['centre', 'joiner'] as const) expect(refusal(record, step.takeOut, party)).toBe(null)
    expect(refusal(record, step.takeOut, 'visitor')).toEqual({ code: 'forbidden', detail: 'takeOut' })
    expect(refusal(called(record, OTHER, 'later', '1009'), { ...step.takeOut, caller: OTHER }, 'joiner')).toEqual({
      ...{ code: 'illegalTransition', detail: 'otherCall' },
    })
    expect(refusal(called(after('decline')), step.takeOut, 'centre')).toMatchObject({ detail: 'notAccepted' })
    expect(refusal(record, { ...step.takeOut, caller: OTHER }, 'centre')).toMatchObject({ detail: 'caller' })
    const operator = { role: 'operator', staffNo: '1008', unit: null } as const
    expect(partyOf(operator, record)).toBe('joiner')
    expect(partyOf({ ...operator, staffNo: '1009' }, record)).toBe('visitor')
  })

  test('by who opened the case, too, where the call was hers to take; another call it is not hers to take out', () => {
    const record = called(called(toDispatch(), NEIGHBOUR, 'later', 'of-taker'), OTHER)
    expect(partyOf({ role: 'operator', staffNo: record.openedBy, unit: null }, record)).toBe('taker')
    expect(refusal(record, step.takeOut, 'taker')).toBe(null)
    expect(refusal(record, { ...step.takeOut, caller: OTHER }, 'taker')).toMatchObject({ detail: 'otherCall' })
  })

  test('the case owes her nothing more, and her tries go with her; the others are owed as before', () => {
    const vain = { ...step.visit, reached: false, solved: null, rating: null, caller: NEIGHBOUR }
    const both = called(called(after('dispatch', 'sign', 'answer')), OTHER)
    const tried = must(foldCase(both, caseId, okOf(taken(both, vain, 'centre'))), 'a case')
    const out = must(foldCase(tried, caseId, okOf(taken(tried, step.takeOut, 'centre'))), 'a case')
    expect(out.state).toBe('answered')
    expect(owedCallers(out).map(({ callerId }) => callerId)).toEqual([null, OTHER])
    expect([countCallers(out), out.life.visits]).toEqual([2, []])
  })

  test('she has a case of her own, as of her call, in her words, owed the reply that she wished; what she said more goes along', () => {
    const first = toDispatch()
    const one = saidIn(first, NEIGHBOUR, 'her-call', '说的是井盖')
    const then = must(foldCase(first, caseId, one), 'a case')
    const more = saidIn(then, MORE, 'her-call', '还有一句')
    const record = must(foldCase(then, caseId, more), 'a case')
    const said = wordsOut(record, [...one, ...more], NEIGHBOUR)
    const own = must(foldCase(null, OTHER, ownCase(said, 'JM20261127-00-0001', false)), 'a case')
    expect(own).toMatchObject({
      ...{ caseNo: 'JM20261127-00-0001', callId: 'her-call', state: 'toDispatch', openedAt: 50, openedBy: '1008' },
      groups: { caller: { callerId: NEIGHBOUR }, content: { text: '说的是井盖' } },
      life: { calls: [{ callerId: MORE, wantsReply: false, again: true }] },
    })
    expect(countCallers(own)).toBe(1)
    const left = stepped(record.life, step.takeOut, { at: 60, by: '1001', unit: null })
    expect(left.calls).toEqual([])
  })

  test('who was not asked yet how she is replied to waits for a reply in her own case, too', () => {
    const first = toDispatch()
    const said = saidIn(first, NEIGHBOUR, 'her-call', '说的是井盖', { mode: null, text: '', articles: [] })
    const record = must(foldCase(first, caseId, said), 'a case')
    expect(record.life.calls).toMatchObject([{ wantsReply: true }])
    const own = must(
      foldCase(null, OTHER, ownCase(wordsOut(record, said, NEIGHBOUR), 'JM20261127-00-0001', false)),
      'a case',
    )
    expect(own).toMatchObject({ state: 'toDispatch', groups: { reply: { mode: 'later' } } })
  })

  test('upon which a later one of the same number rests, only after that one: else nobody would be owed her reply', () => {
    const first = toDispatch()
    const once = must(foldCase(first, caseId, saidIn(first, NEIGHBOUR, 'call-1', '说的是井盖')), 'a case')
    const hers = new Set([NEIGHBOUR])
    const groups = { ...once.groups, caller: { callerId: OTHER } }
    const context = { at: 60, by: '1008', mutation: OTHER, baseRevision: 0, hers }
    const decided = decideCase(once, { type: 'case.call', caseId, callId: 'call-2', groups }, context)
    const twice = must(foldCase(once, caseId, decided.ok ? decided.value : []), 'a case')
    expect(twice.life.calls).toMatchObject([{ wantsReply: true }, { wantsReply: false, again: true }])
    const whyNot = (record: CaseRecord, caller: string, keyOf: (callerId: string) => string) => {
      const by = { at: 70, by: '1001', party: 'centre', unit: null } as const
      const out = decideStep(record, { ...step.takeOut, caller }, { ...by, keyOf })
      return out.ok ? null : out.error.detail
    }
    const oneNumber = (callerId: string) => (callerId === caseId ? '1' : '2')
    expect(whyNot(twice, NEIGHBOUR, oneNumber)).toBe('calledAgain')
    expect(whyNot(twice, OTHER, oneNumber)).toBe(null)
    // It rests upon another one's call, or on nobody's of whom it is known.
    expect(whyNot(twice, NEIGHBOUR, (callerId) => callerId)).toBe(null)
    expect(whyNot(twice, NEIGHBOUR, () => '')).toBe(null)
    const back = must(
      foldCase(twice, caseId, okOf(taken(twice, { ...step.takeOut, caller: OTHER }, 'centre'))),
      'a case',
    )
    expect(whyNot(back, NEIGHBOUR, oneNumber)).toBe(null)
  })

  test('what came with a joined case goes back with it alone', () => {
    const record = called(toDispatch())
    const [call] = record.life.calls
    const joined = { ...record, life: { ...record.life, calls: [{ ...must(call, 'a call'), from: OTHER }] } }
    expect(refusal(joined, step.takeOut, 'centre')).toMatchObject({ detail: 'joinedCase' })
  })
})

describe('K8.9 a joining is undone', () => {
  test('by who joined and by the centre: it waits for dispatch again, with all who called about it', () => {
    const joined = must(
      foldCase(called(toDispatch()), caseId, okOf(taken(called(toDispatch()), step.join, 'taker'))),
      'a case',
    )
    expect(joined.life).toMatchObject({ into: step.join.into, joinedBy: 'of-taker', handedOver: 1 })
    const operator = { role: 'operator', unit: null } as const
    expect(partyOf({ ...operator, staffNo: 'of-taker' }, joined)).toBe('joiner')
    expect(partyOf({ ...operator, staffNo: '1009' }, joined)).toBe('visitor')
    expect(refusal(joined, step.unjoin, 'visitor')).toMatchObject({ code: 'forbidden' })
    const back = must(foldCase(joined, caseId, okOf(taken(joined, step.unjoin, 'joiner'))), 'a case')
    expect(back.state).toBe('toDispatch')
    expect(back.life).toMatchObject({ into: null, joinedBy: null, handedOver: 0, unit: null })
    expect(countCallers(back)).toBe(2)
    expect(refusal(back, step.unjoin, 'centre')).toMatchObject({ detail: 'toDispatch' })
  })
})

function okOf(decided: ReturnType<typeof taken>): CaseEvent[] {
  if (!decided.ok) throw new Error(JSON.stringify(decided.error))
  return decided.value
}
