/** The case that is open: as it stands at central, with its files. */
import { create } from 'zustand'
import { z } from 'zod'
import type { CallerIdentity, CaseEvent, CaseRecord } from '../../../shared/case/case-record.ts'
import type { Deadline, DeadlinePhase } from '../../../shared/case/deadline.ts'
import { fieldSchema, type FormField } from '../../../shared/case/form.ts'
import type { CaseStep } from '../../../shared/case/case-step.ts'
import type { Failure, Result } from '../../../shared/errors.ts'
import { attachmentSchema, type Attachment } from '../../../shared/unit/attachment.ts'
import { ask } from '../../page/api.ts'
import { onSessionChange } from '../session/session-store.ts'

export type Stepped = Extract<CaseEvent, { type: 'caseStepped' }>
export type OpenCase = {
  readonly record: CaseRecord
  readonly steps: readonly Stepped[]
  readonly caller: CallerIdentity | null
  /** Who reports something is not for a unit to know. */
  readonly reporterHidden: boolean
  /** Those that it has particulars of. */
  readonly fields: readonly FormField[]
  readonly deadlines: { readonly [P in DeadlinePhase]: Deadline | null }
}

type State = {
  readonly caseId: string | null
  readonly found: OpenCase | null
  readonly files: readonly Attachment[]
  readonly loading: boolean
  readonly failure: Failure | null
}
const nothing: State = { caseId: null, found: null, files: [], loading: false, failure: null }
export const useCase = create<State>(() => nothing)

/** Central and page are of one build: the record is what shared says. */
const object = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null)
const caseSchema = z.object({
  record: object<CaseRecord>(),
  steps: z.array(object<Stepped>()),
  caller: object<CallerIdentity>().nullable(),
  reporterHidden: z.boolean(),
  fields: z.array(fieldSchema).default([]),
  deadlines: object<OpenCase['deadlines']>(),
})
const filesSchema = z.object({ attachments: z.array(attachmentSchema) })

/** Reads the open case anew; what is shown stays until it is there. */
export async function refreshCase(): Promise<void> {
  const { caseId } = useCase.getState()
  if (caseId === null) return
  useCase.setState({ loading: true })
  const [found, files] = await Promise.all([ask(caseSchema, `/cases/${caseId}`), readFiles(caseId)])
  if (useCase.getState().caseId !== caseId) return
  if (found.ok) useCase.setState({ found: found.value, failure: null })
  else useCase.setState({ failure: found.error, ...(found.error.code === 'notFound' ? { found: null } : {}) })
  useCase.setState({ loading: false, ...(files.ok ? { files: files.value.attachments } : {}) })
}

const readFiles = (caseId: string) => ask(filesSchema, `/cases/${caseId}/attachments`)

/** Its files alone, after one was added or taken back. */
export async function refreshFiles(caseId: string): Promise<void> {
  const files = await readFiles(caseId)
  if (files.ok && useCase.getState().caseId === caseId) useCase.setState({ files: files.value.attachments })
}

/** Opens a case, or none. */
export function showCase(caseId: string | null): void {
  if (useCase.getState().caseId === caseId) return
  useCase.setState({ ...nothing, caseId })
  void refreshCase()
}

const takenSchema = z.object({ state: z.string(), revision: z.number() })

/** Takes a step; `id` stands for it: sent again after a lost answer, it is taken once. */
export async function takeStep(caseId: string, id: string, step: CaseStep): Promise<Result<unknown>> {
  return ask(takenSchema, `/cases/${caseId}/steps`, { method: 'POST', json: { id, step } })
}

onSessionChange((change) => (change === 'again' ? void refreshCase() : useCase.setState(nothing)))
