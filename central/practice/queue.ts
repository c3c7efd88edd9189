/*
 * Queue 12345, as a pure machine: (state, event) -> { state, effects }.
 *
 *   citizenQueued
 *        │
 *        ▼       an operator is free, longest idle first
 *   ┌─ WAITING ───────────────────────────────► OFFERED ── agentAnswered ──► ANSWERED
 *   │    │  ▲                                    │  │                          │
 *   │    │  └── agentRefused, ringTimedOut, ─────┘  │                      callHungUp
 *   │    │      agentUnregistered                   │                          ▼
 *   │    └────────── citizenGone ───────────────────┴──► record: abandoned   record: answered
 *   └─ an operator who answers a call just taken back (late answer) gets it, if it still waits
 *
 * Q1  The call that waits longest is offered first.
 * Q2  The operator who is idle longest is offered first.
 * Q3  A waiting citizen is told 182: on entering without a free operator, and after each failed offer.
 * Q4  Ring timeout: the offer is taken back, the operator goes to the back, the next one is offered.
 * Q5  After a refusal or timeout the same call is not offered to that operator for 5 s.
 * Q6  An operator who is alone gets it again after 1 s: at once would be a storm of refusals.
 * Q7  An operator who unregisters drops out; the call keeps its place.
 * Q8  An operator in a call, or with an offer, is offered nothing.
 * Q9  A citizen who goes before the answer is recorded as abandoned; an open offer is taken back.
 * Q10 Each call is recorded exactly once.
 * Q11 A late answer is taken while the call is unanswered, and released otherwise.
 * Q12 A refresh of the registration changes no place; a new registration starts at the back.
 * Q13 After a call the operator goes to the back.
 */

/** How a queue call ended, for the list of calls. */
export interface CallDetail {
  callId: string
  from: string
  agent: string | null
  outcome: 'answered' | 'abandoned'
  queuedAt: number
  answeredAt: number | null
  endedAt: number
}

interface QueuedCall {
  from: string
  queuedAt: number
  agent: string | null
  answeredAt: number | null
  /** Operators who may not have this call before that time. */
  barred: ReadonlyMap<string, { until: number; aloneUntil: number }>
}

interface Agent {
  registered: boolean
  /** Place in the line: the lower, the longer idle. */
  turn: number
  offer: string | null
  call: string | null
  /** Calls that did not come by the queue. */
  directCalls: number
}

/** All that the queue knows. */
export interface QueueState {
  calls: ReadonlyMap<string, QueuedCall>
  agents: ReadonlyMap<string, Agent>
  nextTurn: number
}

/** What happens to the queue. */
export type QueueEvent =
  | { type: 'citizenQueued'; callId: string; from: string; at: number }
  | { type: 'citizenGone'; callId: string; at: number }
  | { type: 'agentRegistered'; agent: string; at: number }
  | { type: 'agentUnregistered'; agent: string; at: number }
  | { type: 'agentAnswered'; callId: string; agent: string; at: number }
  | { type: 'agentRefused'; callId: string; agent: string; at: number }
  | { type: 'ringTimedOut'; callId: string; agent: string; at: number }
  | { type: 'callHungUp'; callId: string; at: number }
  | { type: 'directCallStarted'; agent: string; at: number }
  | { type: 'directCallEnded'; agent: string; at: number }
  | { type: 'timePassed'; at: number }

/** What the queue wants done. */
export type QueueEffect =
  | { type: 'tellQueued'; callId: string }
  | { type: 'offer'; callId: string; agent: string }
  | { type: 'withdrawOffer'; callId: string; agent: string }
  | { type: 'connect'; callId: string; agent: string }
  | { type: 'releaseLateAnswer'; callId: string; agent: string }
  | { type: 'record'; detail: CallDetail }
  | { type: 'wakeAt'; at: number }

type Step = { state: QueueState; effects: QueueEffect[] }

/** How long a refused call is kept from the operator who refused it. */
export const barMs = { others: 5_000, alone: 1_000 } as const

/** A queue with nobody in it. */
export const emptyQueue: QueueState = { calls: new Map(), agents: new Map(), nextTurn: 1 }

const newAgent: Agent = { registered: false, turn: 0, offer: null, call: null, directCalls: 0 }

/** Applies one event. */
export function applyQueueEvent(state: QueueState, event: QueueEvent): Step {
  const step = decide(state, event)
  const distributed = distribute(step.state, event.at)
  const effects = [...step.effects, ...distributed.effects]
  if (event.type === 'citizenQueued' && distributed.state.calls.get(event.callId)?.agent === null) {
    effects.unshift({ type: 'tellQueued', callId: event.callId })
  }
  return { state: distributed.state, effects }
}

function decide(state: QueueState, event: QueueEvent): Step {
  switch (event.type) {
    case 'citizenQueued': {
      if (state.calls.has(event.callId)) return { state, effects: [] }
      const call = { from: event.from, queuedAt: event.at, agent: null, answeredAt: null, barred: new Map() }
      return { state: withCall(state, event.callId, call), effects: [] }
    }
    case 'citizenGone':
      return abandon(state, event.callId, event.at)
    case 'agentRegistered': {
      const agent = state.agents.get(event.agent)
      if (agent?.registered) return { state, effects: [] }
      return { state: toBack(withAgent(state, event.agent, { registered: true }), event.agent), effects: [] }
    }
    case 'agentUnregistered': {
      const offer = state.agents.get(event.agent)?.offer ?? null
      const gone = dropIfForgotten(withAgent(state, event.agent, { registered: false, offer: null }), event.agent)
      return offer === null ? { state: gone, effects: [] } : backToWaiting(gone, offer, event.agent, null)
    }
    case 'agentAnswered':
      return answer(state, event.callId, event.agent, event.at)
    case 'agentRefused':
    case 'ringTimedOut': {
      const call = state.calls.get(event.callId)
      if (!call || call.agent !== event.agent || call.answeredAt !== null) return { state, effects: [] }
      const freed = toBack(withAgent(state, event.agent, { offer: null }), event.agent)
      return backToWaiting(freed, event.callId, event.agent, event.at)
    }
    case 'callHungUp':
      return hangUp(state, event.callId, event.at)
    case 'directCallStarted': {
      const calls = (state.agents.get(event.agent)?.directCalls ?? 0) + 1
      return { state: withAgent(state, event.agent, { directCalls: calls }), effects: [] }
    }
    case 'directCallEnded': {
      const calls = Math.max(0, (state.agents.get(event.agent)?.directCalls ?? 0) - 1)
      const freed = withAgent(state, event.agent, { directCalls: calls })
      return { state: dropIfForgotten(calls === 0 ? toBack(freed, event.agent) : freed, event.agent), effects: [] }
    }
    case 'timePassed':
      return { state, effects: [] }
  }
}

function answer(state: QueueState, callId: string, agent: string, at: number): Step {
  const call = state.calls.get(callId)
  const busy = state.agents.get(agent)?.call ?? null
  if (!call || call.answeredAt !== null || busy !== null)
    return { state, effects: [{ type: 'releaseLateAnswer', callId, agent }] }
  const effects: QueueEffect[] = []
  let next = state
  if (call.agent !== null && call.agent !== agent) {
    effects.push({ type: 'withdrawOffer', callId, agent: call.agent })
    next = withAgent(next, call.agent, { offer: null })
  }
  // Answering late while another call rings at the same desk: that other call waits again.
  const otherOffer = next.agents.get(agent)?.offer ?? null
  next = withAgent(withCall(next, callId, { ...call, agent, answeredAt: at }), agent, { offer: null, call: callId })
  if (otherOffer !== null && otherOffer !== callId) {
    const back = backToWaiting(next, otherOffer, agent, null)
    return { state: back.state, effects: [...effects, { type: 'connect', callId, agent }, ...back.effects] }
  }
  return { state: next, effects: [...effects, { type: 'connect', callId, agent }] }
}

function abandon(state: QueueState, callId: string, at: number): Step {
  const call = state.calls.get(callId)
  if (!call || call.answeredAt !== null) return { state, effects: [] }
  const record: QueueEffect = { type: 'record', detail: detailOf(callId, { ...call, agent: null }, at) }
  const without = withCall(state, callId, null)
  if (call.agent === null) return { state: without, effects: [record] }
  // Nobody's fault: the operator keeps the place in the line.
  const freed = withAgent(without, call.agent, { offer: null })
  return { state: freed, effects: [{ type: 'withdrawOffer', callId, agent: call.agent }, record] }
}

function hangUp(state: QueueState, callId: string, at: number): Step {
  const call = state.calls.get(callId)
  if (!call || call.answeredAt === null || call.agent === null) return { state, effects: [] }
  const freed = toBack(withAgent(withCall(state, callId, null), call.agent, { call: null }), call.agent)
  return {
    state: dropIfForgotten(freed, call.agent),
    effects: [{ type: 'record', detail: detailOf(callId, call, at) }],
  }
}

function backToWaiting(state: QueueState, callId: string, agent: string, barredAt: number | null): Step {
  const call = state.calls.get(callId)
  if (!call) return { state, effects: [] }
  const barred = new Map(call.barred)
  if (barredAt !== null) barred.set(agent, { until: barredAt + barMs.others, aloneUntil: barredAt + barMs.alone })
  const effects: QueueEffect[] = [
    { type: 'withdrawOffer', callId, agent },
    { type: 'tellQueued', callId },
  ]
  return { state: withCall(state, callId, { ...call, agent: null, barred }), effects }
}

function distribute(state: QueueState, at: number): Step {
  let next = state
  let wake: number | null = null
  const effects: QueueEffect[] = []
  const alone = [...state.agents.values()].filter((agent) => agent.registered).length === 1
  for (const [callId, call] of state.calls) {
    if (call.agent !== null) continue
    const free = [...next.agents].filter(([, agent]) => isFree(agent)).toSorted(([, a], [, b]) => a.turn - b.turn)
    const barredUntil = ([name]: [string, Agent]): number => {
      const bar = call.barred.get(name)
      return bar === undefined ? 0 : alone ? bar.aloneUntil : bar.until
    }
    const chosen = free.find((entry) => barredUntil(entry) <= at)
    if (chosen) {
      const [agent] = chosen
      next = withAgent(withCall(next, callId, { ...call, agent }), agent, { offer: callId })
      effects.push({ type: 'offer', callId, agent })
    } else if (free.length > 0) {
      const soonest = Math.min(...free.map(barredUntil))
      wake = wake === null ? soonest : Math.min(wake, soonest)
    }
  }
  if (wake !== null) effects.push({ type: 'wakeAt', at: wake })
  return { state: next, effects }
}

function isFree(agent: Agent): boolean {
  return agent.registered && agent.offer === null && agent.call === null && agent.directCalls === 0
}

function detailOf(callId: string, call: QueuedCall, endedAt: number): CallDetail {
  const { from, agent, queuedAt, answeredAt } = call
  return { callId, from, agent, outcome: answeredAt === null ? 'abandoned' : 'answered', queuedAt, answeredAt, endedAt }
}

function withCall(state: QueueState, callId: string, call: QueuedCall | null): QueueState {
  const calls = new Map(state.calls)
  if (call) calls.set(callId, call)
  else calls.delete(callId)
  return { ...state, calls }
}

function withAgent(state: QueueState, name: string, change: Partial<Agent>): QueueState {
  return { ...state, agents: new Map(state.agents).set(name, { ...(state.agents.get(name) ?? newAgent), ...change }) }
}

function toBack(state: QueueState, name: string): QueueState {
  return { ...withAgent(state, name, { turn: state.nextTurn }), nextTurn: state.nextTurn + 1 }
}

// Who is neither registered nor in a call leaves no trace; who is in a call must still be known as busy on return.
function dropIfForgotten(state: QueueState, name: string): QueueState {
  const agent = state.agents.get(name)
  if (!agent || agent.registered || agent.call !== null || agent.directCalls > 0) return state
  const agents = new Map(state.agents)
  agents.delete(name)
  return { ...state, agents }
}
