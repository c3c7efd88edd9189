import { create } from 'zustand'
import type { GroupName } from '../../../shared/case/case-record.ts'

/** Something that happened to the open case without the operator's typing: one line at the group it was about. */
export type FormNote = {
  readonly caseId: string
  readonly groups: readonly GroupName[]
} & (
  | { readonly kind: 'kept' | 'taken' | 'settled' }
  /** A colleague's change, shown; or left aside, because unsaved words stand there. */
  | { readonly kind: 'followed' | 'left'; readonly by: string; readonly at: number }
)

/** The last such thing, until the operator goes on writing. */
export const useFormNote = create<{ readonly note: FormNote | null }>()(() => ({ note: null }))

export const sayAtForm = (note: FormNote): void => useFormNote.setState({ note })

/** The operator goes on: what was done is no news any more; what was left aside still is. */
export function passNote(): void {
  const { note } = useFormNote.getState()
  if (note !== null && note.kind !== 'left') useFormNote.setState({ note: null })
}

export const dropNote = (): void => useFormNote.setState({ note: null })
