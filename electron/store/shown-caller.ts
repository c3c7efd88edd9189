/** Whom of those that stand in this file whoever sits at the desk may know: who reports something is for who took it (S14). */
import type { ListedCall } from '../../shared/call/call-book.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { seesReporter } from '../../shared/people/sees-reporter.ts'

/** Whether who stands behind a case is for `staffNo`; a monitor, who may know as well, reads it at central. */
export const seesCallerHere = (record: Pick<CaseRecord, 'secret' | 'openedBy'>, staffNo: string): boolean =>
  seesReporter(record, { staffNo, role: 'operator' })

/** A call as it is listed for `staffNo`: without its case, where by that its number would tell who reports something. */
export function shownCall(
  { get }: { get(caseId: string): { readonly record: Pick<CaseRecord, 'secret' | 'openedBy'> } | null },
  call: ListedCall,
  staffNo: string,
): ListedCall {
  const record = call.caseId === null ? null : (get(call.caseId)?.record ?? null)
  return record === null || seesCallerHere(record, staffNo) ? call : { ...call, caseId: null, caseNo: null }
}
