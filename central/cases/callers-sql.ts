/** Who calls, apart from the events that only refer to them. */
import type { CallerIdentity } from '../../shared/case/case-record.ts'
import type { Values } from '../../shared/case/particulars.ts'
import type { CaseSummary } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import { columnsOf, ONE_BY_ONE } from '../db/sql.ts'

/** An identity with all that is known of it. */
export type Identity = CallerIdentity & { readonly papers: Values }

/** An identity as it stands, and the mutation that wrote it. */
export type StoredCaller = Identity & { readonly mutationId: string }

/** These identities, held until the end of the transaction. */
export async function selectStoredCallers(sql: Tx, callerIds: readonly string[]): Promise<StoredCaller[]> {
  if (callerIds.length === 0) return []
  return sql.query<StoredCaller>(
    `select found.* from (
       select distinct value::uuid as id from json_array_elements_text($1::text::json) order by 1
     ) as one, lateral (
       select caller_id as "callerId", name, phone, papers, mutation_id as "mutationId" from callers
       where caller_id = one.id for update
     ) as found`,
    [JSON.stringify(callerIds)],
  )
}

const callerRows = columnsOf({
  ...{ callerId: 'uuid', name: 'text', phone: 'text', papers: 'json', mutationId: 'uuid', phoneKey: 'text' },
} as const)

type CallerRow = StoredCaller & { readonly phoneKey: string }

const insertCallers = `insert into callers (caller_id, name, phone, papers, mutation_id, phone_key)
     select * from ${callerRows.from} as fresh`

/** Writes identities that were never written; breaks (23505) where one is by now. */
export async function insertNewCallers(sql: Tx, callers: readonly CallerRow[]): Promise<void> {
  if (callers.length > 0) await sql.query(insertCallers, callerRows.bind(callers))
}

export async function upsertCallers(sql: Tx, callers: readonly CallerRow[]): Promise<void> {
  if (callers.length === 0) return
  await sql.query(
    `${insertCallers}
     on conflict (caller_id) do update
       set name = excluded.name, phone = excluded.phone, papers = excluded.papers,
           phone_key = excluded.phone_key, mutation_id = excluded.mutation_id`,
    callerRows.bind(callers),
  )
}

/** Keeps what stood before identities were corrected. */
export async function insertCallersBefore(sql: Tx, callers: readonly StoredCaller[]): Promise<void> {
  if (callers.length === 0) return
  await sql.query(
    `insert into callers_before (caller_id, mutation_id, name, phone, papers)
     select * from json_to_recordset($1::text::json) as old("callerId" uuid, "mutationId" uuid, name text, phone text,
       papers json)
     on conflict do nothing`,
    [JSON.stringify(callers)],
  )
}

export function selectCallers(sql: Tx, callerIds: readonly string[]): Promise<Identity[]> {
  return sql.query<Identity>(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select caller_id as "callerId", name, phone, papers from callers where caller_id = one.id::uuid ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify([...new Set(callerIds)])],
  )
}

/** The newest cases of a number, all its spellings, those about which it called besides among them; content cut for a list. */
export function selectOfCaller(sql: Tx, phoneKey: string, limit: number, cut: number): Promise<CaseSummary[]> {
  return sql.query<CaseSummary>(
    `select case_id as "caseId", case_no as "caseNo", kind, state, opened_at as "openedAt",
            left(content, $3::int) as content, hers.name as "callerName"
     from (
       select case_id, max(name) as name from (
         select case_id, name from callers join cases using (caller_id)
         where phone_key = $1::text and sanxin_sees_reporter(secret, opened_by)
         union all
         select case_id, name from callers join case_callers on who = callers.caller_id
           where phone_key = $1::text and left_at is null
       ) as calls group by case_id
     ) as hers join cases using (case_id) order by opened_at desc, case_no desc limit $2::int`,
    [phoneKey, limit, cut],
  )
}
