import type { Tx } from '../db/db.ts'
import { ONE_BY_ONE } from '../db/sql.ts'

/** Which team follows each case, and until when (0: it was told that this is over). */
export async function selectShifts(
  sql: Tx,
  caseIds: readonly string[],
): Promise<{ caseId: string; team: string | null; shiftUntil: number }[]> {
  if (caseIds.length === 0) return []
  return sql.query(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select case_id as "caseId", team, shift_until as "shiftUntil" from cases where case_id = one.id::uuid ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify(caseIds)],
  )
}

/** The stores that follow each case; `until` null: for good. */
export async function selectScopes(
  sql: Tx,
  caseIds: readonly string[],
): Promise<{ caseId: string; storeId: string; until: number | null }[]> {
  if (caseIds.length === 0) return []
  return sql.query(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select case_id as "caseId", store_id as "storeId", until from case_scopes where case_id = one.id::uuid
       order by store_id ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify(caseIds)],
  )
}

async function writeOwnScopes(sql: Tx, storeId: string, caseIds: readonly string[], otherwise: string): Promise<void> {
  if (caseIds.length === 0) return
  await sql.query(
    `insert into case_scopes (case_id, store_id, until)
     select case_id, $1::uuid, null from unnest($2::text::uuid[]) as own(case_id) ${otherwise}`,
    [storeId, `{${caseIds.join(',')}}`],
  )
}

/** Lets a store follow new cases for good; breaks (23505) where it follows one of them by now. */
export const insertOwnScopes = (sql: Tx, storeId: string, caseIds: readonly string[]): Promise<void> =>
  writeOwnScopes(sql, storeId, caseIds, '')

/** Lets a store follow cases for good. */
export const upsertOwnScopes = (sql: Tx, storeId: string, caseIds: readonly string[]): Promise<void> =>
  writeOwnScopes(sql, storeId, caseIds, 'on conflict (case_id, store_id) do update set until = null')

/** Lets a store follow cases for a while; answers those that it did not follow at `now`. */
export async function upsertAskedScopes(
  sql: Tx,
  storeId: string,
  caseIds: readonly string[],
  { now, until }: { now: number; until: number },
): Promise<string[]> {
  const rows = await sql.query<{ caseId: string; fresh: boolean }>(
    `with asked as (
       select value::uuid as case_id from json_array_elements_text($2::text::json)
       where exists (select from cases where cases.case_id = value::uuid)
     ), before as (
       select case_id, until from case_scopes join asked using (case_id) where store_id = $1::uuid
     ), now_following as (
       insert into case_scopes (case_id, store_id, until) select case_id, $1::uuid, $4::bigint from asked
       on conflict (case_id, store_id) do update set until = greatest(case_scopes.until, excluded.until)
         where case_scopes.until is not null
       returning case_id
     )
     select case_id as "caseId", coalesce(before.until <= $3::bigint, before.case_id is null) as fresh
     from now_following left join before using (case_id)`,
    [storeId, JSON.stringify(caseIds), now, until],
  )
  return rows.flatMap(({ caseId, fresh }) => (fresh ? [caseId] : []))
}

/** Ends what is over at `now`. */
export async function deleteScopes(
  sql: Tx,
  scopes: readonly { readonly caseId: string; readonly storeId: string }[],
  now: number,
): Promise<void> {
  if (scopes.length === 0) return
  await sql.query(
    `delete from case_scopes using json_to_recordset($1::text::json) as gone("caseId" uuid, "storeId" uuid)
     where case_id = gone."caseId" and store_id = gone."storeId" and until <= $2::bigint`,
    [JSON.stringify(scopes), now],
  )
}

type Desk = { readonly storeId: string; readonly team: string | null; readonly now: number }

/** Whether a desk follows the row of `cases` now; of a desk its store and team, and now, as the parameters are called. */
export const inScope = (storeId: string, team: string, now: string): string => `(
  exists (select from case_scopes s where s.case_id = cases.case_id and s.store_id = ${storeId}::uuid
    and (s.until is null or s.until > ${now}::bigint) ${ONE_BY_ONE})
  or (cases.team = ${team}::text and cases.shift_until > ${now}::bigint)
)`

/** Which of these desks follow which of these cases now: as `storeId caseId`. */
export async function selectFollowers(
  sql: Tx,
  caseIds: readonly string[],
  desks: readonly { readonly storeId: string; readonly team: string | null }[],
  now: number,
): Promise<Set<string>> {
  if (caseIds.length === 0 || desks.length === 0) return new Set()
  const rows = await sql.query<{ pair: string }>(
    `select desk."storeId" || ' ' || case_id as pair
     from json_to_recordset($1::text::json) as desk("storeId" uuid, team text)
     join cases on case_id in (select value::uuid from json_array_elements_text($2::text::json))
     where (cases.team = desk.team and shift_until > $3::bigint)
       or exists (select from case_scopes s where s.case_id = cases.case_id and s.store_id = desk."storeId"
         and (s.until is null or s.until > $3::bigint))`,
    [JSON.stringify(desks.map(({ storeId, team }) => ({ storeId, team }))), JSON.stringify(caseIds), now],
  )
  return new Set(rows.map(({ pair }) => pair))
}

/** All cases that a desk follows now and that changed after a time, in the order of their opening. */
export async function selectInScope(
  sql: Tx,
  { storeId, team, now, changedAfter }: Desk & { readonly changedAfter: number },
): Promise<string[]> {
  // Two indexed ways in, instead of all cases looked at one by one.
  const rows = await sql.query<{ caseId: string }>(
    `select case_id as "caseId" from (
       select case_id from case_scopes where store_id = $1::uuid and (until is null or until > $3::bigint)
       union
       select case_id from cases where team = $2::text and shift_until > $3::bigint
     ) as mine join cases using (case_id)
     where changed_at > $4::bigint order by opened_at, case_id`,
    [storeId, team, now, changedAfter],
  )
  return rows.map(({ caseId }) => caseId)
}

/** Whoever follows one case follows another one as long. */
export async function copyScopes(sql: Tx, from: string, to: string): Promise<void> {
  await sql.query(
    `insert into case_scopes (case_id, store_id, until)
     select $2::uuid, store_id, until from case_scopes where case_id = $1::uuid on conflict do nothing`,
    [from, to],
  )
}
