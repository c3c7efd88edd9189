/** Whom of those that stand in this file whoever sits at the desk may know: who reports something is for who took it (S14). */
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { seesReporter } from '../../shared/people/sees-reporter.ts'

/** Whether who stands behind a case is for `staffNo`; a monitor, who may know as well, reads it at central. */
export const seesCallerHere = (record: Pick<CaseRecord, 'secret' | 'openedBy'>, staffNo: string): boolean =>
  seesReporter(record, { staffNo, role: 'operator' })
