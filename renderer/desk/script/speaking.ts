/** The prompt of the desk: the live call gathered from the stores, and what becomes of the keys. */
import i18next from 'i18next'
import { isAnswered } from '../../../shared/call/call.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import { warningMoments, type LiveCall } from '../../../shared/script/moment.ts'
import { holdScript, type HeldScript } from '../../../shared/script/held-script.ts'
import { promptFor, warningToSay, type Prompt, type Said, type Speaking } from '../../../shared/script/prompt.ts'
import { tongues, type Script } from '../../../shared/script/script.ts'
import { speakIn, useActivity, type Activity } from '../stores/activity-store.ts'
import { invoke } from '../../ui/bridge.ts'
import { tell, useCall } from '../stores/call-store.ts'
import { citedArticle } from '../stores/cited-articles.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import type { OpenDraft } from '../stores/open-draft.ts'
import { scriptRulesNow } from '../stores/tables-store.ts'

const deskLanguage = () => (i18next.language === 'en' ? 'en' : 'zh')

type Desk = {
  readonly snapshot: PhoneSnapshot | null
  readonly activity: Activity
  readonly open: OpenDraft | null
  /** The script that holds. */
  readonly script: Script
}

/** Since when it is about an emergency: what was said of a danger holds once its service is looked for. */
function emergencyOf({ emergencySince, danger }: Activity): number | null {
  const all = [emergencySince, danger?.since ?? null].filter((since) => since !== null)
  return all.length === 0 ? null : Math.min(...all)
}

function liveOf({ snapshot, activity, open }: Omit<Desk, 'script'>): LiveCall {
  const call = snapshot?.call ?? null
  const warnings = call?.care.warnings.length ?? 0
  return {
    ...activity,
    phase: call?.phase ?? null,
    status: snapshot?.operator.status ?? 'offline',
    dialled: call?.direction !== 'out' ? null : call.paysBack === null ? 'returnVisit' : 'callBack',
    talkingSince: isAnswered(call) ? call.answeredAt : null,
    contentEmpty: formOf({ open }).content.trim() === '',
    warning: warningToSay(warnings, activity.warningsSaid),
    emergencySince: emergencyOf(activity),
  }
}

function articleTitle({ articles }: Pick<OpenDraft['form'], 'articles'>): string | undefined {
  const last = articles.at(-1)
  return last && citedArticle(last.id, last.version)?.title
}

/** What is spoken from, whichever script came meanwhile (CS13). */
let held: (HeldScript & { readonly callId: string | undefined }) | null = null

function scriptOf({ snapshot, script: newest }: Desk, live: LiveCall, said: number, now: number): Script {
  const callId = snapshot?.call?.caller.callId
  const before = held?.callId === callId ? held : null
  held = { ...holdScript(before, newest, { live, said, now }), callId }
  return held.script
}

/** The prompt as it stands now; `now` in ms. */
export function promptOf(desk: Desk, language: Speaking['language'], now: number): Prompt {
  return promptFor(speakingOf(desk, language, now))
}

function speakingOf(desk: Desk, language: Speaking['language'], now: number): Speaking {
  const form = formOf(desk)
  const { said, tongue } = desk.activity
  const article = articleTitle(form)
  // The number of a case is what she waits with: who was answered, or wants no reply, is promised none (CS15).
  const caseNo = form.replyMode === 'later' ? (desk.open?.caseNo ?? '') : ''
  const live = liveOf(desk)
  return {
    script: scriptOf(desk, live, said.length, now),
    live,
    said,
    kind: form.kind,
    filling: { caller: form.callerName, caseNo, ...(article && { article }) },
    tongue: tongue ?? language,
    language,
    now,
  }
}

const deskNow = (): Desk => ({
  snapshot: useCall.getState().snapshot,
  activity: useActivity.getState(),
  open: useDraft.getState().open,
  script: scriptRulesNow().script,
})

/** The words of a warning that are to be said now; null for none. */
export const warningNow = () => liveOf(deskNow()).warning

/** Whether a sentence is the last one of the warning that is to be said (CS11). */
function endsWarning(speaking: Speaking, sentence: Said): boolean {
  const { warning } = speaking.live
  if (warning === null || sentence.when !== warningMoments[warning]) return false
  return promptFor({ ...speaking, said: [...speaking.said, sentence] }).sentence?.when !== sentence.when
}

/** The sentence was said: the next one comes. */
export function sayNext(): void {
  const desk = deskNow()
  const speaking = speakingOf(desk, deskLanguage(), Date.now())
  const { sentence } = promptFor(speaking)
  const warnings = desk.snapshot?.call?.care.warnings.length ?? 0
  const callId = desk.snapshot?.call?.caller.callId
  if (sentence === null || callId === undefined) return
  const warned = endsWarning(speaking, sentence)
  void tell(invoke('phone.said', { callId, sentence: sentence.id, script: speaking.script.version }))
  useActivity.setState(({ said }) => ({ said: [...said, sentence], ...(warned && { warningsSaid: warnings }) }))
}

/** Speaks to the citizen in the next of the tongues. */
export function changeTongue(): void {
  const at = tongues.indexOf(useActivity.getState().tongue ?? deskLanguage())
  const next = tongues[(at + 1) % tongues.length]
  if (next) speakIn(next)
}
