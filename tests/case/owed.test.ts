import { describe, expect, test } from 'vitest'
import { callsOfCase } from '../../shared/case/case-calls.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import { handOver } from '../../shared/case/hand-over.ts'
import { stepped } from '../../shared/case/life.ts'
import { badRatings, countCallers, owedCallers } from '../../shared/case/owed.ts'
import { partyOf } from '../../shared/case/party.ts'
import { decideStep } from '../../shared/case/steps.ts'
import { must } from '../../shared/errors.ts'
import { after, called, caseId, NEIGHBOUR, OPERATOR, refusal, step, taken, toDispatch } from './step-fixture.ts'

const then = (record: ReturnType<typeof after>, ...steps: Parameters<typeof taken>[1][]) =>
  steps.reduce((now, one) => {
    const decided = taken(now, one, one.type === 'rate' ? 'citizen' : 'centre')
    if (!decided.ok) throw new Error(JSON.stringify(decided.error))
    return foldCase(now, caseId, decided.value) ?? now
  }, record)
const herVisit = { ...step.visit, caller: NEIGHBOUR }

describe('K8.1 another call about a case', () => {
  test('is a fact: whatever the state, it is one more caller with her own wish', () => {
    for (const state of [toDispatch(), after('dispatch', 'sign'), after('decline'), after('decline', 'archive')]) {
      const record = called(state)
      expect(record.state).toBe(state.state)
      expect(record.life.calls).toMatchObject([{ callerId: NEIGHBOUR, takenBy: '1008', wantsReply: true, from: null }])
    }
  })

  test('of which she says more in the same call, it is kept, and she is owed one reply', () => {
    const once = called(toDispatch())
    const groups = { ...once.groups, caller: { callerId: caseId.replace('1', '2') } }
    const context = { at: 9, by: '1008', mutation: caseId, baseRevision: 0 }
    const more = { type: 'case.call' as const, caseId, callId: `call-${NEIGHBOUR}`, groups }
    const decided = decideCase(once, more, context)
    const record = foldCase(once, caseId, decided.ok ? decided.value : [])
    expect(record?.life.calls.map(({ wantsReply }) => wantsReply)).toEqual([true, false])
  })

  test('of a case that is not there is not found', () => {
    const context = { at: 9, by: '1008', mutation: caseId, baseRevision: 0 }
    const { groups } = toDispatch()
    expect(decideCase(null, { type: 'case.call', caseId, callId: null, groups }, context)).toMatchObject({ ok: false })
  })
})

describe('K8.2 each caller is owed a reply', () => {
  test('once the case is answered, one a caller who wants one', () => {
    const both = called(called(after('dispatch', 'sign')), caseId.replace('1', '3'), 'notWanted')
    expect(owedCallers(both)).toEqual([])
    const answered = foldAnswer(both)
    expect(owedCallers(answered).map(({ callerId, takenBy }) => [callerId, takenBy])).toEqual([
      [null, OPERATOR],
      [NEIGHBOUR, '1008'],
    ])
  })

  test('K5.12 what was tried for her stays when who opened the case rates it', () => {
    const answered = foldAnswer(called(after('dispatch', 'sign')))
    const vain = { ...herVisit, reached: false, solved: null, rating: null }
    const { caller: _, ...opener } = vain
    const rated = stepped(
      then(answered, vain, opener).life,
      { type: 'rate', rating: 1, text: '' },
      { at: 9, by: 'citizen', unit: null },
    )
    expect(rated.visits).toMatchObject([{ caller: NEIGHBOUR, reached: false }])
  })

  test('K5.12 each who called and is told rates once for each answer; a good one stands for her visit, of a bad one one is owed', () => {
    const answered = foldAnswer(called(after('dispatch', 'sign')))
    const hers = (rating: number) => ({ ...step.rate, rating, caller: NEIGHBOUR })
    const well = then(answered, hers(4))
    expect(owedCallers(well).map(({ callerId }) => callerId)).toEqual([null])
    expect(badRatings(well)).toEqual([])
    expect(refusal(well, hers(5), 'citizen')).toEqual({ code: 'illegalTransition', detail: 'rated' })
    // The other one's rating is her own affair.
    const both = then(well, step.rate)
    expect([both.life.rated, owedCallers(both)]).toEqual([4, []])
    expect(refusal(answered, { ...hers(4), caller: caseId.replace('1', '4') }, 'citizen')).toMatchObject({
      detail: 'caller',
    })

    const visited = then(answered, herVisit, step.visit, step.settle)
    expect(refusal(then(answered, herVisit), hers(1), 'citizen')).toMatchObject({ detail: 'rated' })
    const unrated = then(answered, { ...herVisit, rating: null }, step.visit, step.settle)
    const late = then(unrated, hers(1))
    expect([owedCallers(visited), owedCallers(late).map(({ callerId }) => callerId)]).toEqual([[], [NEIGHBOUR]])
    expect(badRatings(late)).toEqual([{ callerId: NEIGHBOUR, rating: 1 }])
    expect(refusal(late, step.archive, 'centre')).toMatchObject({ detail: 'callerOwed' })
    const vain = { ...herVisit, reached: false, solved: null, rating: null }
    expect(badRatings(then(late, vain, vain))).toHaveLength(1)
    expect(badRatings(then(late, vain, vain, vain))).toEqual([])
    expect(badRatings(then(late, { ...herVisit, rating: null }))).toEqual([])
    expect(badRatings(then(late, step.rehandle))).toEqual([])
  })

  test('K8.3 and it is not settled while one is owed; nobody visits whose call she took', () => {
    const answered = foldAnswer(called(after('dispatch', 'sign')))
    const one = then(answered, step.visit)
    expect(refusal(one, step.settle, 'centre')).toEqual({ code: 'illegalTransition', detail: 'notVisited' })
    expect(then(one, herVisit, step.settle).state).toBe('settled')
    const own = { at: 9, by: '1008', party: 'visitor' as const, unit: null }
    expect(decideOwn(answered, own)).toMatchObject({ error: { detail: 'ownCall' } })
    expect(refusal(answered, { ...step.visit, caller: caseId.replace('1', '4') }, 'centre')).toMatchObject({
      detail: 'caller',
    })
  })

  test('three visits in vain are enough, for each by herself', () => {
    const vain = { ...herVisit, reached: false, solved: null, rating: null }
    const answered = foldAnswer(called(after('dispatch', 'sign')))
    const tried = then(answered, step.visit, vain, vain)
    expect(owedCallers(tried)).toHaveLength(1)
    expect(owedCallers(then(tried, vain))).toEqual([])
  })

  test('another answer is owed to all of them anew', () => {
    const answered = then(foldAnswer(called(after('dispatch', 'sign'))), step.visit, herVisit, step.sendBack)
    expect(owedCallers(foldAnswer(answered))).toHaveLength(2)
  })

  test('K8.4 whoever calls when it is settled is owed one, and it is not archived before', () => {
    const late = called(after('dispatch', 'sign', 'answer', 'visit', 'settle'))
    expect(owedCallers(late).map(({ callerId }) => callerId)).toEqual([NEIGHBOUR])
    expect(refusal(late, step.archive, 'centre')).toEqual({ code: 'illegalTransition', detail: 'callerOwed' })
    expect(refusal(late, step.visit, 'centre')).toEqual({ code: 'illegalTransition', detail: 'settled' })
    expect(then(late, herVisit, step.archive).state).toBe('archived')
  })
})

describe('K8.7 who calls again about her own case', () => {
  const SECOND = caseId.replace('1', '7')
  /** One more call, by who has the number of `hers`. */
  const again = (record: ReturnType<typeof after>, hers: string, mode: 'later' | 'notWanted' = 'later') => {
    const groups = { ...record.groups, caller: { callerId: SECOND }, reply: { mode, text: '', articles: [] } }
    const context = { at: 9, by: '1009', mutation: SECOND, baseRevision: 0, hers: new Set([hers]) }
    const decided = decideCase(record, { type: 'case.call', caseId, callId: 'call-again', groups }, context)
    return must(foldCase(record, caseId, decided.ok ? decided.value : []), 'the case')
  }

  test('is one more call, not one more caller: counted once, and owed one reply', () => {
    for (const [record, hers, people] of [
      [after('dispatch', 'sign'), caseId, 1],
      [called(after('dispatch', 'sign')), NEIGHBOUR, 2],
    ] as const) {
      const more = again(record, hers)
      expect(more.life.calls.at(-1)).toMatchObject({ callerId: SECOND, wantsReply: false, again: true })
      expect(countCallers(more)).toBe(people)
      expect(owedCallers(foldAnswer(more))).toHaveLength(people)
    }
    expect(countCallers(called(after('dispatch'), SECOND))).toBe(2)
  })

  test('but where she was replied to already, or had wanted no reply, her new wish counts', () => {
    const settled = again(after('dispatch', 'sign', 'answer', 'visit', 'settle'), caseId)
    expect(owedCallers(settled).map(({ callerId }) => callerId)).toEqual([SECOND])
    const wanted = again(called(after('dispatch', 'sign'), NEIGHBOUR, 'notWanted'), NEIGHBOUR)
    expect(wanted.life.calls.at(-1)).toMatchObject({ wantsReply: true, again: true })
    expect(countCallers(wanted)).toBe(2)
  })

  test('so it is where a second case of hers is joined', () => {
    const { caseNo, groups } = toDispatch()
    const own = { ...groups, caller: { callerId: SECOND } }
    const opened: CaseEvent = { type: 'caseOpened', caseNo, callId: null, groups: own, at: 1, by: '1001' }
    const keyOf = (callerId: string) => (callerId === NEIGHBOUR ? '8675000' : '8613800138000')
    const into: CaseEvent[] = [opened, { type: 'caseReplied', state: 'toDispatch', at: 1, by: '1001' }]
    const stamp = { at: 50, by: '1001' }
    const [call] = handOver({ record: toDispatch(), events: [] }, into, stamp, keyOf)
    expect(call).toMatchObject({ call: { callerId: caseId, again: true, wantsReply: false } })
    const [other] = handOver({ record: toDispatch(), events: [] }, into, stamp, (id) => (id === SECOND ? '1' : '2'))
    expect(other).toMatchObject({ call: { callerId: caseId, wantsReply: true } })
  })
})

describe('K8.5 a case that is joined', () => {
  /** The events of a case by its record alone are not there: these are as many as the functions look at. */
  const joinedCall: CaseEvent = {
    type: 'callJoined',
    call: must(called(toDispatch()).life.calls[0], 'a call'),
    groups: toDispatch().groups,
    at: 1,
    by: '1008',
  }

  test('hands over all its callers, each once, with what they said and what theirs were', () => {
    const record = called(toDispatch())
    const stamp = { at: 50, by: '1001' }
    const fresh = handOver({ record, events: [joinedCall] }, [], stamp)
    expect(fresh).toMatchObject([
      { type: 'callJoined', call: { callerId: caseId, takenBy: OPERATOR, kind: 'help', from: caseId }, at: 50 },
      { type: 'callJoined', call: { callerId: NEIGHBOUR, takenBy: '1008', from: caseId } },
    ])
    expect(then(record, step.join).life).toMatchObject({ handedOver: 1, into: step.join.into })
  })

  test('hands over nobody who was taken out again, and who came, went and came once more one time, in her last words', () => {
    const record = called(toDispatch())
    const stamp = { at: 50, by: '1001' }
    const out: CaseEvent = { type: 'caseStepped', step: step.takeOut, state: 'toDispatch', unit: null, ...stamp }
    const last: CaseEvent = { ...joinedCall, groups: { ...joinedCall.groups, content: { text: '还没修好' } } }
    const named = (fresh: readonly CaseEvent[]) =>
      fresh.map((event) => event.type === 'callJoined' && [event.call.callerId, event.groups.content.text])
    const gone = must(foldCase(record, caseId, [out]), 'a case')
    expect(named(handOver({ record: gone, events: [joinedCall, out] }, [], stamp))).toEqual([[caseId, '路灯不亮']])
    const back = must(foldCase(gone, caseId, [last]), 'a case')
    expect(named(handOver({ record: back, events: [joinedCall, out, last] }, [], stamp))).toEqual([
      [caseId, '路灯不亮'],
      [NEIGHBOUR, '还没修好'],
    ])
  })

  test('nobody who is among the callers of that one already comes twice', () => {
    const { caseNo, groups } = toDispatch()
    const opened: CaseEvent = { type: 'caseOpened', caseNo, callId: null, groups, at: 1, by: '1001' }
    const fresh = handOver({ record: called(toDispatch()), events: [joinedCall] }, [opened, joinedCall], {
      at: 50,
      by: '1001',
    })
    expect(fresh.map((event) => event.type === 'callJoined' && event.call.callerId)).toEqual([caseId])
  })

  test('owes them nothing itself; who calls about it later is owed by it', () => {
    const joined = then(called(toDispatch()), step.join)
    expect(owedCallers(joined)).toEqual([])
    const later = called(joined, caseId.replace('1', '5'))
    expect(owedCallers(later)).toHaveLength(1)
  })

  test('by an operator is one that she has just opened; by nobody else', () => {
    const who = (staffNo: string) => partyOf({ role: 'operator', staffNo, unit: null }, toDispatch())
    expect(who(OPERATOR)).toBe('taker')
    expect(who('1008')).toBe('visitor')
    expect(refusal(toDispatch(), step.join, 'visitor')).toEqual({ code: 'forbidden', detail: 'join' })
    expect(partyOf({ role: 'operator', staffNo: OPERATOR, unit: null }, after('dispatch'))).toBe('visitor')
  })
})

test('K8.6 an event is a case with what its callers are told, until it is none any more', () => {
  const made = after('dispatch', 'makeEvent')
  expect(made).toMatchObject({ state: 'toSign', life: { event: { title: '青云小区停水' } } })
  expect(then(made, { ...step.makeEvent, say: '预计 20 时恢复' }).life.event?.say).toBe('预计 20 时恢复')
  expect(then(made, step.endEvent).life.event).toBeNull()
  expect(refusal(after('dispatch'), step.endEvent, 'centre')).toMatchObject({ detail: 'noEvent' })
})

test('P6 who reports something is as secret beside others as in a case of her own', () => {
  const identity = (callerId: string) => ({ callerId, name: '来电人', phone: '13800138000' })
  const record = called(toDispatch())
  const call = must(record.life.calls[0], 'a call')
  const reported = { ...record, life: { ...record.life, calls: [{ ...call, kind: 'report' as const }] } }
  const names = (staffNo: string, role: 'operator' | 'monitor' | 'quality', of: typeof record = reported) =>
    callsOfCase(of, [], { staffNo, role }, identity).map(({ caller, hidden }) => (hidden ? null : caller?.name))
  expect(names('1004', 'operator')).toEqual(['来电人', null])
  expect(names('1008', 'operator')).toEqual(['来电人', '来电人'])
  expect(names('1010', 'monitor')).toEqual(['来电人', '来电人'])
  expect(names('2002', 'quality')).toEqual(['来**', null])
  // A report about which somebody else calls: neither is told to the other's operator.
  const classification = { kind: 'report' as const, code: null }
  const report = { ...record, secret: true, groups: { ...record.groups, classification } }
  expect(names(OPERATOR, 'operator', report)).toEqual(['来电人', null])
  expect(names('1008', 'operator', report)).toEqual([null, '来电人'])
})

function foldAnswer(record: ReturnType<typeof after>) {
  const decided = taken(record, step.answer, 'lead')
  if (!decided.ok) throw new Error(decided.error.code)
  return foldCase(record, caseId, decided.value) ?? record
}

function decideOwn(record: ReturnType<typeof after>, context: Parameters<typeof decideStep>[2]) {
  return decideStep(record, herVisit, context)
}
