import type { CallerIdentity, CaseRecord } from '../../shared/case/case-record.ts'
import { matterOfCase, score } from '../../shared/case/form-check.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import type { Completeness } from './sql.ts'

/** How complete a case is by the form that holds. */
export function completenessOf(record: CaseRecord, caller: CallerIdentity | null, by: CaseRules): Completeness {
  return { score: score(by.form, matterOfCase(record, caller), by), formVersion: by.form.version }
}
