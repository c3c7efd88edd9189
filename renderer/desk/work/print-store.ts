/** The page of a case on paper, or as a PDF: central is told before anything leaves the desk. */
import { create } from 'zustand'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { CommandOutput } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'
import { usePage } from './page-store.ts'

type PrintStore = {
  readonly busy: boolean
  /** When what is on the paper was asked for, in ms. */
  readonly at: number | null
  readonly outcome: CommandOutput<'desk.print'> | null
  readonly failure: ErrorCode | null
}

export const usePrint = create<PrintStore>()(() => ({ busy: false, at: null, outcome: null, failure: null }))

/** Prints the case whose page is open; not without central, for who took it away is recorded there. */
export async function printPage(as: 'paper' | 'file'): Promise<void> {
  const { page, from } = usePage.getState()
  if (page === null || usePrint.getState().busy) return
  const { caseId, caseNo } = page.record
  usePrint.setState({ busy: true, outcome: null, failure: null, at: Date.now() })
  const told = from === 'desk' ? null : await invoke('case.printed', { caseId })
  if (told === null || !told.ok)
    return usePrint.setState({ busy: false, failure: told?.error.code ?? 'centralUnreachable' })
  const printed = await invoke('desk.print', { as, name: caseNo })
  usePrint.setState({
    busy: false,
    ...(printed.ok ? { outcome: printed.value } : { failure: printed.error.code }),
  })
}

export const clearPrint = (): void => usePrint.setState({ busy: false, at: null, outcome: null, failure: null })
