/**
 * What to say now: a pure function of the live state, so that the prompt never lags behind the conversation.
 *
 *   ringing ─► opening ─► listening ─► searching ─► answering ─► closing ─► wrap-up ─► idle
 *              (answered) (typing)     (search)     (reply)      (saved)    (call ended)
 *
 * P1  Outside a call the phone decides: ringing, wrap-up, idle.
 * P2  In a call the operator's last act decides; before any act, content that stands means listening.
 * P3  F4 moves one step on, and holds until the live state itself moves.
 * P4  A search of more than 30 s brings the apology in place of the sentence.
 * P5  A warning that was marked brings its words in place of the sentence, until F4 or the next one; after the third
 *     F4 brings those that end the call, and they stay.
 */
import type { CallPhase } from '../call/call-machine.ts'
import type { OperatorStatus } from '../call/operator-status.ts'
import { must } from '../errors.ts'
import { plainLine } from '../plain-text.ts'
import { courtesy, type Bilingual, type CourtesyMoment, type StepId } from './courtesy.ts'

/** What the operator did last in this call. */
export type LastAct = 'none' | 'typing' | 'searching' | 'replying' | 'saved'

/** All that the prompt follows. */
export type Conversation = {
  readonly phase: CallPhase | null
  readonly status: OperatorStatus
  readonly lastAct: LastAct
  readonly contentEmpty: boolean
  /** When the present search began, in ms; null while none is under way. */
  readonly searchSince: number | null
  /** What is to be said of a warning. */
  readonly warning: WarningWords | null
}

/** The words of the first, second and third warning, and those that end the call. */
export type WarningWords = 1 | 2 | 3 | 'end'

/** A step that F4 led to, and the live step it was led from. */
export type Advance = { readonly step: StepId; readonly from: StepId }

/** The steps of a conversation that are shown in a row. */
export const conversationSteps: readonly StepId[] = ['opening', 'listening', 'searching', 'answering', 'closing']

const LONG_SEARCH = 30_000

/** What is to be said after so many warnings, of which so many were said (P5). */
export function warningToSay(warnings: number, said: number): WarningWords | null {
  if (warnings === 1 || warnings === 2 || warnings === 3) {
    if (warnings > said) return warnings
    return warnings === 3 ? 'end' : null
  }
  return null
}

const warningMoments = { 1: 'abuse-first', 2: 'abuse-second', 3: 'abuse-third', end: 'abuse-end' } as const

function moment(id: string): CourtesyMoment {
  return must(
    courtesy.moments.find((each) => each.id === id),
    `moment ${id}`,
  )
}

/** The step that the live state alone leads to (P1, P2). */
export function liveStep(conversation: Conversation): StepId {
  const { phase, status, lastAct, contentEmpty } = conversation
  if (phase === 'ringing') return 'ringing'
  if (phase === null || phase === 'ended') return status === 'wrapUp' ? 'wrap-up' : 'idle'
  switch (lastAct) {
    case 'saved':
      return 'closing'
    case 'replying':
      return 'answering'
    case 'searching':
      return 'searching'
    case 'typing':
      return 'listening'
    case 'none':
      return contentEmpty ? 'opening' : 'listening'
  }
}

/** The step to show: what F4 led to, as long as the live state has not moved since (P3). */
export function shownStep(live: StepId, advance: Advance | null): StepId {
  return advance !== null && advance.from === live ? advance.step : live
}

/** One step on by hand; outside a conversation, or at its last step, nothing follows. */
export function advanceStep(live: StepId, advance: Advance | null): Advance | null {
  const at = conversationSteps.indexOf(shownStep(live, advance))
  const step = at < 0 ? undefined : conversationSteps[at + 1]
  return step === undefined ? advance : { step, from: live }
}

/** Puts the caller into a sentence; without a name it stays good speech in both languages. */
export function fillCaller(words: string, callerName: string, language: keyof Bilingual): string {
  const name = plainLine(callerName, 20)
  if (name !== '') return words.replaceAll('{caller}', () => name)
  if (language === 'zh') return words.replaceAll('{caller}，', '您好，').replaceAll('{caller}', '您')
  return words
    .replace(/^\{caller\}, (\p{L})/u, (_whole, first: string) => first.toUpperCase())
    .replaceAll('{caller}', 'you')
}

export type Prompt = {
  readonly step: StepId
  readonly say: string
  readonly next: string
  readonly hints: readonly string[]
  readonly steps: readonly { readonly id: StepId; readonly name: string; readonly state: 'done' | 'now' | 'later' }[]
  readonly late: boolean
  readonly warning: WarningWords | null
}

/** The whole prompt in one language; `now` in ms decides whether the search has taken too long (P4). */
export function promptFor(
  conversation: Conversation,
  advance: Advance | null,
  callerName: string,
  now: number,
  language: keyof Bilingual,
): Prompt {
  const step = shownStep(liveStep(conversation), advance)
  const words = must(
    courtesy.steps.find(({ id }) => id === step),
    `step ${step}`,
  )
  const { searchSince, warning } = conversation
  const late = step === 'searching' && searchSince !== null && now - searchSince > LONG_SEARCH
  const warned = warning === null ? null : moment(warningMoments[warning])
  const say = (warned ?? (late ? moment('search-over-30s') : words)).say
  const then = warned === null ? words.next : warning === 3 ? moment('abuse-end').say : words.say
  const at = conversationSteps.indexOf(step)
  return {
    step,
    say: fillCaller(say[language], callerName, language),
    next: fillCaller(then[language], callerName, language),
    hints: (warned?.hints ?? words.hints).map((hint) => hint[language]),
    steps: conversationSteps.map((id, index) => ({
      id,
      name: must(
        courtesy.steps.find((each) => each.id === id),
        `step ${id}`,
      ).name[language],
      state: index < at ? 'done' : index === at ? 'now' : 'later',
    })),
    late,
    warning,
  }
}
