/** What the keys and buttons do, where more than one store takes part. */
import type { ListedCall } from '../../shared/call/call-book.ts'
import type { NoMatter } from '../../shared/call/call-fact.ts'
import type { AwayReason } from '../../shared/call/operator-status.ts'
import type { Refused } from '../../shared/ipc.ts'
import { invoke } from '../ui/bridge.ts'
import { takeWording } from './case-form/take-wording.ts'
import { openListed, startCase } from './case-acts.ts'
import { focusField, focusParticulars, focusSearch, soon } from './focus.ts'
import type { KeyId } from './keys/key-map.ts'
import { toggleWrong } from './knowledge/wrong-store.ts'
import { changeTongue, sayNext } from './script/speaking.ts'
import { noteAct } from './stores/activity-store.ts'
import { settleChange, toggleChange } from './stores/article-news-store.ts'
import { togglePause, warn, withdrawWarning } from './stores/care-store.ts'
import * as phone from './stores/call-store.ts'
import {
  discardLeft,
  discardOpen,
  draftsSettled,
  keepOpen,
  openDraft,
  refreshDrafts,
  resumeDraft,
  saveCase,
  useDraft,
} from './stores/draft-store.ts'
import { hasOutcome } from './stores/call-cases.ts'
import { callBackNext, noteCalls } from './stores/calls-store.ts'
import { closeKeypad, toggleKeypad } from './stores/keypad-store.ts'
import { actOnLines } from './stores/line-store.ts'
import { openEmergency, redial, toggleDial } from './stores/dial-store.ts'
import { isClean, isTouched } from './stores/open-draft.ts'
import { settleLate, useLate, waitingOf } from './stores/late-store.ts'
import {
  closeSync,
  openAway,
  openNoMatter,
  closeCalls,
  toggleCalls,
  toggleKeys,
  toggleSound,
  toggleSync,
  usePanels,
} from './stores/panel-store.ts'
import { takeBack } from './stores/refused-store.ts'
import { toggleSimilar } from './stores/similar-store.ts'
import { takeSuggestion } from './stores/suggestion-store.ts'
import { toggleLedgerList } from './ledger/ledger-store.ts'
import { focusEarlier } from './work/earlier-choice.ts'
import { sendShownStep } from './work/step-store.ts'
import { toggleList, useWork } from './work/work-store.ts'

const stateNow = () => phone.deskState(phone.useCall.getState().snapshot)

/** Leaves the call that was just wrapped up, so that the desk is free: nothing unsaved goes away. */
export function leaveCall(): void {
  const { open } = useDraft.getState()
  const { snapshot } = phone.useCall.getState()
  if (!open || open.callId === null || open.callId !== snapshot?.call?.caller.callId) return
  if (isClean(open)) void discardOpen()
  else if (!isTouched(open)) {
    if (hasOutcome(open.callId)) void discardOpen()
    else {
      // Nothing was written and no outcome given: the call stands on the list until it has one (rule 7).
      keepOpen()
      openDraft(null)
    }
  }
}

function goReady(): void {
  if (stateNow() === 'away') return phone.comeBack()
  leaveCall()
  void phone.endWrapUp()
}

/** Goes away for a reason, also from one reason to another. */
export function goAway(reason: AwayReason): void {
  leaveCall()
  phone.goAway(reason)
}

/** Gives the call on the screen an outcome without a case; its draft goes only if it is empty. */
export async function settleCall(outcome: NoMatter): Promise<boolean> {
  const { open } = useDraft.getState()
  const callId = open?.callId ?? phone.currentCall(phone.useCall.getState().snapshot)?.caller.callId
  if (callId === undefined || !(await phone.settle(callId, outcome))) return false
  if (stateNow() === 'inCall') return true
  // Words may have been typed, or another draft opened, while the store answered.
  const now = useDraft.getState().open
  const isShown = now?.caseId === open?.caseId
  if (isShown && !isTouched(now)) await discardOpen()
  // She went on before the answer came: what was kept for want of an outcome has one.
  if (!isShown && open) await discardLeft(open.caseId)
  if (stateNow() === 'wrapUp') await phone.endWrapUp()
  return true
}

/** Whether there is a call on the screen that may still be given an outcome. */
export function canSettle(): boolean {
  const { open } = useDraft.getState()
  return open !== null && open.callId !== null && open.caseNo === null && !hasOutcome(open.callId)
}

/** Saves; with something missing the cursor goes there. */
export async function save(): Promise<void> {
  const missing = await saveCase()
  if (missing) soon(() => focusField(missing))
  else if (isClean(useDraft.getState().open)) noteAct('saved')
}

/** Whether a case of the list may be opened now: a call, till it is wrapped up, keeps the screen for its own. */
function canOpen(): boolean {
  return ['idle', 'away', 'offline'].includes(stateNow())
}

/**
 * Takes back what central refused: onto the screen where that is free, else into the list of drafts. The store
 * lays it beside what is written, never over it.
 */
export async function takeBackRefused({ id }: Refused): Promise<void> {
  // What is being written is in the store first: there the words come together.
  await draftsSettled()
  const caseId = await takeBack(id)
  if (caseId === null) return
  await refreshDrafts()
  const { open, listed } = useDraft.getState()
  const draft = listed.find((each) => each.caseId === caseId)
  if (!draft) return
  // The saved case of the call on the screen comes back as this: it takes the place of what passes for saved.
  const sameCall = draft.callId !== null && draft.callId === open?.callId && isClean(open)
  if (!canOpen() && !sameCall && open?.caseId !== caseId) return
  resumeDraft(draft)
  closeSync()
  soon(() => focusField('content'))
}

/** Opens the case of a call of the shift, as it stands, or as she left it half written. */
export async function openCaseOf({ caseId }: ListedCall): Promise<void> {
  if (caseId === null) return noteCalls('noCase')
  if (!canOpen()) return noteCalls('notOpen')
  if (useDraft.getState().open?.caseId !== caseId) {
    if (!(await phone.tell(invoke('draft.reopen', { caseId })))) return
    await refreshDrafts()
    const draft = useDraft.getState().listed.find((each) => each.caseId === caseId)
    if (draft === undefined || !canOpen()) return
    resumeDraft(draft)
  }
  closeCalls()
  soon(() => focusField('content'))
}

/** Settles the late edit that the keys are about: that of the list while the focus is there, else that at the form. */
function settleShown(take: boolean): void {
  const { pointed, ...late } = useLate.getState()
  const { open } = useDraft.getState()
  const inList = usePanels.getState().sync === 'entered'
  // What was asked for is in front of the strip: the lines of an article that changed, while they are shown.
  if (!inList && settleChange(take)) return
  const id = inList ? pointed : open && waitingOf(late, open.caseId)[0]?.id
  if (id) void settleLate(id, take)
}

/** Does what a key stands for; `index` tells which of its keys was pressed. */
export function perform(id: KeyId, index = 0): void {
  switch (id) {
    case 'answer':
    case 'reject':
    case 'hold':
    case 'swap':
    case 'join':
    case 'complete':
    case 'drop':
    case 'hangUp':
      return actOnLines(id)
    case 'mute':
      return phone.toggleMute()
    case 'dial':
      closeKeypad()
      return toggleDial()
    case 'keypad':
      return toggleKeypad()
    case 'warn':
      return warn()
    case 'withdrawWarning':
      return withdrawWarning()
    case 'pauseRecording':
      return togglePause()
    case 'emergency':
      closeKeypad()
      return openEmergency()
    case 'redial':
      return redial()
    case 'ready':
      return goReady()
    case 'away':
      return openAway()
    case 'noMatter':
      return canSettle() ? openNoMatter() : undefined
    case 'save':
      // Words of a step are in front of the form.
      return useWork.getState().shown === 'page' ? void sendShownStep() : void save()
    case 'newCase':
      return startCase()
    case 'openDraft':
      return openListed(index)
    case 'content':
      return focusField('content')
    case 'particulars':
      return focusParticulars()
    case 'takeClass':
      return takeSuggestion()
    case 'takeWording':
      return takeWording()
    case 'similar':
      return void toggleSimilar()
    case 'search':
      return focusSearch()
    case 'said':
      return sayNext()
    case 'tongue':
      return changeTongue()
    case 'keepStanding':
      return settleShown(false)
    case 'takeLate':
      return settleShown(true)
    case 'wrongAnswer':
      return toggleWrong()
    case 'seeChange':
      return toggleChange()
    case 'help':
      return toggleKeys()
    case 'sync':
      return toggleSync()
    case 'sound':
      return toggleSound()
    case 'calls':
      return toggleCalls()
    case 'findCases':
      return toggleList('search')
    case 'myWork':
      return toggleList('mine')
    case 'ledger':
      return toggleLedgerList()
    case 'earlier':
      return focusEarlier()
    case 'callBack':
      return void callBackNext()
    // The parts that have the focus do these themselves.
    case 'joinCall':
    case 'joinCase':
    case 'dialNow':
    case 'consult':
    case 'handOver':
    case 'kind':
    case 'chooseHit':
    case 'insert':
    case 'chooseRow':
    case 'insertRow':
    case 'leaveSearch':
    case 'chooseCall':
    case 'callEntry':
    case 'openCase':
    case 'star':
    case 'chooseCase':
    case 'pageCases':
    case 'openPage':
    case 'saveSearch':
    case 'takeSearch':
    case 'widenSearch':
    case 'saveTable':
    case 'saveCsv':
    case 'takeStep':
    case 'printCase':
    case 'savePdf':
    case 'pageOfCall':
      return undefined
  }
}
