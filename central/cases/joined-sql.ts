import type { Tx } from '../db/db.ts'

/** Role sanxin_desk. A case that was joined, with its caller and its kind as they are by now. */
export type JoinedCase = { readonly caseId: string; readonly callerId: string; readonly kind: string | null }

/**
 * Who opened a joined case, in the cases that go on, where she stands otherwise there. It is told by the case alone: who
 * she is may have been corrected. Who called about the joined one besides has a kind of her own.
 */
const fresh = `json_to_recordset($1::text::json) as fresh("caseId" uuid, "callerId" uuid, kind text)`
const otherwise = `from_case = "caseId"
       and not exists (select from case_callers k where k.case_id = "caseId" and k.caller_id = case_callers.caller_id)
       and (case_callers.kind is distinct from fresh.kind or who <> "callerId")`

/** The cases that go on and have to be told what became of these. */
export async function selectToTell(sql: Tx, joined: readonly JoinedCase[]): Promise<string[]> {
  const rows = await sql.query<{ caseId: string }>(
    `select distinct case_id as "caseId" from case_callers, ${fresh} where ${otherwise}`,
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
}

/** Who these callers of a case are by now, where that was corrected since, by the identity of the call. */
export async function selectCorrected(sql: Tx, caseId: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ callerId: string; who: string }>(
    `select caller_id as "callerId", who from case_callers where case_id = $1::uuid and identity_id is not null`,
    [caseId],
  )
  return new Map(rows.map(({ callerId, who }) => [callerId, who]))
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
