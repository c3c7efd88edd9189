import { describe, expect, test } from 'vitest'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { callsUp, noLines, type Lines } from '../../shared/call/lines.ts'
import { isAnswered } from '../../shared/call/call.ts'
import { isWithOperator } from '../../shared/call/ended-by-key.ts'
import {
  caller,
  citizen,
  consulting,
  dial,
  factsOf,
  held,
  invite,
  kinds,
  on,
  press,
  refused,
  run,
} from './support/line-events.ts'

describe('a second citizen', () => {
  test('L3 knocks, comes to the front when she is answered, and the first is held before', () => {
    const { lines, last } = run(...citizen, invite('b'), on('answerPressed', 'b'))
    expect(lines.call?.caller.callId).toBe('b')
    expect(lines.other?.caller.callId).toBe('a')
    expect(kinds(last)).toEqual(['setSound', 'hold', 'stopKnocking', 'stopRinging', 'acceptInvite'])
  })

  test('L3 is refused as busy, and the first hears nothing of it', () => {
    const { lines, last } = run(...citizen, invite('b'), on('rejectPressed', 'b'))
    expect(last).toContainEqual({ type: 'refuseInvite', callId: 'b', status: 486 })
    expect(lines).toMatchObject({ other: null, call: { caller: { callId: 'a' } } })
    expect(isWithOperator(lines.call)).toBe(true)
  })

  test('L2 a third one is busy, and so is a second while somebody is asked or a ring is not answered', () => {
    for (const before of [[...citizen, invite('b')], consulting('consult'), [invite('a')]])
      expect(run(...before, invite('c')).last).toEqual([{ type: 'refuseInvite', callId: 'c', status: 486 }])
  })

  test('L12 a direct call for which there is no room is told as missed; one of a queue rings elsewhere', () => {
    const direct: LineEvent = { type: 'inviteArrived', caller: { ...caller('c'), queue: '' }, at: 1 }
    expect(factsOf(run(invite('a'), direct).last)).toEqual(['c offered', 'c ended'])
    expect(factsOf(run(invite('a'), invite('c')).last)).toEqual([])
  })

  test('L4 rings aloud when the first one ends, and is in front', () => {
    const { lines, last } = run(...citizen, invite('b'), on('remoteHungUp', 'a'))
    expect(lines).toMatchObject({ call: { caller: { callId: 'b' }, phase: 'ringing' }, other: null })
    expect(kinds(last).slice(-2)).toEqual(['stopKnocking', 'startRinging'])
  })

  test('L1 the two are swapped: one is held, the other taken back', () => {
    const both = [...citizen, invite('b'), on('answerPressed', 'b'), held('a'), on('sessionEstablished', 'b')]
    const { lines, last } = run(...both, press('swapPressed'))
    expect(lines).toMatchObject({ call: { caller: { callId: 'a' } }, other: { caller: { callId: 'b' } } })
    expect(last).toContainEqual({ type: 'hold', callId: 'b', held: true })
    expect(last).toContainEqual({ type: 'hold', callId: 'a', held: false })
  })
})

describe('a call beside the citizen’s', () => {
  test('L1 holds her before it is dialled', () => {
    const { last } = run(...citizen, dial('x', 'consult'))
    expect(kinds(last)).toEqual(['setSound', 'hold', 'dial', 'recordFact'])
  })

  test.each([
    ['busy', { type: 'sessionFailed', callId: 'x', status: 486, at: 2 }],
    ['given up', on('hangUpPressed', 'x')],
  ] as const)('L5 that comes to nothing (%s) gives her back, and says why', (_why, event) => {
    const over = event.type === 'hangUpPressed' ? [event, on('remoteHungUp', 'x')] : [event]
    const { lines, last } = run(...citizen, dial('x', 'handOver'), held('a'), ...over)
    expect(last).toContainEqual({ type: 'hold', callId: 'a', held: false })
    expect(lines.beside).toMatchObject({ phase: 'ended', outcome: 'failed' })
    expect(lines.call?.phase).toBe('connected')
  })

  test('L7 hands her over as soon as somebody answers; L6 she is let go only when the exchange has done it', () => {
    const before = run(...consulting('handOver'))
    expect(before.last).toContainEqual({ type: 'complete', callId: 'a', besideId: 'x' })
    expect(callsUp(before.lines)).toHaveLength(2)
    const { lines, last } = run(...consulting('handOver'), press('completed'))
    expect(kinds(last).filter((kind) => kind === 'sendBye')).toHaveLength(2)
    expect(lines.call).toMatchObject({ phase: 'ended', outcome: 'transferred' })
    expect(last).toContainEqual({
      type: 'recordFact',
      fact: { callId: 'a', kind: 'transferred', at: 4, to: 'x', how: 'blind' },
    })
  })

  test('L6 an exchange that refuses leaves both where they were, and says so', () => {
    const { lines } = run(...consulting('consult'), press('completePressed'), refused)
    expect(lines).toMatchObject({ completing: null, refused: 503 })
    expect([isAnswered(lines.call), isAnswered(lines.beside)]).toEqual([true, true])
  })

  test.each([
    ['the consulted leg first', [on('remoteHungUp', 'x'), press('completed')]],
    ['both legs, and says nothing more', [on('remoteHungUp', 'x'), on('remoteHungUp', 'a')]],
  ])('L6 an exchange that ends %s has put her through', (_what, events) => {
    const { lines, effects } = run(...consulting('consult'), press('completePressed'), ...events)
    expect(lines.call).toMatchObject({ outcome: 'transferred' })
    expect(factsOf(effects).filter((fact) => fact === 'a ended')).toHaveLength(1)
  })

  test('L6 one whose colleague went while the exchange was asked comes back when it refuses', () => {
    const { lines } = run(...consulting('consult'), press('completePressed'), on('remoteHungUp', 'x'), refused)
    expect(lines.call).toMatchObject({ phase: 'connected', hold: { wanted: false } })
  })

  test('L7 an emergency service is joined as soon as it answers, and the operator stays until she completes', () => {
    const { lines, last } = run(...consulting('emergency'))
    expect(lines.joined).toBe(true)
    expect(kinds(last)).toContain('join')
    const after = run(...consulting('emergency'), held('a', false), press('completePressed'), press('completed'))
    expect(factsOf(after.effects)).toContain('a transferred')
    expect(kinds(after.effects)).toContain('split')
  })

  test('L11 a citizen who is not taken back is not joined: it is shown, and can be tried again', () => {
    const notBack = [...consulting('emergency'), held('a', false, false)]
    const { lines, last } = run(...notBack)
    expect(lines).toMatchObject({ joined: false, call: { hold: { stands: true, refused: true } } })
    expect(kinds(last)).toContain('split')
    expect([isWithOperator(lines.call), isWithOperator(lines.beside)]).toEqual([false, true])
    const again = run(...notBack, press('joinPressed'), held('a', false)).lines
    expect(again.joined).toBe(true)
    expect(again.call?.hold.refused).toBe(false)
    expect([isWithOperator(again.call), isWithOperator(again.beside)]).toEqual([true, true])
  })

  test('L1 joined, both hear her; a muted operator is heard by neither; parted, the one beside is held', () => {
    const joined = [...consulting('consult'), press('joinPressed'), held('a', false)]
    expect([isWithOperator(run(...joined).lines.call), isWithOperator(run(...joined).lines.beside)]).toEqual([
      true,
      true,
    ])
    const muted = run(...joined, { type: 'mutePressed', callId: 'a', muted: true, at: 5 }).lines
    expect([muted.call?.muted, muted.beside?.muted]).toEqual([true, true])
    const parted = run(...joined, press('splitPressed')).lines
    expect([isWithOperator(parted.call), isWithOperator(parted.beside)]).toEqual([true, false])
  })
})

describe('a call beside the citizen’s, when she goes', () => {
  const asked = [...citizen, invite('b'), dial('x', 'handOver'), held('a')]

  test('L8 L4 is given up while it rings, and only then does the next one come to the front', () => {
    const gone = run(...asked, on('remoteHungUp', 'a'))
    expect(gone.last).toContainEqual({ type: 'sendBye', callId: 'x' })
    expect(gone.lines).toMatchObject({ call: { phase: 'ended' }, other: { caller: { callId: 'b' } } })
    const late = run(...asked, on('remoteHungUp', 'a'), on('sessionEstablished', 'x'))
    expect(kinds(late.effects)).not.toContain('complete')
    const over = run(...asked, on('remoteHungUp', 'a'), on('sessionFailed', 'x'))
    expect(over.lines.call).toMatchObject({ caller: { callId: 'b' }, phase: 'ringing' })
  })

  test('L8 is spoken with, where somebody answered already', () => {
    const { lines } = run(...consulting('emergency'), held('a', false), on('remoteHungUp', 'a'))
    expect([isAnswered(lines.call), isWithOperator(lines.beside)]).toEqual([false, true])
    const consulted = run(
      ...consulting('consult'),
      press('swapPressed'),
      held('a', false),
      held('x'),
      on('remoteHungUp', 'a'),
    )
    expect(consulted.last).toContainEqual({ type: 'hold', callId: 'x', held: false })
  })

  test('L4 nobody comes to the front while somebody is asked', () => {
    const { lines, last } = run(...asked, on('answerPressed', 'b'))
    expect(last).toEqual([])
    expect(lines.call?.caller.callId).toBe('a')
  })

  test('L4 nobody is swapped to the front while somebody is rung', () => {
    const { lines } = run(
      ...[...citizen, invite('b'), on('answerPressed', 'b'), held('a'), on('sessionEstablished', 'b')],
      ...[dial('x', 'emergency'), held('b'), press('swapPressed')],
    )
    expect([lines.call?.caller.callId, lines.other?.caller.callId]).toEqual(['b', 'a'])
  })

  test('L2 nobody is asked beside a citizen who is not there', () => {
    expect(run(...citizen, on('remoteHungUp', 'a'), dial('x', 'consult')).lines.beside).toBeNull()
  })

  test('L9 is muted with her, also where it was dialled after that', () => {
    const mute: LineEvent = { type: 'mutePressed', callId: 'a', muted: true, at: 5 }
    for (const events of [
      [...consulting('consult'), mute],
      [...citizen, mute, dial('x', 'consult'), held('a'), on('sessionEstablished', 'x')],
    ]) {
      const { lines } = run(...events)
      expect([lines.call?.muted, lines.beside?.muted]).toEqual([true, true])
    }
  })
})

describe('L1 one voice: whoever is being taken back is held again by what is begun meanwhile', () => {
  const talking: LineEvent[] = [invite('a'), on('answerPressed', 'a'), on('sessionEstablished', 'a')]
  const swap: LineEvent = { type: 'swapPressed', at: 4 }
  const ways: Record<string, LineEvent[]> = {
    'the colleague was busy, another one is dialled': [
      ...[dial('b', 'consult'), held('a'), on('sessionFailed', 'b')],
      ...[dial('c', 'consult'), held('a', false), on('sessionEstablished', 'c')],
    ],
    'taken back, and whoever knocks is answered': [
      ...[invite('b'), on('holdPressed', 'a'), held('a'), on('resumePressed', 'a')],
      ...[on('answerPressed', 'b'), on('sessionEstablished', 'b'), held('a', false)],
    ],
    'swapped twice': [
      ...[invite('b'), on('answerPressed', 'b'), held('a'), on('sessionEstablished', 'b')],
      ...[swap, swap, held('b'), held('a', false), held('b', false)],
    ],
  }
  test.each(Object.entries(ways))('%s', (_name, way) => {
    const lines = [...talking, ...way].reduce<Lines>((before, event) => stepLines(before, event).lines, noLines)
    const spoken = [lines.call, lines.other, lines.beside].filter(isWithOperator)
    expect(spoken.map(({ caller: { callId } }) => callId)).toHaveLength(1)
  })
})
