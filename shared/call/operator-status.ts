/**
 * What an operator is doing, as the desk, the phone and central say it.
 *
 *   offline ──registered──► ready ◄──────wrapUpDone, cameBack──────┐
 *      ▲                    │  ▲ │ wentAway                        │
 *      │ unregistered       │  │ └───────────► away ───────────────┤
 *      │ (from ready)       │ callRinging                          │
 *      │                    ▼                                      │
 *      │                 ringing ──callMissed──► away              │
 *      │                    │ callAnswered                         │
 *      │                    ▼                                      │
 *      └─────────────── onCall ──────callEnded──────► wrapUp ──────┘
 *
 * O1  `ready` is said only while the registration stands (REGISTER answered 200).
 * O2  A lost registration does not end a call; when the call is over the status follows the registration.
 * O3  A missed ring sets `away` and says why; it never stays ringing.
 * O4  After a call comes `wrapUp`; only the operator's own act ends it.
 */
export type OperatorStatus = 'offline' | 'ready' | 'ringing' | 'onCall' | 'wrapUp' | 'away'

export type OperatorState = { readonly status: OperatorStatus; readonly registered: boolean; readonly since: number }

export type OperatorEvent = {
  readonly type:
    | 'registered'
    | 'unregistered'
    | 'callRinging'
    | 'callDialled'
    | 'callAnswered'
    | 'callMissed'
    | 'callRejected'
    | 'callEnded'
    | 'wrapUpDone'
    | 'wentAway'
    | 'cameBack'
  readonly at: number
}

export const signedOff: OperatorState = { status: 'offline', registered: false, since: 0 }

/** Which status an event leads to, or the same one where it has no meaning. */
function nextStatus({ status, registered }: OperatorState, event: OperatorEvent): OperatorStatus {
  const free: OperatorStatus = registered ? 'ready' : 'offline'
  switch (event.type) {
    case 'registered':
      return status === 'offline' ? 'ready' : status
    case 'unregistered':
      return status === 'ready' ? 'offline' : status
    case 'callRinging':
      return 'ringing'
    case 'callDialled':
      return 'onCall'
    case 'callAnswered':
      return status === 'ringing' ? 'onCall' : status
    case 'callMissed':
      return status === 'ringing' ? 'away' : status
    case 'callRejected':
      return status === 'ringing' ? 'away' : status
    case 'callEnded':
      return status === 'onCall' ? 'wrapUp' : status
    case 'wrapUpDone':
      return status === 'wrapUp' ? free : status
    case 'wentAway':
      return status === 'ready' || status === 'wrapUp' ? 'away' : status
    case 'cameBack':
      return status === 'away' ? free : status
  }
}

/** Advances the operator's status; see the drawing and the rules O1 to O4. */
export function stepOperator(state: OperatorState, event: OperatorEvent): OperatorState {
  const registered = event.type === 'registered' || (event.type !== 'unregistered' && state.registered)
  const status = nextStatus({ ...state, registered }, event)
  if (status === state.status && registered === state.registered) return state
  return { status, registered, since: status === state.status ? state.since : event.at }
}

/** Whether the phone may ring for a call from the queue. */
export function takesCalls(state: OperatorState): boolean {
  return state.status === 'ready'
}
