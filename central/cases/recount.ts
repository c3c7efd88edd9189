/** Counts deadlines anew where table or calendar have changed (rule K4.5). */
import { foldCase } from '../../shared/case/decide.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import type { Db, Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import { rulesOf, standingRow, type NamedRules } from './deadline-rules.ts'
import { selectEventsOf, updateStandings } from './sql.ts'

const TURN_CASES = 200
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** What holds in a transaction, until its end. */
export type HoldRules = (sql: Tx) => Promise<NamedRules>

/** Counts some of what was counted by other rules, in the order of the ids; answers the last of them. */
async function countSome(sql: Tx, rules: NamedRules, after: string): Promise<{ last: string | null; cases: number }> {
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

/**
 * Counts all that was counted by other rules than those that hold, some at a time, once through, until `stopped` says
 * so; from the start again where others come to hold meanwhile. Answers the name of those by which all was counted;
 * null where it was stopped or failed.
 */
export async function recount(db: Db, hold: HoldRules, log: Log, stopped: () => boolean): Promise<string | null> {
  let counted = 0
  let by: string | null = null
  let after: string | null = FIRST_ID
  const turn = async (sql: Tx, from: string) => {
    const rules = await hold(sql)
    // Of several nodes one counts at a time: they would take the same rows.
    await lockName(sql, 'sanxin.recount')
    const isOther = by !== null && by !== rules.name
    return { name: rules.name, ...(await countSome(sql, rules, isOther ? FIRST_ID : from)) }
  }
  try {
    while (after !== null) {
      if (stopped()) return null
      const from: string = after
      const { name, last, cases } = await db.tx('sanxin_desk', (sql) => turn(sql, from))
      by = name
      after = last
      counted += cases
    }
    if (counted > 0) log('deadlinesRecounted', { cases: counted })
    return by
  } catch (error) {
    log('recountFailed', faultOf(error))
    return null
  }
}

export type Recounter = {
  /** Other tables may hold: counts whatever was not counted by them. */
  follow(): void
  /** Goes on where a run failed, with whatever central does next. */
  resume(): void
  /** Ends what is being counted. */
  close(): Promise<void>
}

/** Counts beside what is asked of the node, one run at a time; what comes while one is under way is another. */
export function createRecounter(db: Db, book: RuleBook, log: Log): Recounter {
  const life = { owed: false, closed: false }
  let running: Promise<void> | null = null
  const hold = async (sql: Tx) => rulesOf((await book.hold(sql)).bodies)

  async function run(): Promise<void> {
    let failed = false
    while (life.owed && !failed && !life.closed) {
      life.owed = false
      failed = (await recount(db, hold, log, () => life.closed)) === null
    }
    life.owed ||= failed
  }

  function resume(): void {
    if (life.owed && !life.closed) running ??= run().finally(() => (running = null))
  }

  return {
    follow() {
      life.owed = true
      resume()
    },
    resume,
    async close() {
      life.closed = true
      await running
    },
  }
}
