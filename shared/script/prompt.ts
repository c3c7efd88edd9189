/**
 * What to say now: one sentence, and the next one.
 *
 * CS6 F4 ticks the sentence that is shown: it was said in this moment, and the next of the moment comes. Once all of an
 *     interruption are said, what it interrupted comes back; once all of a step are said, the step after it comes, until
 *     the live state itself moves.
 * CS7 Of a moment's sentences come those of any kind of matter and those of this one, in the order of the script. One
 *     that stands in the place of another leaves that out.
 * CS8 A sentence with a gap that nothing fills is left out; the citizen's name alone may be missing.
 * CS15 The number of the case fills its gap for whom a unit will reply to alone: nobody else is promised a reply.
 * CS9 One sentence now, one next, never more. Where every word is said, the last one stays.
 * CS10 The closing is due once the citizen was spoken with and none of its sentences was said.
 * CS11 The words of a warning stay until all of them are said, whatever else is said meanwhile; after the third those
 *     that end the call, and they stay.
 */
import type { CaseKind } from '../case/case-kind.ts'
import { must } from '../errors.ts'
import { plainLine } from '../plain-text.ts'
import { momentsNow, stepOf, type LiveCall, type MomentNow, type WarningWords } from './moment.ts'
import {
  conversationSteps,
  fillSentence,
  isSpoken,
  waitsOf,
  type Filling,
  type Moment,
  type Script,
  type Sentence,
  type Tongue,
} from './script.ts'

/** A sentence that was said, in which moment of the call. */
export type Said = { readonly id: string; readonly when: Moment; readonly since: number }

/** What is to be said after so many warnings, of which so many were said (CS11). */
export function warningToSay(warnings: number, said: number): WarningWords | null {
  if (warnings === 1 || warnings === 2 || warnings === 3) {
    if (warnings > said) return warnings
    return warnings === 3 ? 'end' : null
  }
  return null
}

export type Speaking = {
  readonly script: Script
  readonly live: LiveCall
  readonly said: readonly Said[]
  readonly kind: CaseKind | null
  readonly filling: Filling
  /** In which the citizen is spoken to. */
  readonly tongue: Tongue
  /** The language of the desk, for what is not spoken. */
  readonly language: 'zh' | 'en'
  readonly now: number
}

type Due = { readonly sentence: Sentence; readonly words: string; readonly at: MomentNow }

export type Prompt = {
  /** Whose words are shown. */
  readonly moment: Moment
  /** The sentence to be said now, as F4 would tick it; null where nothing is spoken. */
  readonly sentence: Said | null
  readonly say: string
  readonly next: string
  readonly hints: readonly string[]
  readonly steps: readonly { readonly id: Moment; readonly name: string; readonly state: 'done' | 'now' | 'later' }[]
  readonly closingDue: boolean
}

/** Where a moment stands among the steps; −1 for an interruption. */
function placeOf(moment: Moment): number {
  if (moment === 'returnVisit' || moment === 'callBack') return 0
  return conversationSteps.findIndex((step) => step === moment)
}

/** The steps whose words are due, from the one that the call is in to the last (CS6). */
function stepsFrom(at: MomentNow): MomentNow[] {
  const first = placeOf(at.moment)
  if (first < 0) return [at]
  const later = conversationSteps.slice(first + 1)
  return [at, ...later.map((moment) => ({ moment, since: at.since }))]
}

const wasSaid = (said: readonly Said[], { id }: Sentence, { moment, since }: MomentNow) =>
  // The words that end a call stay (CS11).
  moment !== 'abuseEnd' && said.some((one) => one.id === id && one.when === moment && one.since === since)

/** All sentences that are due, said ones too, in their order. */
function dueNow({ script, live, kind, filling, tongue, now }: Speaking): Due[] {
  const caller = plainLine(filling.caller ?? '', 20)
  const article = plainLine(filling.article ?? '', 18)
  const found = momentsNow(live, waitsOf(script), now)
  const step = found.at(-1)
  const all = step === undefined ? found : [...found.slice(0, -1), ...stepsFrom(step)]
  const due = all.flatMap((at) =>
    script.sentences
      .filter(({ when, kinds }) => when === at.moment && (kinds === null || (kind !== null && kinds.includes(kind))))
      .flatMap((sentence) => {
        const words = fillSentence(sentence.say[tongue], { ...filling, caller, article }, tongue)
        return words === null ? [] : [{ sentence, words, at }]
      }),
  )
  const replaced = new Set(due.map(({ sentence }) => sentence.insteadOf))
  return due.filter(({ sentence }) => !replaced.has(sentence.id))
}

/** What is spoken is in the citizen's tongue, what is not in the desk's. */
const wordsOf = ({ sentence, words, at }: Due, language: 'zh' | 'en') =>
  isSpoken(at.moment) ? words : sentence.say[language]

/** Whether the citizen was spoken with and no word of farewell was said yet (CS10). */
export function isClosingDue({ live, said }: Pick<Speaking, 'live' | 'said'>): boolean {
  return live.talkingSince !== null && stepOf(live) !== null && !said.some(({ when }) => when === 'closing')
}

/** The whole prompt of a script that has words for each moment, as every published one does. */
export function promptFor(speaking: Speaking): Prompt {
  return must(findPrompt(speaking), 'words for this moment')
}

/** The whole prompt; null where a script that is being written has no words for this moment yet. */
export function findPrompt(speaking: Speaking): Prompt | null {
  const { script, live, said, language } = speaking
  const due = dueNow(speaking)
  const open = due.filter(({ sentence, at }) => !wasSaid(said, sentence, at))
  const shown = open[0] ?? due.at(-1)
  if (shown === undefined) return null
  const next = open.find((one) => one !== shown)
  const { moment, since } = shown.at
  const step = stepOf(live)
  const own = placeOf(moment)
  const at = own >= 0 ? own : conversationSteps.findIndex((id) => id === step)
  return {
    moment,
    sentence: isSpoken(moment) ? { id: shown.sentence.id, when: moment, since } : null,
    say: wordsOf(shown, language),
    next: next === undefined ? '' : wordsOf(next, language),
    hints: shown.sentence.hints.map((hint) => hint[language]),
    steps: conversationSteps.map((id, index) => ({
      id,
      name: script.names[id][language],
      state: index < at ? 'done' : index === at ? 'now' : 'later',
    })),
    closingDue: isClosingDue(speaking),
  }
}
