import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { Tx } from '../db/db.ts'

type CaseToldBy = { readonly caseId: string; readonly event: CaseEvent }

/**
 * Who called besides, as the events tell it; who came with a case that is joined once more, as she stood there. Who left
 * and comes again is who she is by now, and as secret.
 */
export async function insertCaseCallers(sql: Tx, events: readonly CaseToldBy[]): Promise<void> {
  const rows = events.flatMap(({ caseId, event }) => (event.type === 'callJoined' ? [{ caseId, ...event.call }] : []))
  if (rows.length === 0) return
  await sql.query(
    `insert into case_callers (case_id, caller_id, call_id, taken_by, kind, from_case, identity_id)
     select "caseId", "callerId", "callId", "takenBy", coalesce(known.kind, fresh.kind), "from", known.identity_id
     from json_to_recordset($1::text::json) as fresh("caseId" uuid, "callerId" uuid, "callId" text,
       "takenBy" text, kind text, "from" uuid)
     left join lateral (
       select k.kind, k.identity_id from case_callers k where k.caller_id = "callerId" and k.from_case = "from"
         and k.left_at is null limit 1
     ) as known on true
     on conflict (case_id, caller_id) do update set left_at = null, call_id = excluded.call_id,
       taken_by = excluded.taken_by, kind = excluded.kind, from_case = excluded.from_case,
       identity_id = excluded.identity_id
       where case_callers.left_at is not null`,
    [JSON.stringify(rows)],
  )
}

/** These are callers of the case no more; who reports something stays as secret in its history as she was. */
export async function leaveCase(sql: Tx, caseId: string, callerIds: readonly string[], at: number): Promise<void> {
  await sql.query(
    `update case_callers set left_at = $3::bigint where case_id = $1::uuid
       and caller_id in (select value::uuid from json_array_elements_text($2::text::json))`,
    [caseId, JSON.stringify(callerIds), at],
  )
}

/**
 * Whose names are kept from all desks but the one that took their call: theirs were reports, whatever the case is; and
 * those who left it, whom no desk has by it any more.
 */
export async function selectSecretCallers(sql: Tx, caseIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ callerId: string }>(
    `select caller_id as "callerId" from case_callers
     where case_id in (select value::uuid from json_array_elements_text($1::text::json))
       and (kind = 'report' or left_at is not null)`,
    [JSON.stringify(caseIds)],
  )
  return new Set(rows.map(({ callerId }) => callerId))
}

/** Who reports something by now, of those who called about these cases: nobody is said to have her number (K10.3). */
export async function selectReporters(sql: Tx, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ callerId: string }>(
    `select caller_id as "callerId" from case_callers
     where case_id in (select value::uuid from json_array_elements_text($1::text::json)) and kind = 'report'`,
    [JSON.stringify(caseIds)],
  )
  return new Set(rows.map(({ callerId }) => callerId))
}

/** Role sanxin_desk. A case that was joined, with its caller and its kind as they are by now. */
export type JoinedCase = { readonly caseId: string; readonly callerId: string; readonly kind: string | null }

/**
 * Who opened a joined case, in the cases that go on, where she stands otherwise there. It is told by the case alone: who
 * she is may have been corrected. Who called about the joined one besides has a kind of her own, and keeps who she is.
 */
const fresh = `json_to_recordset($1::text::json) as fresh("caseId" uuid, "callerId" uuid, kind text)`
const otherwise = `from_case = "caseId"
       and not exists (select from case_callers k where k.case_id = "caseId" and k.caller_id = case_callers.caller_id)
       and (case_callers.kind is distinct from fresh.kind or who <> "callerId")`

/** Who called about a joined case besides is as secret as it is by now (K10.3). */
const besidesSecret = `from_case = "caseId" and fresh.kind = 'report' and case_callers.kind is distinct from 'report'`

/** The cases that go on and have to be told what became of these. */
export async function selectToTell(sql: Tx, joined: readonly JoinedCase[]): Promise<string[]> {
  const rows = await sql.query<{ caseId: string }>(
    `select distinct case_id as "caseId" from case_callers, ${fresh} where ${otherwise} or ${besidesSecret}`,
    [JSON.stringify(joined)],
  )
  return rows.map(({ caseId }) => caseId)
}

/** Makes the caller of a joined case, where it goes on, who she is by now, and as secret. */
export async function updateJoined(sql: Tx, joined: readonly JoinedCase[]): Promise<void> {
  await sql.query(
    `update case_callers set kind = fresh.kind, identity_id = nullif("callerId", case_callers.caller_id)
     from ${fresh} where ${otherwise}`,
    [JSON.stringify(joined)],
  )
  await sql.query(`update case_callers set kind = 'report' from ${fresh} where ${besidesSecret}`, [
    JSON.stringify(joined),
  ])
}

/** Who these callers of a case are by now, where that was corrected since, by the identity of the call. */
export async function selectCorrected(sql: Tx, caseId: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ callerId: string; who: string }>(
    `select caller_id as "callerId", who from case_callers where case_id = $1::uuid and identity_id is not null`,
    [caseId],
  )
  return new Map(rows.map(({ callerId, who }) => [callerId, who]))
}

/** Gives the keys of numbers as readPhoneKeys does, but for who reports something in these cases (K10.3). */
export async function readOpenKeys(
  sql: Tx,
  caseIds: readonly string[],
  callerIds: readonly string[],
): Promise<(callerId: string) => string> {
  const [keyOf, reporters] = [await readPhoneKeys(sql, callerIds), await selectReporters(sql, caseIds)]
  return (callerId) => (reporters.has(callerId) ? '' : keyOf(callerId))
}

/** Gives the key of the number of each of these identities; '' of one without a number. */
export async function readPhoneKeys(sql: Tx, callerIds: readonly string[]): Promise<(callerId: string) => string> {
  const rows = await sql.query<{ callerId: string; phoneKey: string }>(
    `select caller_id as "callerId", phone_key as "phoneKey" from callers
     where caller_id in (select value::uuid from json_array_elements_text($1::text::json))`,
    [JSON.stringify(callerIds)],
  )
  const keys = new Map(rows.map(({ callerId, phoneKey }) => [callerId, phoneKey]))
  return (callerId) => keys.get(callerId) ?? ''
}
