import type { CaseRecord } from '../../shared/case/case-record.ts'
import type { CaseSummary } from '../../shared/sync/protocol.ts'
import type { Cases } from './db/cases.ts'
import type { CentralClient } from './sync/central-client.ts'

/** `complete` where central was asked; `sessionOver` where it no longer knows who asked. */
export type CallerCases = { readonly cases: CaseSummary[]; readonly complete: boolean; readonly sessionOver: boolean }

const HISTORY = 20
const CUT_CHARS = 80

/** Earlier cases of a number: what this desk holds, and what central has besides, the newest 20. */
export function createCallerCases(cases: Cases, client: CentralClient) {
  function summary({ caseId, caseNo, state, openedAt, groups }: CaseRecord): CaseSummary {
    const callerName = cases.caller(groups.caller.callerId)?.name ?? ''
    const content = groups.content.text.slice(0, CUT_CHARS)
    return { caseId, caseNo, kind: groups.classification.kind, state, openedAt, content, callerName }
  }

  /** `token` is of who asks; null where central has not let her in. A report shows to her only where she took it. */
  return async (phone: string, staffNo: string, token: string | null): Promise<CallerCases> => {
    const own = cases
      .ofPhone(phone, HISTORY)
      .filter(({ secret, openedBy }) => !secret || openedBy === staffNo)
      .map(summary)
    if (token === null) return { cases: own, complete: false, sessionOver: false }
    const theirs = await client.ofCaller(token, phone)
    if (!theirs.ok) return { cases: own, complete: false, sessionOver: theirs.error.code === 'notSignedIn' }
    const byId = new Map([...theirs.value, ...own].map((one) => [one.caseId, one]))
    const all = [...byId.values()].toSorted((a, b) => b.openedAt - a.openedAt)
    return { cases: all.slice(0, HISTORY), complete: true, sessionOver: false }
  }
}
