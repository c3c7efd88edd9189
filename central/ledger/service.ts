/** The ledger: taken from the exchanges by position, settled by what desks told, read by who leads and judges. */
import { callBackOf } from '../../shared/call/call-owed.ts'
import type { LedgerAnswer, LedgerEntry, LegWord } from '../../shared/ledger/entry.ts'
import { foldLeg } from '../../shared/ledger/fold-leg.ts'
import type { LegBatch, LegBatchAnswer } from '../../shared/ledger/leg-event.ts'
import { outcomeOf, SILENT_MS } from '../../shared/ledger/outcome.ts'
import type { Clock } from '../../shared/ports.ts'
import { may } from '../../shared/people/roles.ts'
import { maskPhone } from '../../shared/people/mask-caller.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import { lockNames } from '../db/sql.ts'
import type { Session } from '../http/access.ts'
import { storable } from '../storable.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import * as events from './event-sql.ts'
import * as outcomes from './outcome-sql.ts'
import * as entries from './read-sql.ts'

export type LedgerDeps = { readonly db: Db; readonly clock: Clock }

/** How many legs are settled at once. */
const PAGE = 500
const MOST_OPEN = 200
const MOST_BEGAN = 1000

/**
 * Takes a batch where it is the one that is waited for: its events, the rows that they make and the position are one
 * transaction. Otherwise nothing is done, and the answer says from where on to tell.
 */
export async function takeEvents({ db, clock }: LedgerDeps, exchange: string, sent: LegBatch): Promise<LegBatchAnswer> {
  const batch = storable(sent)
  return db.tx('sanxin_ledger', async (sql) => {
    const position = await events.holdPosition(sql, exchange, batch.source)
    if (position !== batch.from) return { position, taken: false }
    await events.insertStrange(sql, exchange, batch)
    const legs = [...new Set(batch.events.map(({ leg }) => leg))]
    if (legs.length > 0) {
      // Another file may tell of the same leg at the same moment: who comes second folds what both have told.
      await lockNames(
        sql,
        legs.map((leg) => `leg:${exchange}:${leg}`),
      )
      await events.insertEvents(sql, exchange, batch.events)
      const { areaCode } = await selectNumberPlan(sql)
      const known = await events.selectEvents(sql, exchange, legs)
      await events.upsertLegs(
        sql,
        exchange,
        legs.flatMap((leg) => foldLeg(known.get(leg) ?? []) ?? []),
        { areaCode, heardAt: clock.now() },
      )
    }
    await events.updatePosition(sql, exchange, batch)
    return { position: batch.to, taken: true }
  })
}

export function positionOf({ db }: LedgerDeps, exchange: string, source: string): Promise<number> {
  return db.tx('sanxin_ledger', (sql) => events.selectPosition(sql, exchange, source))
}

/** Settles what can be by what desks have told since, a page at a time, at most `pages`. */
export async function settle({ db, clock }: LedgerDeps, pages = Number.POSITIVE_INFINITY): Promise<void> {
  let after: outcomes.Unsettled | null = null
  for (let page = 0; page < pages; page += 1) {
    const last: outcomes.Unsettled | null = await db.tx('sanxin_ledger', (sql) => settlePage(sql, clock.now(), after))
    if (last === null) return
    after = last
  }
}

async function settlePage(sql: Tx, now: number, after: outcomes.Unsettled | null): Promise<outcomes.Unsettled | null> {
  await outcomes.lockOutcomes(sql, 'shared')
  const legs = await outcomes.selectUnsettled(sql, now - SILENT_MS, after, PAGE)
  if (legs.length === 0) return null
  const [told, plan] = await Promise.all([outcomes.selectTold(sql, legs), selectNumberPlan(sql)])
  const rows = legs.flatMap((leg, index) => {
    const one = told[index]
    if (one === undefined) return []
    const { exchange, leg: name } = leg
    return [{ exchange, leg: name, settled: outcomeOf(leg, one, plan), tries: callBackOf(one.others).tries }]
  })
  await outcomes.updateOutcomes(sql, rows, now)
  return legs.length < PAGE ? null : (legs.at(-1) ?? null)
}

/** What a reader asks for: the list of what has no outcome, or what began in a time (ms since the epoch). */
export type LedgerQuery = { readonly open: true } | { readonly from: number; readonly until: number }

/** The row as somebody may see it. With its case a number would tell who reported something: that is for few (sees-reporter.ts). */
function shownTo({ role }: Session, row: LedgerEntry, ofCases: ReadonlySet<string>): LedgerEntry {
  if ((row.caseId !== null || ofCases.has(row.leg)) && !may(role, 'reporters.read')) return { ...row, number: '***' }
  return may(role, 'callers.whole') ? row : { ...row, number: maskPhone(row.number) }
}

/** Numbers are whole for those alone who may have them whole; who looked stands in the audit. */
export async function readLedger(deps: LedgerDeps, query: LedgerQuery, session: Session): Promise<LedgerAnswer> {
  await settle(deps)
  const { db, clock } = deps
  const now = clock.now()
  const at = { now, silentSince: now - SILENT_MS }
  const answer = await db.tx(
    'sanxin_reader',
    async (sql) => {
      const found =
        'open' in query
          ? await entries.selectOpen(sql, at, MOST_OPEN)
          : await entries.selectBegan(sql, query.from, query.until, MOST_BEGAN)
      const open = await entries.countOpen(sql, at)
      const detail = { rows: found.length, open: 'open' in query }
      await appendAudit(sql, { at: now, actor: session.staffNo, place: session.storeId, action: 'ledger.read', detail })
      return { open, rows: found }
    },
    session,
  )
  // Beside the reader's own role, which may not see that somebody called about a report.
  const ofCases = await db.tx('sanxin_ledger', (sql) => outcomes.selectOfCases(sql, answer.rows))
  return { ...answer, rows: answer.rows.map((row) => shownTo(session, row, ofCases)) }
}

/** How many stand on the list now, for whoever may read it; no number is told, so nothing is audited. */
export async function countOpen(deps: LedgerDeps): Promise<number> {
  await settle(deps)
  const now = deps.clock.now()
  return deps.db.tx('sanxin_ledger', (sql) => entries.countOpen(sql, { now, silentSince: now - SILENT_MS }))
}

export type SettleAnswer = 'settled' | 'unknownLeg' | 'unknownCase'

/** Takes a leg from the list by the monitor's word; `unknownLeg` where it has an outcome, or is not known. */
export async function settleLeg(
  { db, clock }: LedgerDeps,
  word: LegWord,
  { staffNo, storeId }: Session,
): Promise<SettleAnswer> {
  const at = clock.now()
  return db.tx('sanxin_ledger', async (sql) => {
    const linked = 'caseNo' in word ? await outcomes.selectCaseByNumber(sql, storable(word.caseNo)) : null
    if ('caseNo' in word && linked === null) return 'unknownCase'
    const said = 'caseNo' in word ? { outcome: 'caseAmended' as const, reason: null } : word
    const { outcome, reason } = said
    const settled = { outcome, caseId: linked }
    const how = { at, by: staffNo, reason: reason === null ? null : storable(reason) }
    if (!(await outcomes.settleByHand(sql, word, settled, how))) return 'unknownLeg'
    const entry = { at, actor: staffNo, place: storeId, action: 'ledger.settled', object: word.leg } as const
    await appendAudit(sql, { ...entry, detail: { outcome } })
    return 'settled'
  })
}
