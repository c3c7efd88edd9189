/** What the drills ask of central's database, round the API. */
import postgres from 'postgres'
import type { Db } from '../../../central/db/db.ts'
import type { PostgresServer } from '../../contract/postgres-server.ts'
import type { DrillDesk } from './drill-desk.ts'

/** Makes the database `central` on a server; answers its URL. */
export async function createDatabase(server: PostgresServer): Promise<string> {
  const sql = postgres(server.url, { max: 1 })
  await sql`create database central`
  await sql.end()
  return `${server.url.replace(/\/postgres$/, '')}/central`
}

export type Done = { readonly saved: readonly string[]; readonly recorded: readonly string[] }

type CaseRow = { caseId: string; revision: number; mutations: number; events: number }

/** What is not as it must be: a case or a fact that is missing, stands twice, or is another on a desk. */
export async function differences(db: Db, desks: readonly DrillDesk[], { saved, recorded }: Done): Promise<string[]> {
  const { cases, facts } = await db.tx('owner', async (sql) => ({
    cases: await sql.query<CaseRow>(
      `select case_id::text as "caseId", revision,
         (select count(*) from mutations where mutations.case_id = cases.case_id) as mutations,
         (select count(*) from case_events where case_events.case_id = cases.case_id) as events from cases`,
    ),
    facts: await sql.query<{ callId: string; n: number }>(
      `select call_id as "callId", count(*) as n from call_facts where kind = 'answered' group by call_id`,
    ),
  }))
  const wrong: string[] = []
  const known = new Map(cases.map((row) => [row.caseId, row]))
  for (const caseId of saved) if (!known.has(caseId)) wrong.push(`case ${caseId} is lost`)
  if (cases.length !== saved.length) wrong.push(`${cases.length} cases of ${saved.length}`)
  const told = new Map(facts.map(({ callId, n }) => [callId, n]))
  for (const callId of recorded) if (told.get(callId) !== 1) wrong.push(`fact of ${callId}: ${told.get(callId) ?? 0}`)
  for (const desk of desks) {
    const rows = desk.db
      .prepare<[], { caseId: string; revision: number; events: number }>(
        `SELECT case_id AS caseId, record ->> '$.revision' AS revision, json_array_length(events) AS events FROM cases`,
      )
      .all()
    if (rows.length === 0) wrong.push('a desk has no cases')
    for (const { caseId, revision, events } of rows) {
      const central = known.get(caseId)
      if (central?.revision !== revision || central.events !== events) wrong.push(`case ${caseId} differs on a desk`)
    }
  }
  return wrong
}
