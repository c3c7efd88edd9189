/** What the drills ask of central's database, round the API. */
import postgres from 'postgres'
import type { Db } from '../../../central/db/db.ts'
import type { PostgresServer } from '../../contract/postgres-server.ts'
import type { DrillDesk } from './drill-desk.ts'

/** An empty one, and those of a prepared server (tests/support/prepare-postgres.ts): migrated, and with the demo loaded. */
type From = 'template1' | 'ready' | 'demo'

/** Makes the database `central`, or one of that name, on a server, as a copy of another one there; answers its URL. */
export async function createDatabase(
  server: PostgresServer,
  name = 'central',
  from: From = 'template1',
): Promise<string> {
  const sql = postgres(server.url, { max: 1 })
  await sql`create database ${sql(name)} template ${sql(from)}`
  await sql.end()
  return `${server.url.replace(/\/postgres$/, '')}/${name}`
}

export type Done = { readonly saved: readonly string[]; readonly recorded: readonly string[] }

type Event = { caseId: string; mutationId: string; event: Record<string, unknown> }
type Outbox = { id: string; state: string; caseId: string | null }

/** Everything at central that desks speak of. */
async function readCentral(db: Db) {
  return db.tx('owner', async (sql) => ({
    cases: await sql.query<{ caseId: string; revision: number }>(
      'select case_id::text as "caseId", revision from cases',
    ),
    events: await sql.query<Event>(
      `select case_id::text as "caseId", mutation_id::text as "mutationId",
         (jsonb_build_object('type', type, 'at', at, 'by', by) || data::jsonb)::json as event
       from case_events order by case_id, revision`,
    ),
    facts: await sql.query<{ callId: string }>(`select call_id as "callId" from call_facts where kind = 'answered'`),
    mutations: await sql.query<{ id: string; status: string }>('select id::text, status from mutations'),
    scopes: await sql.query<{ caseId: string; storeId: string }>(
      'select case_id::text as "caseId", store_id::text as "storeId" from case_scopes',
    ),
  }))
}

/** The same text for the same value, whatever the order of its keys. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

/** The mutations of which desks were told that they are applied, and which a server does not have. */
export async function missing(db: Db, told: Iterable<string>): Promise<string[]> {
  const there = await db.tx('owner', (sql) =>
    sql.query<{ id: string }>(`select id::text from mutations where status = 'applied'`),
  )
  const known = new Set(there.map(({ id }) => id))
  return [...told].filter((id) => !known.has(id))
}

/** What is not as it must be: a word that is missing, stands twice, or is another on a desk. */
export async function differences(db: Db, desks: readonly DrillDesk[], { saved, recorded }: Done): Promise<string[]> {
  const central = await readCentral(db)
  const wrong: string[] = []
  const events = Map.groupBy(central.events, ({ caseId }) => caseId)
  const eventsOf = (caseId: string) => (events.get(caseId) ?? []).map(({ event }) => event)
  const known = new Map(central.cases.map((row) => [row.caseId, row]))
  const status = new Map(central.mutations.map((row) => [row.id, row.status]))

  for (const caseId of saved) if (!known.has(caseId)) wrong.push(`case ${caseId} is lost`)
  if (known.size !== saved.length) wrong.push(`${known.size} cases of ${saved.length}`)
  for (const { caseId, revision } of central.cases) {
    const own = events.get(caseId) ?? []
    if (own.length !== revision) wrong.push(`case ${caseId} has ${own.length} events at revision ${revision}`)
    const once = new Set(own.map(({ mutationId, event }) => `${mutationId} ${textOf(event)}`))
    if (once.size !== own.length) wrong.push(`case ${caseId} was changed twice by one mutation`)
    if (own.filter(({ event }) => event['type'] === 'caseOpened').length !== 1)
      wrong.push(`case ${caseId} opened twice`)
  }
  const told = Map.groupBy(central.facts, ({ callId }) => callId)
  for (const callId of recorded) {
    const times = told.get(callId)?.length ?? 0
    if (times !== 1) wrong.push(`fact of ${callId}: ${times}`)
  }

  for (const desk of desks) {
    const outbox = desk.db.prepare<[], Outbox>('SELECT id, state, case_id AS caseId FROM outbox').all()
    for (const { id, state } of outbox) {
      if (state !== 'applied' || status.get(id) !== 'applied')
        wrong.push(`mutation ${id}: ${state} at its desk, ${status.get(id) ?? 'unknown'} at central`)
    }
    for (const id of desk.applied) if (status.get(id) !== 'applied') wrong.push(`mutation ${id} was told and is lost`)
    const held = new Map(
      desk.db
        .prepare<[], { caseId: string; events: string }>('SELECT case_id AS caseId, events FROM cases')
        .all()
        .map((row) => [row.caseId, row.events]),
    )
    const storeId = desk.db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE key = 'storeId'`).get()?.value
    const scope = central.scopes.filter((one) => one.storeId === storeId).map(({ caseId }) => caseId)
    if (scope.length === 0 || scope.length !== held.size) wrong.push(`a desk has ${held.size} of ${scope.length} cases`)
    for (const caseId of scope) {
      const own: unknown = JSON.parse(held.get(caseId) ?? '[]')
      if (textOf(own) !== textOf(eventsOf(caseId))) wrong.push(`case ${caseId} differs on a desk`)
    }
  }
  return wrong
}
