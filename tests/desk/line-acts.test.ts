import { describe, expect, test } from 'vitest'
import { noLines, stepLines, type LineEvent, type Lines } from '../../shared/call/call-lines.ts'
import { endedByKey, isOpen, ringingCall } from '../../renderer/desk/stores/line-store.ts'

const caller = (callId: string) => ({ callId, number: callId, name: '', queue: '' })
const on = (
  type: 'answerPressed' | 'sessionEstablished' | 'remoteHungUp' | 'holdPressed',
  callId: string,
): LineEvent => ({
  type,
  callId,
  at: 2,
})
const invite = (callId: string): LineEvent => ({ type: 'inviteArrived', caller: caller(callId), at: 1 })
const settled = (callId: string, held: boolean): LineEvent => ({ type: 'holdSettled', callId, held, ok: true, at: 3 })
const talking = (callId: string) => [on('answerPressed', callId), on('sessionEstablished', callId)]
const citizen = [invite('a'), ...talking('a')]
const asked = (purpose: 'consult' | 'emergency'): LineEvent[] => [
  ...citizen,
  { type: 'dialled', caller: caller('x'), purpose, at: 1 },
  settled('a', true),
  on('sessionEstablished', 'x'),
]

const run = (...events: readonly LineEvent[]): Lines =>
  events.reduce((lines, event) => stepLines(lines, event).lines, noLines)

describe('F12 ends whom the operator speaks with', () => {
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
