/** Counts deadlines anew where table or calendar have changed (rule K4.5). */
import { foldCase } from '../../shared/case/decide.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import type { Db, Tx } from '../db/db.ts'
import { standingRow, type NamedRules } from './deadline-rules.ts'
import { selectEventsOf, updateStandings } from './sql.ts'

const TURN_CASES = 200
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Counts some of what was counted by another table, in the order of the ids; answers the last of them. */
async function recountSome(sql: Tx, rules: NamedRules, after: string): Promise<{ last: string | null; cases: number }> {
  const rows = await sql.query<{ caseId: string }>(
    `select case_id as "caseId" from cases
     where case_id > $2::uuid
       and (due_by is null or (due_by <> $1::text and state in ('toDispatch', 'toSign', 'inHand')))
     order by case_id limit ${TURN_CASES}`,
    [rules.name, after],
  )
  const caseIds = rows.map(({ caseId }) => caseId)
  const events = await selectEventsOf(sql, caseIds)
  const records = caseIds.flatMap((caseId) => foldCase(null, caseId, events.get(caseId) ?? []) ?? [])
  // Whoever changes a case meanwhile counts it himself: only the revision that was read is written.
  await updateStandings(
    sql,
    records.map((record) => ({ caseId: record.caseId, revision: record.revision, ...standingRow(record, rules) })),
  )
  return { last: caseIds.at(-1) ?? null, cases: records.length }
}

/** Counts all that was counted by another table or calendar, some at a time, once through, until `stopped` says so. */
export async function recount(db: Db, rules: NamedRules, log: Log, stopped: () => boolean): Promise<void> {
  let counted = 0
  let after: string | null = FIRST_ID
  try {
    while (after !== null && !stopped()) {
      const from: string = after
      const { last, cases } = await db.tx('sanxin_desk', (sql) => recountSome(sql, rules, from))
      after = last
      counted += cases
    }
    if (counted > 0) log('deadlinesRecounted', { cases: counted })
  } catch (error) {
    log('recountFailed', faultOf(error))
  }
}
