import type { CasePage } from '../../shared/case/case-page.ts'
import type { Tx } from '../db/db.ts'

/** What was written in a case at desks without proof of who did it, the oldest first; steps are taken here, by who is signed in. */
export function selectUnproved(sql: Tx, caseId: string): Promise<CasePage['unproved']> {
  return sql.query(
    `select min(event.at) as at, min(event.by) as by, bool_or(event.type = 'caseOpened') as opening
     from case_events event join mutations on mutations.id = event.mutation_id
     where event.case_id = $1::uuid and event.type <> 'caseStepped' and not session_checked
     group by event.mutation_id order by min(event.revision)`,
    [caseId],
  )
}
