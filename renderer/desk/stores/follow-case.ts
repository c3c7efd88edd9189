/**
 * Keeps the form of a saved case at what stands, where the operator has not written: a colleague's change comes by
 * sync, and is shown group by group under an unmoved caret. Only what was shown counts as seen by her.
 */
import { partsOfForm, sameParts } from '../../../shared/case/form-parts.ts'
import type { StandingNow } from '../../../shared/case/late-edit.ts'
import { emptyForm, type CaseForm } from '../../../shared/case/case-form.ts'
import { invoke } from '../../ui/bridge.ts'
import { keepCaret } from '../focus.ts'
import { keepOpen, saver, useDraft } from './draft-store.ts'
import { dropNote, sayAtForm, useFormNote } from './form-note.ts'
import { isClean } from './open-draft.ts'

let running = false
let again = false
let composing = false
let following = false

/** While the input method composes nothing is changed in a field: its words would be torn. */
export function noteComposing(now: boolean): void {
  composing = now
  if (!now) void followOpen()
}

/** Whether the form changes now without the operator's typing. */
export const isFollowing = (): boolean => following

type Sorted = { readonly shown: readonly StandingNow[]; readonly left: readonly StandingNow[] }

/** What of a case as it stands is news to a form: to be shown, or to be left aside for unsaved words. */
export function sortNews(form: CaseForm, groups: readonly StandingNow[]): Sorted {
  const news = groups.filter(({ seen, parts }) => seen !== null && !sameParts(seen, parts))
  const written = ({ group, seen, parts }: StandingNow) => {
    const here = partsOfForm(form, group)
    return seen !== null && !sameParts(here, seen) && !sameParts(here, parts)
  }
  return { shown: news.filter((one) => !written(one)), left: news.filter(written) }
}

function newest(groups: readonly StandingNow[]): StandingNow | undefined {
  return groups.toSorted((a, b) => b.at - a.at)[0]
}

function sayWhat(caseId: string, author: string, { shown, left }: Sorted, form: CaseForm): void {
  const say = (kind: 'followed' | 'left', groups: readonly StandingNow[]) => {
    const last = newest(groups)
    if (last) sayAtForm({ kind, caseId, groups: groups.map(({ group }) => group), by: last.by, at: last.at })
  }
  const { note } = useFormNote.getState()
  if (note?.kind === 'left' && left.length === 0) dropNote()
  // What she did herself, by a choice or at another time, is no news to her.
  const changed = shown.filter(({ group, parts, by }) => by !== author && !sameParts(partsOfForm(form, group), parts))
  if (left.length > 0) say('left', left)
  else if (note === null || note.caseId !== caseId || note.kind === 'followed') say('followed', changed)
}

async function followOnce(): Promise<void> {
  const before = useDraft.getState()
  const caseId = before.open?.caseId
  if (caseId === undefined || before.open?.caseNo === null || before.saving || composing) return
  const answer = await invoke('case.standing', { caseId })
  const { open, saving } = useDraft.getState()
  if (!answer.ok || answer.value === null || open?.caseId !== caseId || saving || composing) return
  const sorted = sortNews(open.form, answer.value)
  sayWhat(caseId, open.author, sorted, open.form)
  await show(caseId, sorted.shown)
}

/** Shows groups as they stand in the form of the case on the screen, under an unmoved caret, and has them count as seen. */
async function show(caseId: string, shown: readonly StandingNow[]): Promise<void> {
  const { open } = useDraft.getState()
  if (shown.length === 0 || open?.caseId !== caseId) return
  const parts = shown.map((one) => one.parts)
  const form: CaseForm = Object.assign({}, open.form, ...parts)
  following = true
  keepCaret(() => useDraft.setState({ open: { ...open, form, savedForm: isClean(open) ? form : open.savedForm } }))
  following = false
  // Words on their way to the store say what is shown from now on.
  if (saver.pending(caseId) !== null) keepOpen()
  const seen = shown.map(({ group, parts: words, base }) => ({ group, parts: words, base }))
  await invoke('draft.follow', { caseId, seen })
}

/** A choice was made: the form goes along, where its group has no unsaved words. */
export const followChoice = (caseId: string, stands: StandingNow): Promise<void> =>
  show(caseId, sortNews(useDraft.getState().open?.form ?? emptyForm(), [stands]).shown)

/** Looks how the case on the screen stands, and shows what is news; one look at a time, the last one is after the call. */
export async function followOpen(): Promise<void> {
  again = true
  if (running) return
  running = true
  try {
    while (again) {
      again = false
      await followOnce()
    }
  } finally {
    running = false
  }
}
