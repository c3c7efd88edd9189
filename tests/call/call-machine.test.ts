import fc from 'fast-check'
import { isHeardEarly, isRingingThere } from '../../shared/call/before-answer.ts'
import { factsOfCall } from '../../shared/call/facts-of-call.ts'
import { describe, expect, test } from 'vitest'
import { stepCall, type CallEffect, type CallEvent } from '../../shared/call/call-machine.ts'
import { isUp, type CallPhase, type CallState } from '../../shared/call/call.ts'

const caller = (callId: string) => ({ callId, number: '13800002210', name: '', queue: '12345' })
const invite = (callId: string, at = 1): CallEvent => ({ type: 'inviteArrived', caller: caller(callId), at })
const plain = [
  'answerPressed',
  'rejectPressed',
  'hangUpPressed',
  'holdPressed',
  'resumePressed',
  'rangThere',
  'sessionEstablished',
  'mediaConfirmed',
  'sessionFailed',
  'remoteHungUp',
  'phoneFailed',
] as const
const on = (type: (typeof plain)[number], callId = 'a', at = 2): CallEvent => ({ type, callId, at })
const dialled = (callId = 'a'): CallEvent => ({ type: 'dialled', caller: caller(callId), purpose: 'citizen', at: 1 })
const settled = (held: boolean, ok = true): CallEvent => ({ type: 'holdSettled', callId: 'a', held, ok, at: 3 })
const talking = [on('answerPressed'), on('sessionEstablished'), on('mediaConfirmed')] as const

function run(...events: CallEvent[]): { state: CallState; effects: CallEffect[] } {
  let state: CallState = null
  const effects: CallEffect[] = []
  for (const event of events) {
    const step = stepCall(state, event)
    state = step.state
    effects.push(...step.effects)
  }
  return { state, effects }
}

const kinds = (effects: readonly CallEffect[]) => effects.map(({ type }) => type)

describe('a call from ring to end', () => {
  test('C1 C2 C3 rings, is answered, is talked and ends completed, with every fact told once', () => {
    const { state, effects } = run(
      invite('a'),
      on('answerPressed'),
      on('sessionEstablished'),
      on('mediaConfirmed'),
      on('hangUpPressed'),
      on('remoteHungUp'),
    )
    expect(state).toMatchObject({ phase: 'ended', outcome: 'completed', answeredAt: 2 })
    const facts = effects.flatMap((effect) => (effect.type === 'recordFact' ? [effect.fact.kind] : []))
    expect(facts).toEqual(['offered', 'answered', 'talking', 'ended'])
    expect(kinds(effects)).toContain('releaseAudio')
  })

  test.each([
    ['missed', [on('remoteHungUp')]],
    ['rejected', [on('rejectPressed')]],
    ['failed', [on('answerPressed'), on('sessionFailed')]],
    ['missed', [on('answerPressed'), on('remoteHungUp')]],
    ['rejected', [on('answerPressed'), on('hangUpPressed'), on('remoteHungUp')]],
    ['lost', [on('answerPressed'), on('sessionEstablished'), on('sessionFailed')]],
    ['lost', [on('phoneFailed')]],
    ['completed', [on('answerPressed'), on('sessionEstablished'), on('hangUpPressed'), on('sessionFailed')]],
  ] as const)('C1 ends %s after %j', (outcome, events) => {
    expect(run(invite('a'), ...events).state).toMatchObject({ phase: 'ended', outcome })
  })

  test('C3 an established session is not yet talking', () => {
    expect(run(invite('a'), on('answerPressed'), on('sessionEstablished')).state?.phase).toBe('connected')
  })

  test('C4 a second invitation changes nothing', () => {
    const before = run(invite('a'), on('answerPressed')).state
    expect(stepCall(before, invite('b'))).toEqual({ state: before, effects: [] })
  })

  test('C5 events of another call change nothing', () => {
    const before = run(invite('a')).state
    expect(stepCall(before, on('remoteHungUp', 'b'))).toEqual({ state: before, effects: [] })
  })

  test('C7 a muted call leaves the next one unmuted', () => {
    const muted: CallEvent = { type: 'mutePressed', callId: 'a', muted: true, at: 3 }
    const { state } = run(invite('a'), on('answerPressed'), on('sessionEstablished'), muted)
    expect(state?.muted).toBe(true)
    expect(stepCall(stepCall(state, on('remoteHungUp')).state, invite('b')).state?.muted).toBe(false)
  })

  test('C9 an ended call can not be answered', () => {
    const { state } = run(invite('a'), on('remoteHungUp'))
    expect(stepCall(state, on('answerPressed'))).toEqual({ state, effects: [] })
  })
})

describe('a call that the operator makes', () => {
  test('C6 is dialled, answered and ends, with every fact told once', () => {
    const { state, effects } = run(dialled(), on('sessionEstablished'), on('mediaConfirmed'), on('remoteHungUp'))
    expect(state).toMatchObject({ direction: 'out', phase: 'ended', outcome: 'completed' })
    const facts = effects.flatMap((effect) => (effect.type === 'recordFact' ? [effect.fact.kind] : []))
    expect(facts).toEqual(['dialled', 'answered', 'talking', 'ended'])
  })

  test('C15 rings there only once that was reported, and only while nobody has answered', () => {
    expect(run(dialled()).state).toMatchObject({ rangThere: false })
    expect(isRingingThere(run(dialled(), on('rangThere')).state)).toBe(true)
    expect(isRingingThere(run(dialled(), on('rangThere'), on('sessionEstablished')).state)).toBe(false)
    // It may be reported late, and of a call that came it means nothing.
    expect(run(dialled(), on('sessionEstablished'), on('rangThere')).state).toMatchObject({ rangThere: false })
    expect(run(invite('a'), on('rangThere')).state).toMatchObject({ rangThere: false })
  })

  test('C18 sound before the answer is heard in the place of the ring, as long as it comes, and is no answer', () => {
    const sound = (flows: boolean): CallEvent => ({ type: 'earlySound', callId: 'a', flows, at: 2 })
    const ringing = [dialled(), on('rangThere')]
    const heard = run(...ringing, sound(true)).state
    expect([isHeardEarly(heard), isRingingThere(heard)]).toEqual([true, false])
    const quiet = run(...ringing, sound(true), sound(false)).state
    expect([isHeardEarly(quiet), isRingingThere(quiet)]).toEqual([false, true])
    expect(run(dialled(), sound(true), on('mediaConfirmed')).state).toMatchObject({
      phase: 'dialling',
      answeredAt: null,
    })
    expect(run(dialled(), on('sessionEstablished'), sound(true)).state).toMatchObject({ earlySound: false })
    expect(run(invite('a'), sound(true)).state).toMatchObject({ earlySound: false })
  })

  test('C1 that is refused fails with the reason, and is not missed', () => {
    const busy: CallEvent = { type: 'sessionFailed', callId: 'a', status: 486, at: 2 }
    expect(run(dialled(), busy).state).toMatchObject({ outcome: 'failed', status: 486 })
    expect(run(dialled(), on('remoteHungUp')).state).toMatchObject({ outcome: 'failed' })
  })
})

describe('hold', () => {
  const sounds = (effects: readonly CallEffect[]) =>
    effects.flatMap((effect) => (effect.type === 'setSound' ? [[effect.mic, effect.ear]] : []))

  test('C10 silences both ways before the exchange is asked, and opens them after it took her back', () => {
    const held = run(invite('a'), ...talking, on('holdPressed'))
    expect(kinds(held.effects).slice(-2)).toEqual(['setSound', 'hold'])
    const { state, effects } = run(invite('a'), ...talking, on('holdPressed'), settled(true), on('resumePressed'))
    expect(sounds(effects)).toEqual([[false, false]])
    expect(stepCall(state, settled(false)).effects.map(({ type }) => type)).toEqual(['recordFact', 'setSound'])
  })

  test('C10 stands here although the exchange did not take it, and so does one that could not be undone', () => {
    const refused = run(invite('a'), ...talking, on('holdPressed'), settled(true, false))
    expect(sounds(refused.effects)).toEqual([[false, false]])
    const stuck = run(
      invite('a'),
      ...talking,
      on('holdPressed'),
      settled(true),
      on('resumePressed'),
      settled(false, false),
    )
    expect(sounds(stuck.effects)).toEqual([[false, false]])
    expect(stuck.state?.hold).toEqual({
      ...{ wanted: true, stands: true, busy: false, since: 2, byHand: false, refused: true },
    })
  })

  test('C11 what was pressed last stands in the end, one request at a time', () => {
    const early = run(invite('a'), ...talking, on('holdPressed'), on('resumePressed'))
    expect(kinds(early.effects).filter((kind) => kind === 'hold')).toHaveLength(1)
    expect(sounds(early.effects)).toEqual([[false, false]])
    const next = stepCall(early.state, settled(true))
    expect(sounds(next.effects)).toEqual([])
    expect(next.effects).toContainEqual({ type: 'hold', callId: 'a', held: false })
    expect(stepCall(next.state, settled(false)).state?.hold).toEqual({
      byHand: false,
      wanted: false,
      stands: false,
      busy: false,
      since: null,
      refused: false,
    })
  })

  test('C11 a hold that came to nothing may stand at the exchange: whoever is wanted back by then is asked for', () => {
    const early = run(invite('a'), ...talking, on('holdPressed'), on('resumePressed'))
    const failed = stepCall(early.state, { type: 'holdSettled', callId: 'a', held: true, ok: false, at: 5 })
    expect(failed.effects).toContainEqual({ type: 'hold', callId: 'a', held: false })
    expect(failed.state?.hold).toMatchObject({ wanted: false, busy: true })
    expect(sounds(failed.effects)).toEqual([])
  })

  test('C7 C10 a muted microphone stays muted when the call is taken back', () => {
    const muted: CallEvent = { type: 'mutePressed', callId: 'a', muted: true, at: 3 }
    const { effects } = run(
      invite('a'),
      ...talking,
      muted,
      on('holdPressed'),
      settled(true),
      on('resumePressed'),
      settled(false),
    )
    expect(sounds(effects)).toEqual([
      [false, true],
      [false, false],
      [false, true],
    ])
  })
})

const legal: Readonly<Record<CallPhase | 'idle', readonly (CallPhase | 'idle')[]>> = {
  idle: ['idle', 'ringing', 'dialling'],
  dialling: ['dialling', 'connected', 'ending', 'ended'],
  ringing: ['ringing', 'answering', 'ended'],
  answering: ['answering', 'connected', 'ending', 'ended'],
  connected: ['connected', 'talking', 'ending', 'ended'],
  talking: ['talking', 'ending', 'ended'],
  ending: ['ending', 'ended'],
  ended: ['ended', 'ringing', 'dialling'],
}

const callIds = fc.constantFrom('a', 'b', 'c')
const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  callIds.map((callId) => invite(callId)),
  callIds.map((callId) => dialled(callId)),
  fc.record({
    type: fc.constant('holdSettled' as const),
    callId: callIds,
    held: fc.boolean(),
    ok: fc.boolean(),
    at: fc.nat(),
  }),
  fc.record({ type: fc.constant('mutePressed' as const), callId: callIds, muted: fc.boolean(), at: fc.nat() }),
  fc.record({
    type: fc.constantFrom(...plain),
    callId: callIds,
    at: fc.nat(),
  }),
)

test('C1 to C9 hold for whatever happens in whatever order', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let state: CallState = null
      let ringing = false
      let begun = 0
      let ended = 0
      let released = 0
      for (const event of events) {
        const before: CallState = state
        const step = stepCall(state, event)
        state = step.state
        expect(legal[before?.phase ?? 'idle']).toContain(state?.phase ?? 'idle')
        if (isUp(before) && isUp(state)) expect(state.caller.callId).toBe(before.caller.callId)
        for (const effect of step.effects) {
          if (effect.type === 'startRinging') ringing = true
          if (effect.type === 'stopRinging') ringing = false
          if (effect.type === 'releaseAudio') released += 1
          if (effect.type === 'recordFact' && ['offered', 'dialled'].includes(effect.fact.kind)) begun += 1
          if (effect.type === 'recordFact' && effect.fact.kind === 'ended') ended += 1
        }
        expect(ringing).toBe(state?.phase === 'ringing')
        expect(begun - ended).toBe(isUp(state) ? 1 : 0)
        expect(released).toBe(ended)
        expect(state?.phase === 'ended').toBe(state !== null && state.outcome !== null)
      }
    }),
    { numRuns: 500 },
  )
})

test('a call that pays another back names it, again when its facts are told again', () => {
  const paying = stepCall(null, { type: 'dialled', caller: caller('a'), purpose: 'citizen', paysBack: 'b', at: 1 })
  const fact = { callId: 'a', kind: 'dialled', at: 1, number: caller('a').number, purpose: 'citizen', paysBack: 'b' }
  expect(paying.effects).toContainEqual({ type: 'recordFact', fact })
  expect(paying.state && factsOfCall(paying.state)).toEqual([fact])
})
