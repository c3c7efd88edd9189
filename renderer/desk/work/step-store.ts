/** The step that is being written on the page of a case: its words are kept by the store until central has answered. */
import { create } from 'zustand'
import type { CaseState, CaseStep, StepType } from '../../../shared/case/case-step.ts'
import { emptyWords, readStep, type StepField, type StepWords } from '../../../shared/case/step-words.ts'
import type { Failure } from '../../../shared/errors.ts'
import { invoke } from '../../ui/bridge.ts'
import { soon } from '../focus.ts'
import { createDraftSaver, type DraftSign } from '../stores/draft-saver.ts'
import { owedWords } from '../stores/draft-store.ts'
import { ownStaffNo } from '../stores/session-store.ts'
import { refreshCounts } from './counts-store.ts'
import { mineList } from './mine-store.ts'
import { loadPage } from './page-store.ts'
import { searchList } from './search-store.ts'

type StepStore = {
  readonly caseId: string | null
  readonly words: StepWords | null
  /** It went to central and nothing is known of it: it may only be sent again, or let go. */
  readonly sent: boolean
  readonly sign: DraftSign | null
  readonly sending: boolean
  /** Where the cursor was led, because something is missing there. */
  readonly missing: StepField | null
  readonly failure: Failure | null
  /** What was taken last, and how the case then stood. */
  readonly taken: { readonly type: StepType; readonly state: CaseState } | null
}

const blank: StepStore = {
  ...{ caseId: null, words: null, sent: false, sign: null, sending: false, missing: null, failure: null, taken: null },
}

export const useStep = create<StepStore>()(() => blank)

type Kept = { readonly caseId: string; readonly words: StepWords; readonly author: string }

const owedName = (caseId: string) => `step ${caseId}`

/** The words are no more to be kept: they were let go, or go to central now. */
async function forgetWords(caseId: string): Promise<void> {
  await stepSaver.forget(caseId)
  owedWords.drop(owedName(caseId))
}

export const stepSaver = createDraftSaver<Kept>({
  nameOf: ({ caseId }) => caseId,
  save: (kept) => invoke('case.keepWords', kept),
  show: (caseId, sign) => {
    owedWords.note(owedName(caseId), sign.state)
    if (useStep.getState().caseId === caseId) useStep.setState({ sign })
  },
  after: (ms, act) => {
    const timer = window.setTimeout(act, ms)
    return () => window.clearTimeout(timer)
  },
})

/** The element in which a field of the step is filled in. */
export const stepFieldId = (field: StepField): string => `step-${field}`

export function focusStep(field: StepField | undefined): void {
  soon(() => {
    const box = document.getElementById(field === undefined ? 'step-submit' : stepFieldId(field))
    const target =
      box?.getAttribute('role') === 'radiogroup'
        ? (box.querySelector<HTMLElement>(':checked') ?? box.querySelector('input'))
        : box
    target?.focus()
  })
}

/** The page of a case is opened: what she had begun to write there stands again. */
export async function restoreStep(caseId: string): Promise<void> {
  const own = stepSaver.pending(caseId)
  // What the one before at this desk left on its way is hers.
  const pending = own?.author === ownStaffNo() ? own : null
  useStep.setState({ ...blank, caseId, words: pending?.words ?? null })
  if (pending !== null) return
  const kept = await invoke('case.words', { caseId })
  const now = useStep.getState()
  if (!kept.ok || kept.value === null || now.caseId !== caseId || now.words !== null) return
  useStep.setState({ ...kept.value, sign: { state: 'saved', code: null } })
}

function change(words: StepWords): void {
  const { caseId } = useStep.getState()
  if (caseId === null) return
  useStep.setState({ words, missing: null, failure: null, taken: null })
  stepSaver.change({ caseId, words, author: ownStaffNo() })
}

/** Begins a step, or turns what is written into another one: the texts stay. `more` is what is suggested for it. */
export function beginStep(type: StepType, more: Partial<StepWords> = {}): void {
  const { words, sent, sending } = useStep.getState()
  if (sent || sending) return
  const begun = words === null ? { ...emptyWords(type), ...more } : { ...words, type }
  // What stands is hers; what is suggested fills only what is empty.
  const { unit = null, days = '', caller = null, title = '', say = '' } = more
  change({
    ...begun,
    ...{ unit: begun.unit ?? unit, days: begun.days || days, caller: begun.caller ?? caller },
    ...{ title: begun.title || title, say: begun.say || say },
  })
}

export function editStep(parts: Partial<StepWords>): void {
  const { words, sent, sending } = useStep.getState()
  if (words !== null && !sent && !sending) change({ ...words, ...parts })
}

/** Lets the words go, by the operator's own word. */
export async function dropStep(): Promise<void> {
  const { caseId } = useStep.getState()
  if (caseId === null) return
  useStep.setState({ ...blank, caseId })
  await forgetWords(caseId)
  await invoke('case.dropWords', { caseId })
}

/** Everything that shows how cases stand is asked anew. */
function followStep(caseId: string): void {
  void loadPage(caseId)
  searchList.again()
  mineList.again()
  void refreshCounts()
}

/** Words under whose name something is under way at central are none to be kept. */
const settledOtherwise = ({ code }: Failure) => code === 'illegalTransition'

async function send(caseId: string, words: StepWords, step: CaseStep, sent: boolean): Promise<void> {
  await forgetWords(caseId)
  // What goes is on the disk first, and nothing that was typed before it comes after it.
  const kept = sent ? null : await invoke('case.keepWords', { caseId, words, author: ownStaffNo() })
  // The store refuses them: they are owed to it still, and closing the window says so.
  if (kept?.ok === false && !settledOtherwise(kept.error)) stepSaver.change({ caseId, words, author: ownStaffNo() })
  const answer = kept?.ok === false ? kept : await invoke('case.step', { caseId, step })
  const shown = useStep.getState().caseId === caseId
  if (answer.ok) {
    if (shown) useStep.setState({ ...blank, caseId, taken: { type: step.type, state: answer.value.state } })
    return followStep(caseId)
  }
  const { code, detail } = answer.error
  if (shown) {
    const now = await invoke('case.words', { caseId })
    if (useStep.getState().caseId !== caseId) return
    useStep.setState({
      ...{ sending: false, failure: answer.error },
      sent: now.ok ? (now.value?.sent ?? false) : detail !== 'notSent',
    })
  }
  // Somebody else was first: what stands now is shown.
  if (code === 'illegalTransition' || code === 'notFound') followStep(caseId)
}

/** Sends the step that is written to central; with something missing the cursor goes there. */
export async function sendShownStep(): Promise<void> {
  const { caseId, words, sending, sent } = useStep.getState()
  if (caseId === null || words === null || sending) return
  const read = readStep(words)
  if ('missing' in read) {
    useStep.setState({ missing: read.missing })
    return focusStep(read.missing)
  }
  useStep.setState({ sending: true, failure: null, missing: null })
  await send(caseId, words, read.step, sent)
}

export const clearStep = (): void => useStep.setState(blank)
