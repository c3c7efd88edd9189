import { z } from 'zod'
import { caseKinds } from './case-kind.ts'
import { caseStates } from './case-step.ts'

/**
 * What a search is narrowed by, as the operator chose it: days of China as 2026-11-23, so that it means the same
 * tomorrow; `mine` is whoever asks.
 */
export const caseFilterSchema = z.object({
  words: z.string().max(100),
  state: z.enum(caseStates).nullable(),
  kind: z.enum(caseKinds).nullable(),
  unit: z.string().max(40).nullable(),
  due: z.enum(['amber', 'red']).nullable(),
  mine: z.boolean(),
  fromDay: z.iso.date().nullable(),
  toDay: z.iso.date().nullable(),
})
export type CaseFilter = z.infer<typeof caseFilterSchema>

export const noFilter: CaseFilter = {
  words: '',
  state: null,
  kind: null,
  unit: null,
  due: null,
  mine: false,
  fromDay: null,
  toDay: null,
}

export const savedFilterSchema = z.object({ name: z.string().trim().min(1).max(20), filter: caseFilterSchema })
export type SavedFilter = z.infer<typeof savedFilterSchema>
