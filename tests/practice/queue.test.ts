import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyQueueEvent, emptyQueue } from '../../central/practice/queue.ts'
import type { CallDetail, QueueEffect, QueueEvent, QueueState } from '../../central/practice/queue.ts'

// The rules Q1 to Q13 stand above the machine in central/practice/queue.ts.

function run(events: readonly QueueEvent[]): { state: QueueState; effects: QueueEffect[]; last: QueueEffect[] } {
  let state = emptyQueue
  const effects: QueueEffect[] = []
  let last: QueueEffect[] = []
  for (const event of events) {
    const step = applyQueueEvent(state, event)
    state = step.state
    last = step.effects
    effects.push(...step.effects)
  }
  return { state, effects, last }
}

const registered = (agent: string, at = 0): QueueEvent => ({ type: 'agentRegistered', agent, at })
const queued = (callId: string, at = 0): QueueEvent => ({ type: 'citizenQueued', callId, from: '13800002210', at })
const answered = (callId: string, agent: string, at = 0): QueueEvent => ({ type: 'agentAnswered', callId, agent, at })
const refused = (callId: string, agent: string, at = 0): QueueEvent => ({ type: 'agentRefused', callId, agent, at })
const timedOut = (callId: string, agent: string, at = 0): QueueEvent => ({ type: 'ringTimedOut', callId, agent, at })
const hungUp = (callId: string, at = 0): QueueEvent => ({ type: 'callHungUp', callId, at })
const gone = (callId: string, at = 0): QueueEvent => ({ type: 'citizenGone', callId, at })
const offers = (effects: readonly QueueEffect[]): string[] =>
  effects.flatMap((effect) => (effect.type === 'offer' ? [`${effect.callId}>${effect.agent}`] : []))
const records = (effects: readonly QueueEffect[]): CallDetail[] =>
  effects.flatMap((effect) => (effect.type === 'record' ? [effect.detail] : []))

test('Q1 the call that waits longest is offered first', () => {
  expect(offers(run([queued('a'), queued('b'), registered('1001')]).effects)).toEqual(['a>1001'])
})

test('Q2 the operator who is idle longest is offered first', () => {
  const { effects } = run([
    registered('1001'),
    registered('1002'),
    queued('a'),
    answered('a', '1001'),
    hungUp('a'),
    queued('b'),
    queued('c'),
  ])
  expect(offers(effects)).toEqual(['a>1001', 'b>1002', 'c>1001'])
})

test('Q3 a citizen hears 182 without a free operator, and again after a failed offer', () => {
  expect(run([queued('a')]).last).toEqual([{ type: 'tellQueued', callId: 'a' }])
  expect(run([registered('1001'), queued('a')]).last).toEqual([{ type: 'offer', callId: 'a', agent: '1001' }])
  expect(run([registered('1001'), queued('a'), refused('a', '1001')]).last).toContainEqual({
    type: 'tellQueued',
    callId: 'a',
  })
})

test('Q4 after a ring timeout the offer is taken back, the next operator is offered and the first goes to the back', () => {
  const { last, state } = run([registered('1001'), registered('1002'), queued('a'), timedOut('a', '1001', 20_000)])
  expect(last).toEqual([
    { type: 'withdrawOffer', callId: 'a', agent: '1001' },
    { type: 'tellQueued', callId: 'a' },
    { type: 'offer', callId: 'a', agent: '1002' },
  ])
  expect(state.agents.get('1001')?.turn).toBeGreaterThan(state.agents.get('1002')?.turn ?? 0)
})

test('Q5 a refused call is kept from that operator for 5 s', () => {
  const story = [
    registered('1001'),
    registered('1002'),
    queued('a'),
    refused('a', '1001', 0),
    refused('a', '1002', 100),
  ]
  expect(run(story).last).toContainEqual({ type: 'wakeAt', at: 5_000 })
  expect(offers(run([...story, { type: 'timePassed', at: 4_999 }]).last)).toEqual([])
  expect(offers(run([...story, { type: 'timePassed', at: 5_000 }]).last)).toEqual(['a>1001'])
  expect(offers(run([...story, queued('b', 200)]).last)).toEqual(['b>1001'])
})

test('Q6 an operator who is alone is offered the call again after 1 s', () => {
  const story = [registered('1001'), queued('a'), refused('a', '1001', 0)]
  expect(run(story).last).toContainEqual({ type: 'wakeAt', at: 1_000 })
  expect(offers(run([...story, { type: 'timePassed', at: 1_000 }]).last)).toEqual(['a>1001'])
})

test('Q7 an operator who unregisters drops out, and the call keeps its place', () => {
  const { effects, state } = run([
    registered('1001'),
    queued('a'),
    queued('b'),
    { type: 'agentUnregistered', agent: '1001', at: 1 },
    registered('1002', 2),
  ])
  expect(offers(effects)).toEqual(['a>1001', 'a>1002'])
  expect([...state.agents.keys()]).toEqual(['1002'])
})

test('Q8 an operator in a call, or with an offer, is offered nothing', () => {
  expect(offers(run([registered('1001'), queued('a'), queued('b')]).effects)).toEqual(['a>1001'])
  expect(offers(run([registered('1001'), queued('a'), answered('a', '1001'), queued('b')]).effects)).toEqual(['a>1001'])
  expect(
    offers(run([registered('1001'), { type: 'directCallStarted', agent: '1001', at: 0 }, queued('a')]).effects),
  ).toEqual([])
  const returned = run([
    registered('1001'),
    queued('a'),
    answered('a', '1001'),
    { type: 'agentUnregistered', agent: '1001', at: 1 },
    registered('1001', 2),
    queued('b'),
  ])
  expect(offers(returned.effects)).toEqual(['a>1001'])
})

test('Q9 a citizen who goes before the answer is recorded as abandoned and the ringing stops', () => {
  const { last } = run([registered('1001'), queued('a', 10), gone('a', 30)])
  expect(last).toEqual([
    { type: 'withdrawOffer', callId: 'a', agent: '1001' },
    {
      type: 'record',
      detail: {
        callId: 'a',
        from: '13800002210',
        agent: null,
        outcome: 'abandoned',
        queuedAt: 10,
        answeredAt: null,
        endedAt: 30,
      },
    },
  ])
})

test('Q10 a call is recorded once, whatever is said of it afterwards', () => {
  const { effects } = run([
    registered('1001'),
    queued('a', 1),
    answered('a', '1001', 2),
    gone('a', 3),
    hungUp('a', 4),
    hungUp('a', 5),
    gone('a', 6),
  ])
  expect(records(effects)).toEqual([
    { callId: 'a', from: '13800002210', agent: '1001', outcome: 'answered', queuedAt: 1, answeredAt: 2, endedAt: 4 },
  ])
})

test('Q11 a late answer is taken while the call is unanswered, and released otherwise', () => {
  const story = [registered('1001'), registered('1002'), queued('a'), timedOut('a', '1001')]
  expect(run([...story, answered('a', '1001')]).last).toEqual([
    { type: 'withdrawOffer', callId: 'a', agent: '1002' },
    { type: 'connect', callId: 'a', agent: '1001' },
  ])
  expect(run([...story, answered('a', '1002'), answered('a', '1001')]).last).toEqual([
    { type: 'releaseLateAnswer', callId: 'a', agent: '1001' },
  ])
  expect(run([...story, gone('a'), answered('a', '1001')]).last).toEqual([
    { type: 'releaseLateAnswer', callId: 'a', agent: '1001' },
  ])
})

test('Q12 a refresh changes no place, a new registration starts at the back', () => {
  const pair = [registered('1001'), registered('1002')]
  expect(offers(run([...pair, registered('1001', 5), queued('a', 6)]).effects)).toEqual(['a>1001'])
  expect(
    offers(
      run([...pair, { type: 'agentUnregistered', agent: '1001', at: 5 }, registered('1001', 5), queued('a', 6)])
        .effects,
    ),
  ).toEqual(['a>1002'])
})

test('Q13 after a call the operator goes to the back', () => {
  const story = [registered('1001'), registered('1002'), queued('a'), answered('a', '1001'), hungUp('a'), queued('b')]
  expect(offers(run(story).last)).toEqual(['b>1002'])
})

test('Q1 to Q13 hold in any order of events: no operator has two calls, no call two operators, each call one record', () => {
  const agent = fc.constantFrom('1001', '1002', '1003')
  const callId = fc.constantFrom('a', 'b', 'c', 'd')
  const event = fc.oneof(
    fc.record({
      type: fc.constantFrom('agentRegistered', 'agentUnregistered', 'directCallStarted', 'directCallEnded'),
      agent,
    }),
    fc.record({ type: fc.constantFrom('citizenQueued', 'citizenGone', 'callHungUp'), callId }),
    fc.record({ type: fc.constantFrom('agentAnswered', 'agentRefused', 'ringTimedOut'), callId, agent }),
    fc.constant({ type: 'timePassed' }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 3_000 })), { maxLength: 60 }), (story) => {
      let state = emptyQueue
      let at = 0
      const entered = new Map<string, number>()
      const recorded = new Map<string, number>()
      for (const [part, wait] of story) {
        at += wait
        const next = { from: '13800002210', ...part, at } as QueueEvent
        if (next.type === 'citizenQueued' && !state.calls.has(next.callId))
          entered.set(next.callId, (entered.get(next.callId) ?? 0) + 1)
        const step = applyQueueEvent(state, next)
        state = step.state
        for (const detail of records(step.effects)) recorded.set(detail.callId, (recorded.get(detail.callId) ?? 0) + 1)

        const faults: string[] = []
        const holders = [...state.calls.values()].flatMap((call) => (call.agent === null ? [] : [call.agent]))
        expect(new Set(holders).size).toBe(holders.length)
        for (const [id, call] of state.calls) {
          const owner = call.agent === null ? undefined : state.agents.get(call.agent)
          if (call.agent !== null && (call.answeredAt === null ? owner?.offer : owner?.call) !== id)
            faults.push(`${call.agent} does not know of ${id}`)
        }
        for (const [name, { offer, call, registered: isRegistered }] of state.agents) {
          for (const id of [offer, call])
            if (id !== null && state.calls.get(id)?.agent !== name) faults.push(`${id} does not know of ${name}`)
          if (offer !== null && !isRegistered) faults.push(`${name} is offered a call but not registered`)
        }
        for (const id of ['a', 'b', 'c', 'd']) {
          expect((recorded.get(id) ?? 0) + (state.calls.has(id) ? 1 : 0)).toBe(entered.get(id) ?? 0)
        }
        // Nobody waits while a free operator who may have the call sits idle.
        for (const [id, call] of state.calls) {
          if (call.agent !== null) continue
          const idle = [...state.agents].filter(
            ([, a]) => a.registered && a.offer === null && a.call === null && a.directCalls === 0,
          )
          for (const [name] of idle)
            if ((call.barred.get(name)?.until ?? 0) <= at) faults.push(`${id} could have ${name}`)
        }
        expect(faults).toEqual([])
      }
    }),
    { numRuns: 400, seed: 12345 },
  )
})
