/** The case whose page is open, as it stands. */
import { create } from 'zustand'
import type { CasePage } from '../../../shared/case/case-page.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { AnsweredBy } from '../../../shared/ipc/case-work.ts'
import { invoke } from '../../ui/bridge.ts'
import { useWork } from './work-store.ts'

type PageStore = {
  readonly caseId: string | null
  readonly page: CasePage | null
  readonly from: AnsweredBy
  readonly loading: boolean
  readonly failure: Failure | null
}

const blank: PageStore = { caseId: null, page: null, from: 'central', loading: false, failure: null }

export const usePage = create<PageStore>()(() => blank)

let turn = 0

/** Reads the case anew; what is shown of it stays until it is there. */
export async function loadPage(caseId: string): Promise<void> {
  const mine = (turn += 1)
  if (usePage.getState().caseId !== caseId) usePage.setState({ ...blank, caseId })
  usePage.setState({ loading: true })
  const answer = await invoke('case.page', { caseId })
  if (mine !== turn) return
  if (answer.ok) usePage.setState({ ...answer.value, loading: false, failure: null })
  else usePage.setState({ loading: false, failure: answer.error })
}

/** Something of a case came from central: the page that is open follows. */
export function notePageNews(caseId: string): void {
  if (useWork.getState().shown === 'page' && usePage.getState().caseId === caseId) void loadPage(caseId)
}

export function clearPage(): void {
  turn += 1
  usePage.setState(blank)
}
