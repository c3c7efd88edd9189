/** What the keys and buttons do, where more than one store takes part. */
import type { NoMatter } from '../../shared/call/call-fact.ts'
import { focusField, focusSearch, soon } from './focus.ts'
import type { KeyId } from './keys/key-map.ts'
import { noteAct, sayNext } from './stores/activity-store.ts'
import * as phone from './stores/call-store.ts'
import {
  blankDraft,
  discardOpen,
  isClean,
  isTouched,
  keepOpen,
  openDraft,
  resumeDraft,
  saveCase,
  useDraft,
} from './stores/draft-store.ts'
import { openNoMatter, toggleKeys } from './stores/panel-store.ts'

/** Leaves the call that was just wrapped up, so that the desk is free: nothing unsaved goes away. */
function leaveCall(): void {
  const { open } = useDraft.getState()
  const { snapshot, settled } = phone.useCall.getState()
  if (!open || open.callId === null || open.callId !== snapshot?.call?.caller.callId) return
  if (isClean(open)) void discardOpen()
  else if (!isTouched(open)) {
    if (settled?.callId === open.callId) void discardOpen()
    else {
      // Nothing was written and no outcome given: the call stands on the list until it has one (rule 7).
      keepOpen()
      openDraft(null)
    }
  }
}

function goReady(): void {
  if (phone.deskState(phone.useCall.getState().snapshot) === 'away') return phone.comeBack()
  leaveCall()
  void phone.endWrapUp()
}

function goAway(): void {
  leaveCall()
  phone.goAway()
}

/** Gives the call on the screen an outcome without a case; its draft goes only if it is empty. */
export async function settleCall(outcome: NoMatter): Promise<boolean> {
  const { open } = useDraft.getState()
  const callId = open?.callId ?? phone.currentCall(phone.useCall.getState().snapshot)?.caller.callId
  if (callId === undefined || !(await phone.settle(callId, outcome))) return false
  if (phone.deskState(phone.useCall.getState().snapshot) === 'inCall') return true
  // Words may have been typed, or another draft opened, while the store answered.
  const now = useDraft.getState().open
  if (now?.caseId === open?.caseId && !isTouched(now)) await discardOpen()
  if (phone.deskState(phone.useCall.getState().snapshot) === 'wrapUp') await phone.endWrapUp()
  return true
}

/** Whether there is a call on the screen that may still be given an outcome. */
export function canSettle(): boolean {
  const { open } = useDraft.getState()
  return open !== null && open.callId !== null && open.caseNo === null
}

/** Saves; with something missing the cursor goes there. */
export async function save(): Promise<void> {
  const missing = await saveCase()
  if (missing) soon(() => focusField(missing))
  else if (isClean(useDraft.getState().open)) noteAct('saved')
}

/** Starts a case without a call. */
export function startCase(): void {
  openDraft(blankDraft(null))
  soon(() => focusField('kind'))
}

/** Opens an unfinished case of the list, counted from 0. */
export function openListed(index: number): void {
  const { listed, open } = useDraft.getState()
  const draft = listed.filter(({ caseId }) => caseId !== open?.caseId)[index]
  if (!draft) return
  resumeDraft(draft)
  soon(() => focusField('content'))
}

/** Does what a key stands for; `index` tells which of its keys was pressed. */
export function perform(id: KeyId, index = 0): void {
  switch (id) {
    case 'answer':
      return phone.answer()
    case 'reject':
      return phone.reject()
    case 'mute':
      return phone.toggleMute()
    case 'hangUp':
      return phone.hangUp()
    case 'ready':
      return goReady()
    case 'away':
      return goAway()
    case 'noMatter':
      return canSettle() ? openNoMatter() : undefined
    case 'save':
      return void save()
    case 'newCase':
      return startCase()
    case 'openDraft':
      return openListed(index)
    case 'content':
      return focusField('content')
    case 'search':
      return focusSearch()
    case 'said':
      return sayNext()
    case 'help':
      return toggleKeys()
    // The parts that have the focus do these themselves.
    case 'kind':
    case 'chooseHit':
    case 'insert':
    case 'leaveSearch':
      return undefined
  }
}
