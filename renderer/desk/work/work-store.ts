/** Which view of the work on cases stands over the form; what was typed in each stays while it is away. */
import { create } from 'zustand'

export type WorkView = 'search' | 'mine' | 'page'

type WorkStore = {
  readonly shown: WorkView | null
  /** The case of the page, and the list from which it was opened; null where it was opened from elsewhere. */
  readonly caseId: string | null
  readonly from: 'search' | 'mine' | null
}

const blank: WorkStore = { shown: null, caseId: null, from: null }

export const useWork = create<WorkStore>()(() => blank)

/** Shows a list, or takes it away when it is in front. */
export function toggleList(view: 'search' | 'mine'): void {
  useWork.setState(({ shown }) => ({ shown: shown === view ? null : view }))
}

/** Shows the page of a case; from a list, Esc leads back there. */
export function openPage(caseId: string): void {
  useWork.setState(({ shown, from }) => ({
    ...{ shown: 'page', caseId },
    from: shown === 'page' ? from : shown,
  }))
}

/** One step back: from a page to its list, from a list to the form. */
export function goBack(): void {
  useWork.setState(({ shown, from }) => ({ shown: shown === 'page' ? from : null }))
}

/** The form is in front again; nothing of the views is lost. */
export const leaveWork = (): void => useWork.setState({ shown: null })

/** Somebody else sits here. */
export const clearWork = (): void => useWork.setState(blank)
