/** What became of legs: what desks told of them, and the rows that are read (roles sanxin_ledger, sanxin_reader). */
import type { OtherCall } from '../../shared/call/call-owed.ts'
import type { LegEnding } from '../../shared/ledger/fold-leg.ts'
import { OUTCOME_MS, type Settled, type Told } from '../../shared/ledger/outcome.ts'
import type { Tx } from '../db/db.ts'

/** A leg by its exchange and its name there. */
export type LegName = { readonly exchange: string; readonly leg: string }

/** A leg that is over and has no outcome yet. */
export type Unsettled = LegName & {
  readonly number: string
  readonly beganAt: number
  readonly answeredAt: number | null
  readonly ending: LegEnding | null
}

/** The oldest legs without an outcome behind `after`, that have ended or of which nothing was heard since `silentSince`. */
export function selectUnsettled(
  sql: Tx,
  silentSince: number,
  after: Pick<Unsettled, 'beganAt' | 'exchange' | 'leg'> | null,
  limit: number,
): Promise<Unsettled[]> {
  return sql.query<Unsettled>(
    `select exchange, leg, number, began_at as "beganAt", answered_at as "answeredAt", ending from ledger
     where outcome is null and (ended_at is not null or heard_at < $1::bigint)
       and (began_at, exchange, leg) > ($2::bigint, $3::text, $4::text)
     order by began_at, exchange, leg limit $5::int`,
    [silentSince, after?.beganAt ?? -1, after?.exchange ?? '', after?.leg ?? '', limit],
  )
}

/** In which of these legs a case was opened, or to which they were joined, whatever their outcome is: it may have come first. */
export async function selectOfCases(sql: Tx, legs: readonly Pick<LegName, 'leg'>[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ leg: string }>(
    `select leg from json_array_elements_text($1::text::json) as asked(leg)
     where exists (select from cases where call_id = leg)
       or exists (select from calls where call_id = leg and case_id is not null)`,
    [JSON.stringify(legs.map(({ leg }) => leg))],
  )
  return new Set(rows.map(({ leg }) => leg))
}

type ToldRow = LegName & Omit<Told, 'others'>
type OtherRow = LegName & OtherCall

/** What desks told that concerns these legs, in their order. */
export async function selectTold(sql: Tx, legs: readonly LegName[]): Promise<Told[]> {
  const names = JSON.stringify(legs.map(({ exchange, leg }) => ({ exchange, leg })))
  const [told, others] = await Promise.all([selectWords(sql, names), selectOthers(sql, names)])
  const nameOf = ({ exchange, leg }: LegName) => JSON.stringify([exchange, leg])
  const byLeg = new Map(told.map((row) => [nameOf(row), row]))
  const othersOf = Map.groupBy(others, nameOf)
  return legs.map((leg) => {
    const row = byLeg.get(nameOf(leg))
    return {
      callOutcome: row?.callOutcome ?? null,
      settledOutcome: row?.settledOutcome ?? null,
      openedCase: row?.openedCase ?? null,
      joinedCase: row?.joinedCase ?? null,
      amendedCase: row?.amendedCase ?? null,
      others: othersOf.get(nameOf(leg)) ?? [],
    }
  })
}

/**
 * The call as its desk told it, the case that was opened in it, and one of the citizen that the same desk amended: asked
 * for only where no word of the operator's comes before it.
 *
 * Each leg is looked up by the keys of what it needs, one after the other (`offset 0`): left to itself PostgreSQL goes
 * through all cases once a leg while it does not know yet how many there are.
 */
function selectWords(sql: Tx, names: string): Promise<ToldRow[]> {
  return sql.query<ToldRow>(
    `select l.exchange, l.leg, c.outcome as "callOutcome", c.settled_outcome as "settledOutcome",
       coalesce((select (array_agg(case_id order by opened_at))[1] from cases where call_id = l.leg),
         case when c.settled_outcome is distinct from 'joinedCase' then c.case_id end) as "openedCase",
       case when c.settled_outcome = 'joinedCase' then c.case_id end as "joinedCase",
       case when l.answered_at is not null and l.phone_key <> '' and c.case_id is null
           and coalesce(c.settled_outcome, 'newCase') = 'newCase' then (
         select (array_agg(m.case_id order by m.at))[1] from callers k
         cross join lateral (select case_id from cases where caller_id = k.caller_id offset 0) own
         cross join lateral (
           select case_id, at, store_id from mutations
           where case_id = own.case_id and kind in ('case.edit', 'case.reply') and status = 'applied' offset 0
         ) m
         where k.phone_key = l.phone_key
           and m.at between l.answered_at and coalesce(l.ended_at, l.seen_at) + ${OUTCOME_MS}
           and m.store_id in (select store_id from call_facts f where f.call_id = l.leg and f.kind = 'answered')
       ) end as "amendedCase"
     from json_to_recordset($1::text::json) as asked(exchange text, leg text)
     cross join lateral (
       select * from ledger where exchange = asked.exchange and leg = asked.leg offset 0
     ) l left join calls c on c.call_id = l.leg`,
    [names],
  )
}

/**
 * The citizens' other calls: those that desks dialled (for that call, or later to that number), and later ones of hers
 * as exchanges and, where no exchange told of them, desks saw them.
 */
function selectOthers(sql: Tx, names: string): Promise<OtherRow[]> {
  return sql.query<OtherRow>(
    `with asked as (
       select l.exchange, l.leg, l.phone_key, l.began_at
       from json_to_recordset($1::text::json) as one(exchange text, leg text) join ledger l using (exchange, leg)
     ), dialled as (
       select a.exchange, a.leg, f.call_id, coalesce(f.detail ->> 'paysBack' = a.leg, false) as pays
       from asked a join call_facts f on f.kind = 'dialled' and f.detail ->> 'paysBack' = a.leg
       union
       select a.exchange, a.leg, f.call_id, coalesce(f.detail ->> 'paysBack' = a.leg, false)
       from asked a join calls c on c.phone_key = a.phone_key and a.phone_key <> ''
       join call_facts f on f.call_id = c.call_id and f.kind = 'dialled' and f.at > a.began_at
         and f.detail ->> 'purpose' = 'citizen'
     )
     select d.exchange, d.leg, 'out' as direction, c.answered_at is not null as answered, c.outcome, d.pays as "paysBack"
     from dialled d join calls c using (call_id) where c.outcome is not null or c.answered_at is not null
     union all
     select a.exchange, a.leg, 'in', n.answered_at is not null,
       case when n.answered_at is null then 'missed' else 'completed' end, false
     -- By the number, as the index ledger_by_number has it: by the time, all that came later is read for each.
     from asked a join ledger n on n.phone_key = a.phone_key and n.phone_key <> '' and n.began_at > a.began_at
       and n.ended_at is not null
     union all
     select a.exchange, a.leg, 'in', true, c.outcome, false
     from asked a join calls c on c.phone_key = a.phone_key and a.phone_key <> '' and c.answered_at > a.began_at
       and c.call_id <> a.leg
     where not exists (select from call_facts f where f.call_id = c.call_id and f.kind = 'dialled')`,
    [names],
  )
}

/** Settles legs that are not yet; `tries` alone goes on where there is no outcome. */
export async function updateOutcomes(
  sql: Tx,
  rows: readonly (LegName & { readonly settled: Settled | null; readonly tries: number })[],
  at: number,
): Promise<void> {
  const told = rows.map(({ settled, ...row }) => ({ ...row, ...settled }))
  await sql.query(
    `update ledger set outcome = told.outcome, case_id = told."caseId", tries = told.tries,
       settled_at = case when told.outcome is null then null else $2::bigint end
     from json_to_recordset($1::text::json)
       as told(exchange text, leg text, outcome text, "caseId" uuid, tries int)
     where ledger.exchange = told.exchange and ledger.leg = told.leg and ledger.outcome is null
       and (told.outcome is not null or told.tries <> ledger.tries)`,
    [JSON.stringify(told), at],
  )
}

/** The monitor's word on a leg that has no outcome; false where there is none such. */
export async function settleByHand(
  sql: Tx,
  { exchange, leg }: LegName,
  { outcome, caseId }: Settled,
  word: { readonly at: number; readonly by: string; readonly reason: string | null },
): Promise<boolean> {
  const rows = await sql.query(
    `update ledger set outcome = $3::text, case_id = $4::uuid, settled_at = $5::bigint, settled_by = $6::text,
       reason = $7::text
     where exchange = $1::text and leg = $2::text and outcome is null returning leg`,
    [exchange, leg, outcome, caseId, word.at, word.by, word.reason],
  )
  return rows.length > 0
}

/** The case of this number; null where there is none. */
export async function selectCaseByNumber(sql: Tx, caseNo: string): Promise<string | null> {
  const [row] = await sql.query<{ caseId: string }>('select case_id as "caseId" from cases where case_no = $1::text', [
    caseNo.toUpperCase(),
  ])
  return row?.caseId ?? null
}

/**
 * Holds what came of the legs until the end of the transaction: `shared` by who settles them by what desks told, `alone` by
 * who makes the case of one another. So nothing is settled by what holds no more.
 */
export async function lockOutcomes(sql: Tx, how: 'shared' | 'alone'): Promise<void> {
  const lock = how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await sql.query(`select ${lock}(hashtextextended('ledger outcomes', 0))`)
}

/** Role sanxin_desk. The legs of these calls, which were joined to one case, opened another one. */
export async function moveLegs(
  sql: Tx,
  calls: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await lockOutcomes(sql, 'alone')
  await sql.query(
    `update ledger set outcome = 'newCase', case_id = $3::uuid
     where leg in (select value from json_array_elements_text($1::text::json)) and case_id = $2::uuid
       and outcome = 'joinedCase'`,
    [JSON.stringify(calls), from, to],
  )
}
