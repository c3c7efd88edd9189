/**
 * One call at one operator's phone: (state, event) → { state, effects }.
 *
 *                inviteArrived
 *      idle ───────────────────► ringing ──────────────────────────────┐
 *       ▲                          │ answerPressed                     │ rejectPressed     → rejected
 *       │ inviteArrived            ▼                                   │ remoteHungUp      → missed
 *       │ (a new call)          answering ──────────┐                  │ sessionFailed     → failed
 *       │                          │ sessionEstablished                │ phoneFailed       → lost
 *       │                          ▼                │ remoteHungUp     │
 *       │                       connected ──────────┤ sessionFailed    │
 *       │                          │ mediaConfirmed │ phoneFailed      │
 *       │                          ▼                │                  │
 *       │                       talking ────────────┤                  │
 *       │                          │ hangUpPressed  │                  │
 *       │                          ▼                ▼                  │
 *       │                       ending ──────────► ended ◄─────────────┘
 *       └──────────────────────────────────────────┘
 *
 * C1  A call ends exactly once: `ended` is reached by one event, and one `recordFact` of kind ended tells it.
 * C2  Whatever ends a call releases the audio and silences the ring.
 * C3  `talking` is only said after `mediaConfirmed`: received by us, and our sound reported received.
 * C4  A second invitation while a call is up is answered busy (486) and changes nothing else.
 * C5  An event of another call changes nothing.
 * C6  Only an invitation leaves `idle`, and from `ended` too: nothing else can start a call.
 * C7  Muting never ends or changes the call; a muted microphone is unmuted for the next call.
 * C8  Every state names its call from ringing to ended, so a desk that opens late can show it.
 * C9  An answer is given once: answering again, rejecting or answering an ended call changes nothing.
 */
import { assertNever } from '../errors.ts'
import type { CallFact } from './call-fact.ts'

export type CallPhase = 'ringing' | 'answering' | 'connected' | 'talking' | 'ending' | 'ended'
export type CallOutcome = 'completed' | 'missed' | 'rejected' | 'failed' | 'lost'

/** Who calls, as the exchange told it: `callId` names the citizen's leg over all offers of it. */
export type Caller = {
  readonly callId: string
  readonly number: string
  readonly name: string
  readonly queue: string
}

export type Call = {
  readonly phase: CallPhase
  readonly caller: Caller
  readonly ringAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly outcome: CallOutcome | null
  readonly muted: boolean
}

export type CallState = Call | null

export type CallEvent =
  | { readonly type: 'inviteArrived'; readonly caller: Caller; readonly at: number }
  | { readonly type: 'answerPressed'; readonly callId: string; readonly at: number }
  | { readonly type: 'rejectPressed'; readonly callId: string; readonly at: number }
  | { readonly type: 'hangUpPressed'; readonly callId: string; readonly at: number }
  | { readonly type: 'mutePressed'; readonly callId: string; readonly muted: boolean; readonly at: number }
  | { readonly type: 'sessionEstablished'; readonly callId: string; readonly at: number }
  | { readonly type: 'mediaConfirmed'; readonly callId: string; readonly at: number }
  | { readonly type: 'sessionFailed'; readonly callId: string; readonly at: number }
  | { readonly type: 'remoteHungUp'; readonly callId: string; readonly at: number }
  | { readonly type: 'phoneFailed'; readonly callId: string; readonly at: number }

export type CallEffect =
  | { readonly type: 'startRinging'; readonly callId: string }
  | { readonly type: 'stopRinging'; readonly callId: string }
  | { readonly type: 'acceptInvite'; readonly callId: string }
  | { readonly type: 'refuseInvite'; readonly callId: string; readonly status: 480 | 486 }
  | { readonly type: 'sendBye'; readonly callId: string }
  | { readonly type: 'setMuted'; readonly callId: string; readonly muted: boolean }
  | { readonly type: 'releaseAudio'; readonly callId: string }
  | { readonly type: 'recordFact'; readonly fact: CallFact }

export type CallStep = { readonly state: CallState; readonly effects: readonly CallEffect[] }

/** Whether a call holds the line: from the first ring until it has ended. */
export function isUp(call: CallState): call is Call {
  return call !== null && call.phase !== 'ended'
}

function unchanged(state: CallState): CallStep {
  return { state, effects: [] }
}

function end(call: Call, outcome: CallOutcome, at: number, first: readonly CallEffect[] = []): CallStep {
  const { callId } = call.caller
  return {
    state: { ...call, phase: 'ended', outcome, endedAt: at },
    effects: [
      ...first,
      { type: 'stopRinging', callId },
      { type: 'releaseAudio', callId },
      { type: 'recordFact', fact: { callId, kind: 'ended', at, outcome } },
    ],
  }
}

function arrive(state: CallState, caller: Caller, at: number): CallStep {
  const { callId } = caller
  if (isUp(state)) {
    if (state.caller.callId === callId) return unchanged(state)
    return { state, effects: [{ type: 'refuseInvite', callId, status: 486 }] }
  }
  const call: Call = {
    phase: 'ringing',
    caller,
    ringAt: at,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    muted: false,
  }
  return {
    state: call,
    effects: [
      { type: 'startRinging', callId },
      { type: 'recordFact', fact: { callId, kind: 'offered', at, number: caller.number, queue: caller.queue } },
    ],
  }
}

/** The outcome of a call whose session is over, by how far it had come; after our own BYE nothing is lost. */
function sessionOver(call: Call, at: number, unanswered: CallOutcome, answered: CallOutcome): CallStep {
  if (call.answeredAt === null) return end(call, unanswered, at)
  return end(call, call.phase === 'ending' ? 'completed' : answered, at)
}

/** Advances a call by one event; see the drawing and the rules C1 to C9 above. */
export function stepCall(state: CallState, event: CallEvent): CallStep {
  if (event.type === 'inviteArrived') return arrive(state, event.caller, event.at)
  if (!isUp(state) || state.caller.callId !== event.callId) return unchanged(state)
  const { callId, at } = event
  const { phase } = state
  switch (event.type) {
    case 'answerPressed':
      if (phase !== 'ringing') return unchanged(state)
      return {
        state: { ...state, phase: 'answering' },
        effects: [
          { type: 'stopRinging', callId },
          { type: 'acceptInvite', callId },
        ],
      }
    case 'rejectPressed':
      if (phase !== 'ringing') return unchanged(state)
      return end(state, 'rejected', at, [{ type: 'refuseInvite', callId, status: 480 }])
    case 'hangUpPressed':
      if (phase === 'ringing') return unchanged(state)
      if (phase === 'ending') return unchanged(state)
      return { state: { ...state, phase: 'ending' }, effects: [{ type: 'sendBye', callId }] }
    case 'mutePressed':
      if (phase === 'ringing' || phase === 'ending' || event.muted === state.muted) return unchanged(state)
      return { state: { ...state, muted: event.muted }, effects: [{ type: 'setMuted', callId, muted: event.muted }] }
    case 'sessionEstablished':
      // Hung up while it was being answered: the citizen was answered all the same, and that is a fact.
      if (phase !== 'answering' && !(phase === 'ending' && state.answeredAt === null)) return unchanged(state)
      return {
        state: { ...state, phase: phase === 'answering' ? 'connected' : 'ending', answeredAt: at },
        effects: [{ type: 'recordFact', fact: { callId, kind: 'answered', at } }],
      }
    case 'mediaConfirmed':
      if (phase !== 'connected') return unchanged(state)
      return {
        state: { ...state, phase: 'talking' },
        effects: [{ type: 'recordFact', fact: { callId, kind: 'talking', at } }],
      }
    case 'sessionFailed':
      return sessionOver(state, at, 'failed', 'lost')
    case 'remoteHungUp':
      return sessionOver(state, at, 'missed', 'completed')
    case 'phoneFailed':
      return end(state, 'lost', at)
    default:
      return assertNever(event)
  }
}
