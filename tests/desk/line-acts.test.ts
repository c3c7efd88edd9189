import { describe, expect, test } from 'vitest'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { noLines } from '../../shared/call/lines.ts'
import { endedByKey, type LinesNow } from '../../shared/call/ended-by-key.ts'
import { isOpen, ringingCall } from '../../renderer/desk/stores/line-store.ts'

const caller = (callId: string) => ({ callId, number: callId, name: '', queue: '' })
const on = (
  type: 'answerPressed' | 'sessionEstablished' | 'remoteHungUp' | 'holdPressed' | 'resumePressed',
  callId: string,
): LineEvent => ({
  type,
  callId,
  at: 2,
})
const invite = (callId: string): LineEvent => ({ type: 'inviteArrived', caller: caller(callId), at: 1 })
const settled = (callId: string, held: boolean, ok = true): LineEvent => ({
  type: 'holdSettled',
  callId,
  held,
  ok,
  at: 3,
})
const talking = (callId: string) => [on('answerPressed', callId), on('sessionEstablished', callId)]
const citizen = [invite('a'), ...talking('a')]
const asked = (purpose: 'consult' | 'emergency'): LineEvent[] => [
  ...citizen,
  { type: 'dialled', caller: caller('x'), purpose, at: 1 },
  settled('a', true),
  on('sessionEstablished', 'x'),
]

const run = (...events: readonly LineEvent[]): LinesNow => ({
  ...events.reduce((lines, event) => stepLines(lines, event).lines, noLines),
  line: 'registered',
})

describe('L13 F12 ends whom the operator speaks with', () => {
  test('the citizen, or whoever was asked while she waits', () => {
    expect(endedByKey(run(...citizen))?.caller.callId).toBe('a')
    expect(endedByKey(run(...asked('consult')))?.caller.callId).toBe('x')
  })

  test('and never a citizen who waits: a key pressed once more finds nobody', () => {
    const waits = [...citizen, invite('b'), ...talking('b'), settled('a', true), on('remoteHungUp', 'b')]
    expect(run(...waits).call?.caller.callId).toBe('a')
    expect(endedByKey(run(...waits))).toBeNull()
    expect(isOpen(run(...waits), 'hangUp')).toBe(false)
    expect(endedByKey(run(...asked('consult'), on('remoteHungUp', 'x')))).toBeNull()
    expect(isOpen(run(...waits), 'hold')).toBe(true)
  })

  test('L13 and a citizen whom she held herself, with nobody else there', () => {
    const put = [...citizen, on('holdPressed', 'a'), settled('a', true)]
    expect(endedByKey(run(...put))?.caller.callId).toBe('a')
    expect(endedByKey(run(...put, invite('b')))?.caller.callId).toBe('a')
    const two = run(...put, invite('b'), ...talking('b'))
    expect(endedByKey(two)?.caller.callId).toBe('b')
    // Put aside for somebody else she waits, whoever held her before.
    expect(endedByKey(run(...put, invite('b'), ...talking('b'), on('remoteHungUp', 'b')))).toBeNull()
    // On her way back she is nobody's to end by accident, and put aside later she waits.
    expect(endedByKey(run(...put, on('resumePressed', 'a')))).toBeNull()
  })

  test('but one whom the exchange does not take back, or whose line is away, is ended: nothing else leads out', () => {
    const put = [...citizen, on('holdPressed', 'a'), settled('a', true)]
    expect(endedByKey({ ...run(...put), line: 'connecting' })?.caller.callId).toBe('a')
    const refused = [...put, on('resumePressed', 'a'), settled('a', false, false)]
    expect(endedByKey(run(...refused))?.caller.callId).toBe('a')
    expect(isOpen(run(...refused, on('resumePressed', 'a')), 'hangUp')).toBe(false)
    const beside = run(...asked('consult'))
    expect(endedByKey({ ...beside, line: 'connecting' })?.caller.callId).toBe('x')
  })

  test('also where the citizen has gone and somebody is still beside', () => {
    const left = run(...asked('emergency'), settled('a', false), on('remoteHungUp', 'a'))
    expect(left.call?.phase).toBe('ended')
    expect(endedByKey(left)?.caller.callId).toBe('x')
    expect([isOpen(left, 'hangUp'), isOpen(left, 'drop'), isOpen(left, 'complete')]).toEqual([true, true, false])
  })
})

test('F5 answers nobody who knocks while somebody is asked', () => {
  const knocked = [...citizen, invite('b')]
  expect(ringingCall(run(...knocked))?.caller.callId).toBe('b')
  const dialled: LineEvent = { type: 'dialled', caller: caller('x'), purpose: 'consult', at: 1 }
  expect(ringingCall(run(...knocked, dialled))).toBeNull()
})
