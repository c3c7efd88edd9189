import { formToGroups, missingFields, type CaseForm } from '../../shared/case/case-form.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Ids } from '../../shared/ports.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import { createAddMutation, type Author } from './add-mutation.ts'
import type { Drafts } from './db/drafts.ts'
import { showCase, type ReplicaTables } from './sync/replica.ts'

type JoinInput = {
  readonly caseId: string
  readonly callId: string | null
  readonly form: CaseForm
  readonly into: string
}
type Deps = {
  readonly tables: ReplicaTables
  readonly drafts: Drafts
  readonly rules: () => CaseRules
  readonly ids: Ids
  readonly now: () => number
}

/**
 * Makes the call of a draft one more call of a case that stands, which this desk need not have. The mutation, the
 * outcome of the call and the end of the draft are one transaction; when this returns, they are on the disk.
 */
export function createCaseJoiner({ tables, drafts, rules, ids, now }: Deps) {
  const { db, outbox, cases } = tables
  const add = createAddMutation(outbox, ids)

  return ({ caseId, callId, form, into }: JoinInput, author: Author): Result<{ savedAt: number }> => {
    // What is a case already is joined as one, by a step.
    if (cases.get(caseId) !== null) return fail('illegalTransition', 'saved')
    // Every caller is replied to: without a number only who wants no reply.
    const number = missingFields(form, rules()).find(({ field }) => field === 'callerPhone')
    if (number !== undefined) return fail('invalidInput', number.field)
    return db.transaction(() => {
      const at = now()
      const { groups, caller } = formToGroups(form, ids.next())
      cases.putCaller(caller, true)
      add({ kind: 'case', command: { type: 'case.call', caseId: into, callId, groups }, caller }, author, at)
      if (callId !== null)
        add({ kind: 'call', fact: { callId, kind: 'settled', at, outcome: 'joinedCase', caseId: into } }, author, at)
      const stored = cases.get(into)
      if (stored !== null) showCase(tables, into, stored.events)
      drafts.discard(caseId, author.staffNo)
      return ok({ savedAt: at })
    })()
  }
}
