import { groupsToForm } from '../../shared/case/case-form.ts'
import { groupNames } from '../../shared/case/case-record.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Bases, Drafts } from './db/drafts.ts'
import { readStanding } from './standing.ts'
import { repairForm } from './stored-form.ts'
import type { ReplicaTables } from './sync/replica.ts'

/**
 * Lays a saved case of this desk among an author's drafts, as it stands and as saved; a draft of hers that is there
 * stays. Refused as `notFound` where the desk does not have it, as `forbidden` where somebody else is writing it, or took
 * it down as a report.
 */
export function reopenCase(
  tables: ReplicaTables,
  drafts: Drafts,
  caseId: string,
  who: { readonly author: string; readonly now: number },
): Result<null> {
  const { author, now } = who
  return tables.db.transaction((): Result<null> => {
    const there = drafts.find(caseId)
    if (there !== null) return there.author === author ? ok(null) : fail('forbidden', 'author')
    const standing = readStanding(tables, caseId)
    if (standing === null) return fail('notFound', 'case')
    const { record, groups } = standing
    const caller = tables.cases.caller(record.groups.caller.callerId)
    // A report is for who took it: nobody else writes over an identity that is not shown to her.
    if (record.secret && (record.openedBy !== author || caller === null)) return fail('forbidden', 'report')
    const form = repairForm(groupsToForm(record, caller))
    const bases = Object.fromEntries(groupNames.map((group) => [group, groups[group].base])) as Bases
    drafts.add({ caseId, callId: record.callId, form, startedAt: now, caseNo: record.caseNo }, author, now)
    drafts.markSaved(caseId, record.caseNo, { form, bases })
    return ok(null)
  })()
}
