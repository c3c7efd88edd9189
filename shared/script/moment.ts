/**
 * Which words are due now: a pure function of the live call, so that the prompt never lags behind the conversation.
 *
 *   ringing ─► opening ─► listening ─► searching ─► answering ─► closing ─► wrapUp ─► idle
 *              (answered) (typing)     (search)     (reply)      (saved)    (call ended)
 *
 * CS1 Outside a call the phone decides: idle, ringing, dialling, wrap-up.
 * CS2 In a call the operator's last act decides the step; before any act, content that stands means listening. Whoever
 *     is called, to pay a call back or to hear how a matter went, is greeted by words of their own.
 * CS3 What interrupts comes before the step, the most urgent first: an emergency, a warning, the citizen put aside and her
 *     coming back, looking for whom to put her through to, her silence, a long search.
 * CS4 A search of more than 30 s, and a hold of more than 60 s, have words of their own.
 * CS5 Who was never heard for 6 s after the answer is asked as a silent call is; who was heard and is quiet for 12 s is
 *     asked whether she is there, unless she is waiting for the operator (a search, an answer under way). While she is
 *     put aside she is not quiet: it counts anew from her coming back.
 * CS14 These four waits are the script's: a centre publishes others, of 2 to 300 s, and a script without says those.
 */
import type { CallPhase } from '../call/call.ts'
import type { OperatorStatus } from '../call/operator-status.ts'
import type { ConversationStep, Moment, Waits } from './script.ts'

/** What the operator did last in this call. */
export type LastAct = 'none' | 'typing' | 'searching' | 'replying' | 'saved'

/** The words of the first, second and third warning, and those that end the call. */
export type WarningWords = 1 | 2 | 3 | 'end'

/** All that the prompt follows; times in ms, null for what is not. */
export type LiveCall = {
  readonly phase: CallPhase | null
  readonly status: OperatorStatus
  /** Why she was called; null where she called. */
  readonly dialled: 'callBack' | 'returnVisit' | null
  readonly talkingSince: number | null
  readonly lastAct: LastAct
  readonly lastActAt: number
  readonly contentEmpty: boolean
  /** What is to be said of a warning. */
  readonly warning: WarningWords | null
  readonly heldSince: number | null
  readonly backSince: number | null
  /** Since when somebody is looked for whom she may be put through to. */
  readonly transferSince: number | null
  /** Since when an emergency service is looked for or beside her. */
  readonly emergencySince: number | null
  /** Whether she was heard at all in this call, and since when she is not. */
  readonly wasHeard: boolean
  readonly quietSince: number | null
}

/** A moment of this call: the same one again later is another. */
export type MomentNow = { readonly moment: Moment; readonly since: number }

const stepOfAct: Record<Exclude<LastAct, 'none'>, ConversationStep> = {
  typing: 'listening',
  searching: 'searching',
  replying: 'answering',
  saved: 'closing',
}

/** The step that the live state alone leads to (CS2); null outside a conversation. */
export function stepOf({ phase, lastAct, contentEmpty }: LiveCall): ConversationStep | null {
  if (phase === null || phase === 'ended' || phase === 'ringing' || phase === 'dialling') return null
  if (lastAct !== 'none') return stepOfAct[lastAct]
  return contentEmpty ? 'opening' : 'listening'
}

function outside({ phase, status }: LiveCall): MomentNow {
  if (phase === 'ringing' || phase === 'dialling') return { moment: phase, since: 0 }
  return { moment: status === 'wrapUp' ? 'wrapUp' : 'idle', since: 0 }
}

/** The moment in which the words of a warning are said. */
export const warningMoments = { 1: 'abuse1', 2: 'abuse2', 3: 'abuse3', end: 'abuseEnd' } as const satisfies Record<
  WarningWords,
  Moment
>

/** Whether something has lasted since `since` for more than so many seconds. */
const isLong = (since: number, seconds: number, now: number) => now - since > seconds * 1000

function silence(live: LiveCall, step: ConversationStep, waits: Waits, now: number): MomentNow | null {
  const { wasHeard, talkingSince, backSince } = live
  const quietSince = live.quietSince === null ? null : Math.max(live.quietSince, backSince ?? 0)
  if (quietSince === null || talkingSince === null) return null
  if (!wasHeard)
    return isLong(talkingSince, waits.silentCall, now) ? { moment: 'silentCall', since: talkingSince } : null
  const isWaiting = step === 'searching' || step === 'answering'
  return !isWaiting && isLong(quietSince, waits.silence, now) ? { moment: 'silence', since: quietSince } : null
}

/** What interrupts a conversation now, the most urgent first (CS3 to CS5). */
function interruptionsOf(live: LiveCall, step: ConversationStep, waits: Waits, now: number): MomentNow[] {
  const { emergencySince, warning, heldSince, transferSince, backSince, lastActAt } = live
  const back = heldSince ?? backSince
  const found: (MomentNow | null)[] = [
    emergencySince === null ? null : { moment: 'emergency', since: emergencySince },
    warning === null ? null : { moment: warningMoments[warning], since: 0 },
    heldSince !== null && isLong(heldSince, waits.holdLong, now) ? { moment: 'holdLong', since: heldSince } : null,
    heldSince === null ? null : { moment: 'hold', since: heldSince },
    // While she is put aside, what is said next.
    back === null ? null : { moment: 'backFromHold', since: back },
    transferSince === null ? null : { moment: 'transfer', since: transferSince },
    heldSince === null ? silence(live, step, waits, now) : null,
    step === 'searching' && isLong(lastActAt, waits.searchLong, now)
      ? { moment: 'searchLong', since: lastActAt }
      : null,
  ]
  return found.filter((one) => one !== null)
}

/**
 * The moments whose words are due, the first before the others; the last one is the step itself. What lies under an
 * interruption is what comes back once its words are said.
 */
export function momentsNow(live: LiveCall, waits: Waits, now: number): readonly MomentNow[] {
  const step = stepOf(live)
  if (step === null) return [outside(live)]
  const greeting = step === 'opening' ? live.dialled : null
  return [...interruptionsOf(live, step, waits, now), { moment: greeting ?? step, since: live.lastActAt }]
}
