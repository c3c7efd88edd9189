import { describe, expect, test } from 'vitest'
import { createCallCare, recordingNamed } from '../../renderer/phone/call-care.ts'
import type { CareEvent } from '../../shared/call/call-care.ts'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { stepCall, type CallEvent } from '../../shared/call/call-machine.ts'
import type { CallState } from '../../shared/call/call.ts'

const caller = { callId: 'a', number: '13800002210', name: '', queue: '12345' }
const rules = { headers: ['X-Recording-Id', 'X-Call-Id'], pause: '*91', resume: '*92' }

/** Marks upon an answered call; tones go out when the test says so. */
function fixture() {
  let state: CallState = null
  const facts: CallFact[] = []
  const sent: string[] = []
  const out: ((done: boolean) => void)[] = []
  const dispatch = (event: CallEvent | CareEvent) => {
    const step = stepCall(state, event)
    state = step.state
    for (const effect of step.effects) if (effect.type === 'recordFact') facts.push(effect.fact)
    return step.effects.length > 0
  }
  dispatch({ type: 'inviteArrived', caller, at: 1 })
  dispatch({ type: 'answerPressed', callId: 'a', at: 1 })
  dispatch({ type: 'sessionEstablished', callId: 'a', at: 1 })
  facts.length = 0
  const care = createCallCare({
    clock: { now: () => 7 },
    callOf: (callId) => (callId === 'a' ? state : null),
    dispatch,
    sendTones: (callId, tones) => {
      sent.push(`${callId} ${tones}`)
      return new Promise((resolve) => out.push(resolve))
    },
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    care,
    dispatch,
    facts,
    sent,
    turn,
    pause: (paused: boolean) => Promise.resolve(care.handlers['phone.pauseRecording']({ callId: 'a', paused })),
    tonesOut: async (done = true) => {
      await turn()
      out.shift()?.(done)
      await turn()
    },
    kinds: () => facts.map(({ kind }) => kind),
  }
}

describe('C13 the pause of a recording', () => {
  test('is said when the tones are out and not before, and by the code of each', async () => {
    const { care, sent, kinds, pause, tonesOut } = fixture()
    care.use(rules)
    const asked = pause(true)
    expect(kinds()).toEqual([])
    await tonesOut()
    expect(await asked).toMatchObject({ ok: true })
    void pause(false)
    await tonesOut()
    expect(sent).toEqual(['a *91', 'a *92'])
    expect(kinds()).toEqual(['recordingPaused', 'recordingResumed'])
  })

  test('is not said where the tones could not be sent', async () => {
    const { care, kinds, pause, tonesOut } = fixture()
    care.use(rules)
    const asked = pause(true)
    await tonesOut(false)
    expect(await asked).toMatchObject({ ok: false, error: { code: 'illegalTransition' } })
    expect(kinds()).toEqual([])
  })

  test('asked for twice at once is asked once, and its end waits for it', async () => {
    const { care, sent, kinds, pause, tonesOut } = fixture()
    care.use(rules)
    const all = [pause(true), pause(true), pause(false)]
    await tonesOut()
    expect(sent).toEqual(['a *91', 'a *92'])
    await tonesOut()
    expect((await Promise.all(all)).every(({ ok }) => ok)).toBe(true)
    expect(kinds()).toEqual(['recordingPaused', 'recordingResumed'])
  })

  test('ends before the citizen is put through; where nothing is paused nothing is sent', async () => {
    const { care, facts, sent, pause, tonesOut } = fixture()
    care.use(rules)
    await care.letGo('a')
    expect(sent).toEqual([])
    void pause(true)
    await tonesOut()
    const gone = care.letGo('a')
    await tonesOut()
    await gone
    expect(facts.at(-1)).toMatchObject({ kind: 'recordingResumed', why: 'transferred' })
  })

  test('needs both codes', async () => {
    const { care, sent, pause } = fixture()
    expect(care.canPause()).toBe(false)
    expect(await pause(true)).toMatchObject({ ok: false })
    expect(sent).toEqual([])
    care.use({ ...rules, resume: null })
    expect(care.canPause()).toBe(false)
    care.use(rules)
    expect(care.canPause()).toBe(true)
  })
})

test('C13 the recording has the name of the first header that says one', () => {
  const { care, facts } = fixture()
  care.use(rules)
  const headers = new Map([['X-Call-Id', ' 1700.42 ']])
  care.told('a', (name) => headers.get(name))
  expect(facts).toEqual([{ callId: 'a', kind: 'recorded', at: 7, recording: '1700.42' }])
  headers.set('X-Recording-Id', 'r'.repeat(200))
  expect(recordingNamed(rules.headers, (name) => headers.get(name))).toHaveLength(128)
  expect(recordingNamed(rules.headers, () => ' ')).toBeNull()
})

test('C16 a sentence is told as said, once nobody is there no more', () => {
  const { care, dispatch, facts } = fixture()
  const say = () => care.handlers['phone.said']({ callId: 'a', sentence: 'opening', script: 0 })
  expect(say()).toMatchObject({ ok: true })
  expect(facts).toEqual([{ callId: 'a', kind: 'said', at: 7, sentence: 'opening', script: 0 }])
  dispatch({ type: 'remoteHungUp', callId: 'a', at: 8 })
  expect(say()).toMatchObject({ ok: false })
})

test('C12 a mark that means nothing is refused', () => {
  const { care, dispatch, kinds } = fixture()
  const warn = (withdraw: boolean) => care.handlers['phone.warn']({ callId: 'a', withdraw })
  expect(warn(true)).toMatchObject({ ok: false })
  expect(warn(false)).toMatchObject({ ok: true })
  dispatch({ type: 'remoteHungUp', callId: 'a', at: 8 })
  expect(warn(false)).toMatchObject({ ok: false })
  expect(warn(true)).toMatchObject({ ok: true })
  expect(kinds()).toEqual(['warned', 'ended', 'warningWithdrawn'])
})
