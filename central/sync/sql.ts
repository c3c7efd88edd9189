import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { MutationAnswer } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import { columnsOf, inPieces, ONE_BY_ONE } from '../db/sql.ts'

/** What became of a mutation that came before, and what its author had seen. */
export type Earlier = {
  readonly caseId: string | null
  readonly storeId: string | null
  readonly status: MutationAnswer['status']
  readonly code: string | null
  readonly revision: number | null
  readonly seenRevision: number | null
}

/** Those of these mutations that are known, by id. */
export async function selectEarlier(sql: Tx, ids: readonly string[]): Promise<Map<string, Earlier>> {
  const rows = await sql.query<Earlier & { id: string }>(
    `select found.* from json_array_elements_text($1::text::json) as one(id), lateral (
       select id, case_id as "caseId", store_id as "storeId", status, code, revision, seen_revision as "seenRevision"
       from mutations where id = one.id::uuid ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** The cases and calls, by id, that stood when their locks were had. */
export type Standing = { readonly cases: ReadonlySet<string>; readonly calls: ReadonlySet<string> }

/**
 * Locks those of these cases and calls that stand, until the end of the transaction, as lockNames does: of one there is
 * one at a time. One that does not stand yet has no lock, or batches of nothing but new ones would wait for each other
 * behind shared locks; whoever inserts it second meets its key, and begins anew.
 */
export async function lockStanding(sql: Tx, caseIds: readonly string[], callIds: readonly string[]): Promise<Standing> {
  const rows = await sql.query<{ id: string; isCase: boolean }>(
    `with standing as (
       select one.id, true as is_case from json_array_elements_text($1::text::json) as one(id),
         lateral (select from cases where case_id = one.id::uuid ${ONE_BY_ONE}) as found
       union all
       select one.id, false from json_array_elements_text($2::text::json) as one(id),
         lateral (select from calls where call_id = one.id ${ONE_BY_ONE}) as found
     )
     select id, is_case as "isCase" from standing
     where (select count(lock) from (
       select pg_advisory_xact_lock(12345, bucket)::text as lock from (
         select distinct hashtext(case when is_case then 'case:' else 'call:' end || id) & 255 as bucket
         from standing order by 1
       ) as buckets
     ) as held) > 0`,
    [JSON.stringify([...new Set(caseIds)]), JSON.stringify([...new Set(callIds)])],
  )
  const idsOf = (isCase: boolean) => new Set(rows.flatMap((row) => (row.isCase === isCase ? [row.id] : [])))
  return { cases: idsOf(true), calls: idsOf(false) }
}

/** Whose mutations came when, in ms; both null where no desk sent them: a step in the life of a case. */
export type Sending = { readonly storeId: string | null; readonly deviceId: string | null; readonly receivedAt: number }

export type MutationRow = {
  id: string
  author: string | null
  sessionId: string | null
  /** Whether the session was seen to be the author's, at this device and at that time. */
  sessionChecked: boolean
  at: number | null
  kind: string | null
  caseId: string | null
  status: MutationAnswer['status']
  code: string | null
  revision: number | null
  seenRevision: number | null
}

const mutationColumns = columnsOf<keyof MutationRow>(
  {
    ...{ id: 'uuid', author: 'text', sessionId: 'uuid', sessionChecked: 'boolean', at: 'bigint', kind: 'text' },
    ...{ caseId: 'uuid', status: 'text', code: 'text', revision: 'int', seenRevision: 'int' },
  },
  4,
)

export async function insertMutations(
  sql: Tx,
  { storeId, deviceId, receivedAt }: Sending,
  rows: readonly MutationRow[],
): Promise<void> {
  const inserted = `insert into mutations (store_id, device_id, received_at, id, author, session_id, session_checked, at, kind,
       case_id, status, code, revision, seen_revision)
     select $1::uuid, $2::uuid, $3::bigint, fresh.* from ${mutationColumns.from} as fresh`
  await inPieces(rows, (piece) => sql.query(inserted, [storeId, deviceId, receivedAt, ...mutationColumns.bind(piece)]))
}

/** Keeps what could not be applied word for word, as the JSON that came. */
export async function insertQuarantine(
  sql: Tx,
  rows: readonly { readonly id: string; readonly reason: string; readonly raw: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into quarantine (mutation_id, reason, raw)
     select * from json_to_recordset($1::text::json) as strange(id uuid, reason text, raw text)`,
    [JSON.stringify(rows)],
  )
}

/** Where a store's own part of the feed begins, and for which epoch that holds. */
export type Entered = { readonly enteredEpoch: string | null; readonly enteredFrom: number }

/** `last` is the newest mutation taken of the store. */
export type HeldStore = Entered & { readonly last: string | null }

/** A store, held until the end of the transaction, with what was told last of unproved work (unproved.ts): of one store there is one request at a time. */
export async function holdStore(sql: Tx, storeId: string): Promise<HeldStore & { readonly unproved: string | null }> {
  const [row] = await sql.query<HeldStore & { unproved: string | null }>(
    `select last_id as last, entered_epoch as "enteredEpoch", entered_from as "enteredFrom", unproved
     from stores where store_id = $1::uuid for no key update`,
    [storeId],
  )
  return row ?? { last: null, enteredEpoch: null, enteredFrom: 0, unproved: null }
}

export async function updateLast(sql: Tx, storeId: string, id: string, unproved: string | null): Promise<void> {
  await sql.query('update stores set last_id = $2::uuid, unproved = $3::text where store_id = $1::uuid', [
    storeId,
    id,
    unproved,
  ])
}

/** Somebody of the staff; `deskUntil` (ms) is since when she works at no desk any more, null where that says nothing. */
export type StaffAuthor = {
  readonly staffNo: string
  readonly role: StaffRole
  readonly active: boolean
  readonly deskUntil: number | null
}

/** Those of these people who are known here, working or not, by staff number. */
export async function selectStaffAuthors(sql: Tx, staffNos: readonly string[]): Promise<Map<string, StaffAuthor>> {
  const rows = await sql.query<StaffAuthor>(
    `select found.* from json_array_elements_text($1::text::json) as one(no), lateral (
       select staff_no as "staffNo", role, active, desk_until as "deskUntil" from staff where staff_no = one.no ${ONE_BY_ONE}
     ) as found`,
    [JSON.stringify([...new Set(staffNos)])],
  )
  return new Map(rows.map((row) => [row.staffNo, row]))
}

/** Whose a session is, at which device, and from when until when, in ms; `endedAt` is null where nothing ended it early. */
export type SessionAuthor = {
  readonly staffNo: string
  readonly deviceId: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly endedAt: number | null
}

/** These sessions; one that is not known here is not among them. They are kept after their end. */
export async function selectSessionAuthors(
  sql: Tx,
  sessionIds: readonly string[],
): Promise<Map<string, SessionAuthor>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await sql.query<SessionAuthor & { sessionId: string }>(
    `select session_id as "sessionId", staff_no as "staffNo", device_id as "deviceId", created_at as "createdAt",
       expires_at as "expiresAt", ended_at as "endedAt" from sessions
     where session_id in (select value::uuid from json_array_elements_text($1::text::json))`,
    [JSON.stringify([...new Set(sessionIds)])],
  )
  return new Map(rows.map(({ sessionId, ...author }) => [sessionId, author]))
}

/** How a store stands with the feed, and the oldest backup since `usableAfter` that is whole. Times in ms. */
export type StorePlace = HeldStore & { readonly oldestBackup: number | null }

export async function selectPlace(sql: Tx, storeId: string, usableAfter: number): Promise<StorePlace> {
  const [row] = await sql.query<StorePlace>(
    `select last_id as last, entered_epoch as "enteredEpoch", entered_from as "enteredFrom",
       (select min(at) from backups where whole and at > $2::bigint) as "oldestBackup"
     from stores where store_id = $1::uuid`,
    [storeId, usableAfter],
  )
  return row ?? { last: null, enteredEpoch: null, enteredFrom: 0, oldestBackup: null }
}

export async function updateEntered(sql: Tx, storeId: string, epoch: string, from: number): Promise<void> {
  await sql.query('update stores set entered_epoch = $2::text, entered_from = $3::bigint where store_id = $1::uuid', [
    storeId,
    epoch,
    from,
  ])
}
