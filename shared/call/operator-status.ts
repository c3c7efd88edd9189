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
 *      │                 talking ◄─callHeld, callResumed─► held    │
 *      │                    └──────────────┬──────────────┘        │
 *      │                                   │ callEnded             │
 *      └───────────────────────────────────┴──► wrapUp ────────────┘
 *
 * O1  `ready` is said only while the registration stands (REGISTER answered 200).
 * O2  A lost registration does not end a call; when the call is over the status follows the registration.
 * O3  A missed or rejected ring sets `away` and says why; it never stays ringing. One that somebody else answered is
 *     neither: she is ready again.
 * O4  After a call comes `wrapUp`; only the operator's own act ends it. Its limit reminds and does no more: a call
 *     that rang by itself would take the screen from a word half typed.
 * O5  `away` always has a reason, its own `since`, and only `away` has one; another reason begins anew.
 * O6  A wrap-up is extended once, by its limit over again.
 * O7  A desk that is gone makes only the ready away: in a call and in its wrap-up nothing rings anyhow.
 * O8  A call in which the citizen was warned is a hard one: its wrap-up ends in `away`, until the operator says
 *     otherwise; a warning that was taken back makes none.
 * O9  In a call she is `held` while everybody whom she has is put aside and nobody is dialled, else `talking`, also
 *     while she dials.
 */
export type OperatorStatus = 'offline' | 'ready' | 'ringing' | 'talking' | 'held' | 'wrapUp' | 'away'

/** What an operator chooses from, in the order of its digits. */
export const awayChoices = ['rest', 'meal', 'training', 'afterHardCall', 'other'] as const
/** Why somebody is away: chosen, or set by the desk itself. */
export const awayReasons = [...awayChoices, 'missedRing', 'rejectedRing', 'deskGone'] as const
export type AwayReason = (typeof awayReasons)[number]

/** `since` in ms of the phone's clock: when the status, or the reason of being away, began. */
export type OperatorState = {
  readonly status: OperatorStatus
  readonly registered: boolean
  readonly since: number
  readonly away: AwayReason | null
  /** Whether the wrap-up has its limit twice. */
  readonly extended: boolean
  /** The calls since she was free last in which she warned somebody. */
  readonly hard: readonly string[]
}

export type OperatorEvent = {
  readonly type:
    | 'registered'
    | 'unregistered'
    | 'callRinging'
    | 'callDialled'
    | 'callAnswered'
    | 'callHeld'
    | 'callResumed'
    | 'callMissed'
    | 'callRejected'
    | 'callElsewhere'
    | 'callEnded'
    | 'wrapUpDone'
    | 'wrapUpExtended'
    | 'wentAway'
    | 'cameBack'
    | 'warned'
    | 'warningsWithdrawn'
  readonly at: number
  /** Of `wentAway`; nothing said is a rest. */
  readonly reason?: AwayReason | undefined
  /** Of `warned` and `warningsWithdrawn`: in which call. */
  readonly callId?: string | undefined
}

export const signedOff: OperatorState = {
  status: 'offline',
  registered: false,
  since: 0,
  away: null,
  extended: false,
  hard: [],
}

const isInCall = (status: OperatorStatus) => status === 'talking' || status === 'held'

/** Which status an event leads to, or the same one where it has no meaning. */
function nextStatus({ status, registered, hard }: OperatorState, event: OperatorEvent): OperatorStatus {
  const free: OperatorStatus = registered ? 'ready' : 'offline'
  switch (event.type) {
    case 'registered':
      return status === 'offline' ? 'ready' : status
    case 'unregistered':
      return status === 'ready' ? 'offline' : status
    case 'callRinging':
      return 'ringing'
    case 'callDialled':
      return 'talking'
    case 'callAnswered':
      return status === 'ringing' ? 'talking' : status
    case 'callHeld':
      return status === 'talking' ? 'held' : status
    case 'callResumed':
      return status === 'held' ? 'talking' : status
    case 'callMissed':
      return status === 'ringing' ? 'away' : status
    case 'callRejected':
      return status === 'ringing' ? 'away' : status
    case 'callElsewhere':
      return status === 'ringing' ? free : status
    case 'callEnded':
      return isInCall(status) ? 'wrapUp' : status
    case 'wrapUpDone':
      if (status !== 'wrapUp') return status
      return hard.length > 0 ? 'away' : free
    case 'wrapUpExtended':
    case 'warned':
    case 'warningsWithdrawn':
      return status
    case 'wentAway':
      // Also while the line is away: a desk that is gone, or an operator at table, must not be ready when it is back.
      return status === 'ready' || status === 'offline' || (status === 'wrapUp' && event.reason !== 'deskGone')
        ? 'away'
        : status
    case 'cameBack':
      return status === 'away' ? free : status
  }
}

function nextReason(away: AwayReason | null, isHard: boolean, event: OperatorEvent): AwayReason {
  switch (event.type) {
    case 'callMissed':
      return isHard ? 'afterHardCall' : 'missedRing'
    case 'callRejected':
      return isHard ? 'afterHardCall' : 'rejectedRing'
    case 'wrapUpDone':
      return 'afterHardCall'
    case 'wentAway':
      return event.reason === 'deskGone' && away !== null ? away : (event.reason ?? 'rest')
    default:
      return away ?? 'other'
  }
}

/** The hard calls that are not rested from; none are left when she is free, or away (O8). */
function nextHard(hard: readonly string[], status: OperatorStatus, { type, callId }: OperatorEvent): readonly string[] {
  if (!isInCall(status) && status !== 'wrapUp' && status !== 'ringing') return hard.length === 0 ? hard : []
  if (callId === undefined || hard.includes(callId) === (type === 'warned')) return hard
  return type === 'warned' ? [...hard, callId] : hard.filter((each) => each !== callId)
}

/** Advances the operator's status; see the drawing and the rules O1 to O9. */
export function stepOperator(state: OperatorState, event: OperatorEvent): OperatorState {
  const registered = event.type === 'registered' || (event.type !== 'unregistered' && state.registered)
  const status = nextStatus({ ...state, registered }, event)
  // The desk's own word for why (a missed ring) is not written over an operator's, nor over an earlier one.
  const away =
    status === 'away'
      ? state.away !== null && event.type !== 'wentAway'
        ? state.away
        : nextReason(state.away, state.hard.length > 0, event)
      : null
  const extended = status === 'wrapUp' && (state.extended || event.type === 'wrapUpExtended')
  const hard = nextHard(state.hard, status, event)
  const began = status !== state.status || away !== state.away
  if (!began && registered === state.registered && extended === state.extended && hard === state.hard) return state
  return { status, registered, since: began ? event.at : state.since, away, extended, hard }
}

/** When a wrap-up ought to be over, in ms of the phone's clock; null without a limit. */
export function wrapUpUntil({ status, since, extended }: OperatorState, limitSeconds: number): number | null {
  return status !== 'wrapUp' || limitSeconds === 0 ? null : since + limitSeconds * 1000 * (extended ? 2 : 1)
}

/**
 * The status with its reason in one word, as central gets it: `away:meal`; at most 20 characters (the wire's limit).
 * Desks of before say `onCall` for `talking` and for `held`; central takes any word.
 */
export function statusWord({ status, away }: OperatorState): string {
  return away === null ? status : `${status}:${away}`
}

/** Whether the phone may ring for a call from the queue. */
export function takesCalls(state: OperatorState): boolean {
  return state.status === 'ready'
}
