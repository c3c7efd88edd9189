/** Counts deadlines anew where table or calendar have changed (rule K4.5). */
import { foldCase } from '../../shared/case/decide.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import type { Db, Tx } from '../db/db.ts'
import { standingRow, type NamedRules } from './deadline-rules.ts'
import { selectEventsOf, updateStandings } from './sql.ts'

const TURN_CASES = 200

/** Counts some of what was counted by another table, and answers how many there were. */
async function recountSome(sql: Tx, rules: NamedRules): Promise<number> {
  const rows = await sql.query<{ caseId: string }>(
    `(select case_id as "caseId" from cases where due_by is null limit ${TURN_CASES})
     union all
     (select case_id from cases
      where state in ('toDispatch', 'toSign', 'inHand') and due_by <> $1::text limit ${TURN_CASES})`,
    [rules.name],
  )
  const caseIds = rows.map(({ caseId }) => caseId)
  const events = await selectEventsOf(sql, caseIds)
  const records = caseIds.flatMap((caseId) => foldCase(null, caseId, events.get(caseId) ?? []) ?? [])
  // Whoever changes a case meanwhile counts it himself: only the revision that was read is written.
  await updateStandings(
    sql,
    records.map((record) => ({ caseId: record.caseId, revision: record.revision, ...standingRow(record, rules) })),
  )
  return caseIds.length
}

/** Counts all that was counted by another table or calendar, some at a time, until `stopped` says so. */
export async function recount(db: Db, rules: NamedRules, log: Log, stopped: () => boolean): Promise<void> {
  let counted = 0
  try {
    for (let some = 1; some > 0 && !stopped(); counted += some)
      some = await db.tx('sanxin_desk', (sql) => recountSome(sql, rules))
    if (counted > 0) log('deadlinesRecounted', { cases: counted })
  } catch (error) {
    log('recountFailed', faultOf(error))
  }
}
