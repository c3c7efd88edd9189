/** Central's lists, pages and steps of cases, as whoever is signed in asks for them; `token` is hers. */
import { z } from 'zod'
import {
  caseCountsSchema,
  caseListSchema,
  type CaseCounts,
  type CaseList,
  type CaseQuery,
} from '../../../shared/case/case-line.ts'
import { casePageSchema, stepTakenSchema, type CasePage, type StepTaken } from '../../../shared/case/case-page.ts'
import type { TableKind } from '../../../shared/case/table-kind.ts'
import type { CaseStep } from '../../../shared/case/case-step.ts'
import { similarListSchema, type SimilarCase, type SimilarQuery } from '../../../shared/case/similar.ts'
import type { Result } from '../../../shared/errors.ts'

export type CaseClient = {
  find(token: string, query: CaseQuery): Promise<Result<CaseList>>
  similar(token: string, query: SimilarQuery): Promise<Result<{ cases: SimilarCase[] }>>
  counts(token: string): Promise<Result<CaseCounts>>
  read(token: string, caseId: string): Promise<Result<CasePage>>
  /** Central records that it is taken away on paper. */
  printed(token: string, caseId: string): Promise<Result<unknown>>
  /** The whole of a search as a table, as it comes; breaks where central does, or is silent for half a minute. */
  table(token: string, query: CaseQuery, as: TableKind): Promise<Result<AsyncIterable<Uint8Array>>>
  /** `id` stands for the step: sent again, it is taken once. A refusal keeps central's own detail. */
  step(token: string, caseId: string, input: { id: string; step: CaseStep }): Promise<Result<StepTaken>>
}

/** POSTs a body; asks by GET where there is none. */
export type Call = <T>(
  path: string,
  body: object | null,
  schema: z.ZodType<T>,
  how: { readonly token: string; readonly details?: boolean },
) => Promise<Result<T>>

/** POSTs a body and answers what comes, piece by piece. */
export type Stream = (path: string, body: object, token: string) => Promise<Result<AsyncIterable<Uint8Array>>>

export function createCaseClient(call: Call, stream: Stream): CaseClient {
  return {
    find: (token, query) => call('/cases/find', query, caseListSchema, { token }),
    similar: (token, query) => call('/cases/similar', query, similarListSchema, { token }),
    counts: (token) => call('/cases/counts', null, caseCountsSchema, { token }),
    read: (token, caseId) => call(`/cases/${caseId}`, null, casePageSchema, { token }),
    printed: (token, caseId) => call(`/cases/${caseId}/printed`, {}, z.unknown(), { token }),
    table: (token, query, as) => stream(`/cases/export?as=${as}`, query, token),
    step: (token, caseId, input) => call(`/cases/${caseId}/steps`, input, stepTakenSchema, { token, details: true }),
  }
}
