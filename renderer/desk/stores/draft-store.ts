import { create } from 'zustand'
import type { Caller } from '../../../shared/call/call.ts'
import { emptyForm, missingFields, type CaseForm, type FormField } from '../../../shared/case/case-form.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { Draft } from '../../../shared/ipc.ts'
import { emit, invoke } from '../../ui/bridge.ts'
import { forgetCloseHeld, isCallHere, useCall } from './call-store.ts'
import { createDraftSaver, type DraftSign } from './draft-saver.ts'
import { blankDraft, isClean, isTouched, resumedDraft, type OpenDraft } from './open-draft.ts'
import { createOwedWords } from './owed-words.ts'
import { dropPasteNote } from './paste-note.ts'
import { ownStaffNo } from './session-store.ts'
import { rulesNow } from './tables-store.ts'

type DraftStore = {
  readonly open: OpenDraft | null
  /** Unfinished cases in the store, the newest first. */
  readonly listed: readonly Draft[]
  readonly sign: DraftSign | null
  readonly saving: boolean
  readonly failure: Failure | null
  /** Whether what is missing is marked in the form: after a try to save. */
  readonly marking: boolean
}

const closed = { sign: null, saving: false, failure: null, marking: false } as const

/** The case that is being written, and the unfinished ones. */
export const useDraft = create<DraftStore>()(() => ({ open: null, listed: [], ...closed }))

const blank = emptyForm()

/** The form on the screen: the open draft's, or a blank one. */
export function formOf({ open }: Pick<DraftStore, 'open'>): CaseForm {
  return open?.form ?? blank
}

/** All words on their way to the store, of drafts by their case, and others' by a name of their own. */
export const owedWords = createOwedWords((stalled) => {
  emit('words.stalled', { stalled })
  if (!stalled) forgetCloseHeld()
})

export const saver = createDraftSaver({
  nameOf: ({ caseId }) => caseId,
  save: (draft) => invoke('draft.save', draft),
  show: (caseId, sign) => {
    owedWords.note(caseId, sign.state)
    if (useDraft.getState().open?.caseId === caseId) useDraft.setState({ sign })
  },
  after: (ms, act) => {
    const timer = window.setTimeout(act, ms)
    return () => window.clearTimeout(timer)
  },
})

function keep({ caseId, callId, form, startedAt, author }: OpenDraft): void {
  saver.change({ caseId, callId, form, startedAt, author })
}

/** Sends what waits, and resolves when the store has committed or refused it. */
export function draftsSettled(): Promise<void> {
  saver.flush()
  return owedWords.settled()
}

/** Asks the store for the unfinished cases; false when it cannot say. */
export async function refreshDrafts(): Promise<boolean> {
  const answer = await invoke('draft.list', null)
  if (answer.ok) useDraft.setState({ listed: answer.value.toSorted((a, b) => b.updatedAt - a.updatedAt) })
  return answer.ok
}

/** A new draft of the operator who sits here, for a call or for none. */
export function newDraft(caller: Caller | null): OpenDraft {
  return blankDraft(ownStaffNo(), caller)
}

/** Puts a draft on the screen; the one before it stays in the list if it holds anything unsaved. */
export function openDraft(open: OpenDraft | null): void {
  const before = useDraft.getState().open
  useDraft.setState({ open, ...closed })
  saver.flush()
  // A citizen who only waits comes back to the case that stands; while a call is on the screen, all its cases are.
  if (before && before.caseId !== open?.caseId && isClean(before) && !isCallHere(before.callId))
    void discardListed(before.caseId)
  else void refreshDrafts()
}

/** Lets an unfinished case of the list go, by the operator's own word. */
export async function discardListed(caseId: string): Promise<void> {
  owedWords.note(caseId, 'saving')
  await saver.forget(caseId)
  await invoke('draft.discard', { caseId })
  owedWords.drop(caseId)
  await refreshDrafts()
}

/** Takes an unfinished case from the list onto the screen again. */
export function resumeDraft(draft: Draft): void {
  const waiting = saver.pending(draft.caseId)?.form ?? null
  const caller = useCall.getState().snapshot?.call?.caller ?? null
  openDraft(resumedDraft(draft, ownStaffNo(), waiting, caller))
  useDraft.setState({ sign: { state: waiting ? 'saving' : 'saved', code: null } })
}

/** Changes the form; without an open case this starts one. */
export function edit(change: Partial<CaseForm>): void {
  const open = useDraft.getState().open ?? newDraft(null)
  const changed = { ...open, form: { ...open.form, ...change } }
  useDraft.setState({ open: changed, failure: null })
  dropPasteNote()
  keep(changed)
}

/** Stores the open draft though nothing was typed: its call still owes an outcome. */
export function keepOpen(): void {
  const { open } = useDraft.getState()
  if (open) keep(open)
}

/** Clears the list of cases that stand saved as they are: nothing of them is left to do. */
export function dropSaved(): void {
  const { listed, open } = useDraft.getState()
  for (const { caseId, callId, clean } of listed)
    if (clean && !isCallHere(callId) && caseId !== open?.caseId && saver.pending(caseId) === null)
      void discardListed(caseId)
}

/** Closes the open case and lets its draft go: it is saved as it stands, or it is empty. */
export async function discardOpen(): Promise<void> {
  const { open } = useDraft.getState()
  if (!open) return
  useDraft.setState({ open: null, ...closed })
  await discardListed(open.caseId)
}

/** Lets go of a draft that was left with nothing of the operator's in it: its call has its outcome by now. */
export async function discardLeft(caseId: string): Promise<void> {
  await draftsSettled()
  await refreshDrafts()
  const { listed, open } = useDraft.getState()
  const left = listed.find((each) => each.caseId === caseId)
  if (left && open?.caseId !== caseId && !isTouched(resumedDraft(left, ownStaffNo(), null, null)))
    await discardListed(caseId)
}

/** Saves the case. Answers the first field that is missing instead, if there is one. */
export async function saveCase(): Promise<FormField | null> {
  const { open, saving } = useDraft.getState()
  const missing = missingFields(formOf({ open }), rulesNow())[0]
  if (missing) {
    useDraft.setState({ marking: true })
    return missing.field
  }
  if (!open || saving) return null
  const { caseId, callId, form } = open
  useDraft.setState({ saving: true, failure: null })
  // The draft goes ahead, so that the store finds it when it marks it as saved.
  saver.flush()
  const answer = await invoke('case.save', { caseId, callId, form })
  const now = useDraft.getState().open
  if (now?.caseId !== caseId) {
    // The operator has gone on to another case: its screen is not ours to change, but the list is true.
    await refreshDrafts()
    if (answer.ok) dropSaved()
  } else if (!answer.ok) useDraft.setState({ saving: false, failure: answer.error })
  else {
    const saved = { ...now, caseNo: answer.value.caseNo, savedForm: form, confirmed: false }
    useDraft.setState({ open: saved, saving: false, marking: false })
  }
  return null
}

/** Clears the desk of one operator's cases, after she signed out; what still waits keeps her name. */
export function closeDrafts(): void {
  saver.flush()
  useDraft.setState({ open: null, listed: [], ...closed })
}

/** Central has taken note of a case. */
export function noteConfirmed(caseId: string): void {
  const { open } = useDraft.getState()
  if (open?.caseId === caseId) useDraft.setState({ open: { ...open, confirmed: true } })
}
