import { uuidv7 } from 'uuidv7'
import { create } from 'zustand'
import { emptyForm, missingFields, type CaseForm, type FormField } from '../../../shared/case/case-form.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { Draft } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'
import { createDraftSaver, type DraftSign } from './draft-saver.ts'
import { isSavedAs, markSaved } from './saved-mark.ts'

export type OpenDraft = {
  readonly caseId: string
  readonly callId: string | null
  readonly form: CaseForm
  /** What stood in the form before the operator touched it. */
  readonly initial: CaseForm
  readonly startedAt: number
  readonly caseNo: string | null
  /** The form as it was last saved as a case; null while it is only a draft, or that is not known. */
  readonly savedForm: CaseForm | null
  readonly confirmed: boolean
}

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

/** Whether the open draft holds anything that the operator did. */
export function isTouched(open: OpenDraft | null): boolean {
  return open !== null && open.form !== open.initial && JSON.stringify(open.form) !== JSON.stringify(open.initial)
}

/** Whether the open case stands saved as it is on the screen. */
export function isClean(open: OpenDraft | null): boolean {
  return open !== null && open.savedForm === open.form
}

export const saver = createDraftSaver({
  save: (draft) => invoke('draft.save', draft),
  show: (caseId, sign) => {
    if (useDraft.getState().open?.caseId === caseId) useDraft.setState({ sign })
  },
  after: (ms, act) => {
    const timer = window.setTimeout(act, ms)
    return () => window.clearTimeout(timer)
  },
})

function keep({ caseId, callId, form, startedAt }: OpenDraft): void {
  saver.change({ caseId, callId, form, startedAt })
}

/** Asks the store for the unfinished cases; false when it cannot say. */
export async function refreshDrafts(): Promise<boolean> {
  const answer = await invoke('draft.list', null)
  if (answer.ok) useDraft.setState({ listed: answer.value.toSorted((a, b) => b.updatedAt - a.updatedAt) })
  return answer.ok
}

/** A draft nobody has typed into yet; it reaches the store with its first change. */
export function blankDraft(callId: string | null, callerPhone = '', callerName = ''): OpenDraft {
  const form: CaseForm = { ...emptyForm(callerPhone), callerName }
  return {
    caseId: uuidv7(),
    callId,
    form,
    initial: form,
    startedAt: Date.now(),
    caseNo: null,
    savedForm: null,
    confirmed: false,
  }
}

/** Puts a draft on the screen; the one before it stays in the list if it holds anything unsaved. */
export function openDraft(open: OpenDraft | null): void {
  const before = useDraft.getState().open
  useDraft.setState({ open, ...closed })
  saver.flush()
  if (before && isClean(before)) void discardListed(before.caseId)
  else void refreshDrafts()
}

/** Lets an unfinished case of the list go, by the operator's own word. */
export async function discardListed(caseId: string): Promise<void> {
  await saver.forget(caseId)
  await invoke('draft.discard', { caseId })
  await refreshDrafts()
}

/** Takes an unfinished case from the list onto the screen again. */
export function resumeDraft(draft: Draft): void {
  const { caseId, callId, startedAt, caseNo } = draft
  const waiting = saver.pending(caseId)
  const form = waiting?.form ?? draft.form
  // Who called was filled in by the call, so it alone is no work of the operator's.
  const initial = { ...emptyForm(form.callerPhone), callerName: form.callerName }
  const savedForm = caseNo !== null && isSavedAs(caseId, form) ? form : null
  openDraft({ caseId, callId, form, initial, startedAt, caseNo, savedForm, confirmed: false })
  if (!waiting) useDraft.setState({ sign: { state: 'saved', code: null } })
}

/** Changes the form; without an open case this starts one. */
export function edit(change: Partial<CaseForm>): void {
  const open = useDraft.getState().open ?? blankDraft(null)
  const changed = { ...open, form: { ...open.form, ...change } }
  useDraft.setState({ open: changed, failure: null })
  keep(changed)
}

/** Stores the open draft though nothing was typed: its call still owes an outcome. */
export function keepOpen(): void {
  const { open } = useDraft.getState()
  if (open) keep(open)
}

/** Clears the list of cases that were saved as they stand when the desk went down, but not of the call that is up. */
export function dropSaved(exceptCallId: string | null): void {
  for (const { caseId, callId, caseNo, form } of useDraft.getState().listed) {
    const kept = callId !== null && callId === exceptCallId
    if (caseNo !== null && !kept && isSavedAs(caseId, form)) void discardListed(caseId)
  }
}

/** Closes the open case and lets its draft go: it is saved as it stands, or it is empty. */
export async function discardOpen(): Promise<void> {
  const { open } = useDraft.getState()
  if (!open) return
  useDraft.setState({ open: null, ...closed })
  await discardListed(open.caseId)
}

/** Saves the case. Answers the first field that is missing instead, if there is one. */
export async function saveCase(): Promise<FormField | null> {
  const { open, saving } = useDraft.getState()
  const missing = missingFields(formOf({ open }))[0]
  if (missing) {
    useDraft.setState({ marking: true })
    return missing.field
  }
  if (!open || saving) return null
  const { caseId, callId, form } = open
  useDraft.setState({ saving: true, failure: null })
  const answer = await invoke('case.save', { caseId, callId, form })
  if (answer.ok) markSaved(caseId, form)
  const now = useDraft.getState().open
  // The operator may have gone on to another case meanwhile: its screen is not ours to change.
  if (now?.caseId !== caseId) {
    useDraft.setState({ saving: false })
    return null
  }
  if (!answer.ok) useDraft.setState({ saving: false, failure: answer.error })
  else {
    const saved = { ...now, caseNo: answer.value.caseNo, savedForm: form, confirmed: false }
    useDraft.setState({ open: saved, saving: false, marking: false })
  }
  return null
}

/** Central has taken note of a case. */
export function noteConfirmed(caseId: string): void {
  const { open } = useDraft.getState()
  if (open?.caseId === caseId) useDraft.setState({ open: { ...open, confirmed: true } })
}
