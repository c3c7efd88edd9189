/**
 * One call, as a machine of pure functions: events in, a new state and effects out. It knows no SIP and no screen;
 * which calls there are beside each other is said in call-lines.ts.
 *
 *   inviteArrived ► ringing ─answerPressed─► answering ─┐              ringing:  remoteHungUp → missed,
 *                                                       │ session-     rejectPressed, or hangUpPressed in
 *                                                       │              answering: → rejected
 *   dialled ──────► dialling ───────────────────────────┤ Established  not yet answered: sessionFailed → failed
 *                                                       ▼              answered: remoteHungUp → completed,
 *                                                   connected                    sessionFailed, phoneFailed → lost,
 *                                                       │ mediaConfirmed         handedOver → transferred
 *                                                       ▼
 *                                                    talking ─hangUpPressed─► ending ─► ended
 *
 * C1  A call ends exactly once: `ended` is reached by one event, and one `recordFact` of kind ended tells it.
 * C2  Whatever ends a call releases the audio and silences the ring.
 * C3  `talking` is only said after `mediaConfirmed`: received by us, and our sound reported received.
 * C4  An invitation that finds a call up changes nothing; call-lines.ts says what becomes of it.
 * C5  An event of another call changes nothing.
 * C6  Only an invitation or a dialled number leaves `idle`, and `ended` too: nothing else can start a call.
 * C7  Muting never ends or changes the call; a muted microphone is unmuted for the next call.
 * C8  Every state names its call from ringing to ended, so a desk that opens late can show it.
 * C9  An answer is given once: answering again, rejecting or answering an ended call changes nothing.
 * C10 From the press of hold until a resume has succeeded the other side hears nothing of the microphone and is not
 *     heard, whatever becomes of the signalling; likewise from the press of hang-up on, however long the end takes.
 * C11 Of hold and resume one is on its way at a time; what was pressed last is what stands in the end.
 * C14 A ring that somebody else answered is not missed: it ends as `elsewhere`, and nothing is owed.
 * C15 That it rings at the other side is said only where that was reported, of a dialled call (RFC 3261 21.1.2: 180).
 * C18 Sound that comes before the answer is heard in the place of the ring (RFC 3960 3.2), the other way nobody hears the
 *     operator; it is no answer: only `sessionEstablished` is, and a call without it was never talking.
 * C12 C13 C16 What is marked of a call and changes nothing of it: warnings, the recording (call-care.ts).
 */
import { assertNever } from '../errors.ts'
import { noteProgress } from './before-answer.ts'
import { isCareEvent, noCare, stepCare, type CareEvent, type CareStep } from './call-care.ts'
import type { CallFact, CallPurpose } from './call-fact.ts'
import { isAnswered, isHeld, isUp, type Call, type Caller, type CallOutcome, type CallState } from './call.ts'
import { notHeld, settled } from './call-hold.ts'
import { dialledFact } from './facts-of-call.ts'

type Of<T extends string, More = unknown> = { readonly type: T; readonly callId: string; readonly at: number } & More

export type CallEvent =
  | { readonly type: 'inviteArrived'; readonly caller: Caller; readonly at: number }
  | {
      readonly type: 'dialled'
      readonly caller: Caller
      readonly purpose: CallPurpose
      /** The call that it pays back. */
      readonly paysBack?: string | undefined
      readonly at: number
    }
  | Of<'answerPressed' | 'rejectPressed' | 'hangUpPressed' | 'resumePressed'>
  | Of<'holdPressed', { readonly aside?: true }>
  | Of<'mutePressed', { readonly muted: boolean }>
  /** The exchange took a hold (`held`) or a resume, or did not. */
  | Of<'holdSettled', { readonly held: boolean; readonly ok: boolean }>
  | Of<'rangThere' | 'sessionEstablished' | 'mediaConfirmed' | 'remoteHungUp' | 'answeredElsewhere' | 'phoneFailed'>
  | Of<'earlySound', { readonly flows: boolean }>
  | Of<'sessionFailed', { readonly status?: number | null }>
  | CareEvent
  /** The citizen is with somebody else now. */
  | Of<'handedOver', { readonly to: string; readonly how: 'blind' | 'attended' | 'emergency' }>

type DialledEvent = Extract<CallEvent, { type: 'dialled' }>

export type CallEffect =
  | { readonly type: 'startRinging' | 'stopRinging' | 'acceptInvite' | 'sendBye'; readonly callId: string }
  | { readonly type: 'dial'; readonly callId: string; readonly number: string }
  | { readonly type: 'refuseInvite'; readonly callId: string; readonly status: 480 | 486 }
  /** Asks the exchange to hold the other side, or to take it back. */
  | { readonly type: 'hold'; readonly callId: string; readonly held: boolean }
  /** `mic`: the other side hears the operator. `ear`: she hears it. */
  | { readonly type: 'setSound'; readonly callId: string; readonly mic: boolean; readonly ear: boolean }
  | { readonly type: 'releaseAudio'; readonly callId: string }
  | { readonly type: 'recordFact'; readonly fact: CallFact }

export type CallStep = { readonly state: CallState; readonly effects: readonly CallEffect[] }

const unchanged = (state: CallState): CallStep => ({ state, effects: [] })

function end(call: Call, outcome: CallOutcome, at: number, first: readonly CallEffect[] = []): CallStep {
  const { callId } = call.caller
  const { care, facts } = stepCare(call.care, { type: 'recordingResumed', callId, why: 'ended', at }, true)
  return {
    state: { ...call, phase: 'ended', outcome, endedAt: at, care },
    effects: [
      ...first,
      ...facts.map(recordFact),
      { type: 'stopRinging', callId },
      { type: 'releaseAudio', callId },
      { type: 'recordFact', fact: { callId, kind: 'ended', at, outcome } },
    ],
  }
}

function begin(caller: Caller, at: number, rest: Pick<Call, 'phase' | 'direction' | 'purpose' | 'paysBack'>): Call {
  const none = {
    rangThere: false,
    earlySound: false,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    status: null,
    muted: false,
  }
  return { ...rest, caller, ringAt: at, ...none, hold: notHeld, care: noCare }
}

function arrive(state: CallState, caller: Caller, at: number): CallStep {
  const { callId, number, queue } = caller
  if (isUp(state)) return unchanged(state)
  return {
    state: begin(caller, at, { phase: 'ringing', direction: 'in', purpose: 'citizen', paysBack: null }),
    effects: [
      { type: 'startRinging', callId },
      { type: 'recordFact', fact: { callId, kind: 'offered', at, number, queue } },
    ],
  }
}

function dial(state: CallState, { caller, purpose, paysBack, at }: DialledEvent): CallStep {
  if (isUp(state)) return unchanged(state)
  const { callId, number } = caller
  const call = begin(caller, at, { phase: 'dialling', direction: 'out', purpose, paysBack: paysBack ?? null })
  return {
    state: call,
    effects: [
      { type: 'dial', callId, number },
      { type: 'recordFact', fact: dialledFact(call) },
    ],
  }
}

/** A step that may change who hears whom: said once, and only where it changed. */
function withSound(before: Call, after: Call, effects: readonly CallEffect[]): CallStep {
  const isOpen = (call: Call) => call.phase !== 'ending' && !isHeld(call)
  const sound = (call: Call) => ({ mic: !call.muted && isOpen(call), ear: isOpen(call) })
  const [was, is] = [sound(before), sound(after)]
  if (was.mic === is.mic && was.ear === is.ear) return { state: after, effects }
  // Silenced before anything else is done, heard again after all else.
  const said: CallEffect = { type: 'setSound', callId: after.caller.callId, ...is }
  return { state: after, effects: is.ear ? [...effects, said] : [said, ...effects] }
}

/** What is wanted of hold is asked of the exchange, one at a time (C11). */
function pressHold(call: Call, wanted: boolean, at: number, byHand = false): CallStep {
  if (!isAnswered(call)) return unchanged(call)
  if (call.hold.wanted === wanted)
    return unchanged(wanted && !byHand ? { ...call, hold: { ...call.hold, byHand: false } } : call)
  const { hold, caller: who } = call
  const ask: readonly CallEffect[] = hold.busy ? [] : [{ type: 'hold', callId: who.callId, held: wanted }]
  const put = { ...hold, wanted, busy: true, since: hold.since ?? at, byHand, refused: false }
  return withSound(call, { ...call, hold: put }, ask)
}

function settleHold(call: Call, { held, ok, at }: Extract<CallEvent, { type: 'holdSettled' }>): CallStep {
  if (!call.hold.busy) return unchanged(call)
  const { callId } = call.caller
  const hold = settled(call.hold, { held, ok, at }, isAnswered(call))
  const fact: readonly CallEffect[] = ok
    ? [{ type: 'recordFact', fact: { callId, kind: held ? 'held' : 'resumed', at } }]
    : []
  const ask: readonly CallEffect[] = hold.busy ? [{ type: 'hold', callId, held: hold.wanted }] : []
  return withSound(call, { ...call, hold }, [...fact, ...ask])
}

const recordFact = (fact: CallFact): CallEffect => ({ type: 'recordFact', fact })

/** What is marked of it, and told. */
function mark(call: Call, { care, facts }: CareStep): CallStep {
  return facts.length === 0 ? unchanged(call) : { state: { ...call, care }, effects: facts.map(recordFact) }
}

/** The outcome of a call whose session is over, by how far it had come; after our own BYE nothing is lost. */
function sessionOver(call: Call, at: number, unanswered: CallOutcome, answered: CallOutcome): CallStep {
  if (call.answeredAt === null) return end(call, unanswered, at)
  return end(call, call.phase === 'ending' ? 'completed' : answered, at)
}

/** Advances a call by one event; see the drawing and the rules above. */
export function stepCall(state: CallState, event: CallEvent): CallStep {
  if (event.type === 'inviteArrived') return arrive(state, event.caller, event.at)
  if (event.type === 'dialled') return dial(state, event)
  if (state === null || state.caller.callId !== event.callId) return unchanged(state)
  const { callId, at } = event
  if (isCareEvent(event)) return mark(state, stepCare(state.care, event, isAnswered(state)))
  if (!isUp(state)) return unchanged(state)
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
      if (phase === 'ringing' || phase === 'ending') return unchanged(state)
      return withSound(state, { ...state, phase: 'ending' }, [{ type: 'sendBye', callId }])
    case 'mutePressed':
      if (phase === 'ringing' || phase === 'ending' || event.muted === state.muted) return unchanged(state)
      return withSound(state, { ...state, muted: event.muted }, [])
    case 'holdPressed':
      return pressHold(state, true, at, event.aside === undefined)
    case 'resumePressed':
      return pressHold(state, false, at)
    case 'holdSettled':
      return settleHold(state, event)
    case 'rangThere':
    case 'earlySound':
      return { state: noteProgress(state, event), effects: [] }
    case 'sessionEstablished': {
      // Hung up while it was being answered: somebody was there all the same, and that is a fact.
      const first = state.answeredAt === null
      if (phase !== 'answering' && phase !== 'dialling' && !(phase === 'ending' && first)) return unchanged(state)
      return {
        state: { ...state, phase: phase === 'ending' ? 'ending' : 'connected', answeredAt: at },
        effects: [{ type: 'recordFact', fact: { callId, kind: 'answered', at } }],
      }
    }
    case 'mediaConfirmed':
      if (phase !== 'connected') return unchanged(state)
      return {
        state: { ...state, phase: 'talking' },
        effects: [{ type: 'recordFact', fact: { callId, kind: 'talking', at } }],
      }
    case 'sessionFailed':
      return sessionOver({ ...state, status: event.status ?? null }, at, 'failed', 'lost')
    case 'remoteHungUp':
      // One of ours that nobody answered was not missed by us; one that was hung up before the answer was said, neither.
      if (state.direction === 'out') return sessionOver(state, at, 'failed', 'completed')
      return sessionOver(state, at, phase === 'ending' ? 'rejected' : 'missed', 'completed')
    case 'answeredElsewhere':
      return sessionOver(state, at, 'elsewhere', 'completed')
    case 'phoneFailed':
      return end(state, 'lost', at)
    case 'handedOver': {
      if (!isAnswered(state)) return unchanged(state)
      const { to, how } = event
      return end(state, 'transferred', at, [
        { type: 'sendBye', callId },
        { type: 'recordFact', fact: { callId, kind: 'transferred', at, to, how } },
      ])
    }
    default:
      return assertNever(event)
  }
}
