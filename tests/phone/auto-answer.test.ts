import { describe, expect, test } from 'vitest'
import { createAutoAnswer } from '../../renderer/phone/auto-answer.ts'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { noLines, type Lines } from '../../shared/call/lines.ts'
import { fakeTimers } from './support/fake-timers.ts'

const ring = (callId: string): LineEvent => ({
  type: 'inviteArrived',
  caller: { callId, number: '13800002210', name: '', queue: '12345' },
  at: 1,
})
const on = (
  type: 'answerPressed' | 'sessionEstablished' | 'remoteHungUp' | 'rejectPressed',
  callId: string,
): LineEvent => ({
  type,
  callId,
  at: 2,
})

/** Three seconds of ringing, then a tone of 400 ms. */
function fixture(seconds: number | null = 3) {
  const timers = fakeTimers()
  const acts: string[] = []
  const auto = createAutoAnswer({
    ...timers,
    tone: () => {
      acts.push(`tone ${timers.clock.now()}`)
      return 400
    },
    answer: (callId) => {
      acts.push(`answer ${callId} ${timers.clock.now()}`)
      step(on('answerPressed', callId))
    },
  })
  let lines: Lines = noLines
  let microphone: 'ready' | 'missing' = 'ready'
  const look = () => auto.look({ ...lines, microphone })
  function step(...events: LineEvent[]): void {
    for (const event of events) {
      lines = stepLines(lines, event).lines
      look()
    }
  }
  auto.use(seconds)
  return {
    auto,
    acts,
    step,
    pass: timers.pass,
    waiting: timers.waiting,
    plug: (state: 'ready' | 'missing') => {
      microphone = state
      look()
    },
  }
}

describe('answering by itself', () => {
  test('A3 the tone first, then the answer', () => {
    const { auto, acts, step, pass } = fixture()
    step(ring('a'))
    expect(auto.at()).toBe(3000)
    pass(2999)
    expect(acts).toEqual([])
    pass(401)
    expect(acts).toEqual(['tone 3000', 'answer a 3400'])
    expect(auto.at()).toBeNull()
  })

  test('A3 a call that ends in the tone is not answered', () => {
    const { acts, step, pass, waiting } = fixture()
    step(ring('a'))
    pass(3100)
    step(on('remoteHungUp', 'a'))
    pass(10_000)
    expect(acts).toEqual(['tone 3000'])
    expect(waiting()).toBe(0)
  })

  test('A1 a second call is never answered, also when it is in front later', () => {
    const { acts, step, pass } = fixture()
    step(ring('a'), on('answerPressed', 'a'), on('sessionEstablished', 'a'), ring('b'))
    pass(10_000)
    step(on('remoteHungUp', 'a'))
    pass(10_000)
    expect(acts).toEqual([])
    step(on('remoteHungUp', 'b'), ring('c'))
    pass(3400)
    expect(acts.at(-1)).toBe('answer c 23400')
  })

  test.each(['answerPressed', 'rejectPressed'] as const)('A4 what the operator did before is hers: %s', (how) => {
    const { acts, step, pass } = fixture()
    step(ring('a'))
    pass(1000)
    step(on(how, 'a'))
    pass(10_000)
    expect(acts).toEqual([])
  })

  test('A2 without a microphone it rings on, and the time begins anew when it is back', () => {
    const { acts, step, pass, plug } = fixture()
    plug('missing')
    step(ring('a'))
    pass(10_000)
    plug('ready')
    pass(2000)
    plug('missing')
    pass(10_000)
    expect(acts).toEqual([])
    plug('ready')
    pass(3400)
    expect(acts.at(-1)).toBe('answer a 25400')
  })

  test('A2 while the desk is gone nothing is answered, in the tone neither', () => {
    const { auto, acts, step, pass } = fixture()
    step(ring('a'))
    pass(3100)
    auto.use(null)
    pass(10_000)
    expect(acts).toEqual(['tone 3000'])
    auto.use(3)
    pass(3400)
    expect(acts.at(-1)).toBe('answer a 16500')
  })

  test('switched off, nothing is', () => {
    const { acts, step, pass } = fixture(null)
    step(ring('a'))
    pass(60_000)
    expect(acts).toEqual([])
  })
})
