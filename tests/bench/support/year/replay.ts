/** Sends a year of calls to central as desks and an exchange do, and says what must stand there then, and what does. */
import type { Tx } from '../../../../central/db/db.ts'
import type { Session } from '../../../../central/http/access.ts'
import { readLedger, settleLeg, type LedgerDeps } from '../../../../central/ledger/service.ts'
import { must } from '../../../../shared/errors.ts'
import { MOST_EVENTS, type LegBatch, type LegBatchAnswer, type LegEvent } from '../../../../shared/ledger/leg-event.ts'
import { BATCH, type Mutation, type MutationAnswer } from '../../../../shared/sync/protocol.ts'
import { pieces } from '../mutations.ts'
import type { Tally, Year } from './calls-of-year.ts'

export type YearDesk = {
  readonly deskCode: string
  sync(mutations: readonly Mutation[]): Promise<{ readonly answers: readonly MutationAnswer[] }>
}
export type YearRoad = {
  readonly desks: readonly YearDesk[]
  /** POST /ledger/events of the one exchange. */
  tell(batch: LegBatch): Promise<LegBatchAnswer>
}

/** So many desks send at the same time. */
const AT_ONCE = 4
/** Of so many batches one comes twice, as after an answer that was lost. */
const TWICE_IN = 20
const SOURCE = '2009'.padStart(64, '0')
const monitor: Session = {
  ...{ tokenHash: '', staffNo: '1010', name: '班长 1010', role: 'monitor', unit: null },
  ...{ storeId: null, deviceId: null, expiresAt: Number.MAX_SAFE_INTEGER },
}

function createExchange(tell: YearRoad['tell']) {
  let position = 0
  let told = 0
  return async (events: readonly LegEvent[]): Promise<void> => {
    for (const piece of pieces(events, MOST_EVENTS)) {
      const batch = { source: SOURCE, from: position, to: position + piece.length, events: piece, strange: [] }
      const { position: now, taken } = await tell(batch)
      must(taken || null, 'what is waited for is taken')
      position = now
      told += 1
      if (told % TWICE_IN === 0) must((await tell(batch)).taken ? null : true, 'what was taken is not taken again')
    }
  }
}

function createSender() {
  let sent = 0
  return async (desk: YearDesk, mutations: readonly Mutation[]): Promise<void> => {
    for (const batch of pieces(mutations, BATCH)) {
      sent += 1
      const times = sent % TWICE_IN === 0 ? 2 : 1
      for (let time = 0; time < times; time += 1) {
        const { answers } = await desk.sync(batch)
        const odd = answers.find(({ status }) => status !== 'applied')
        if (answers.length !== batch.length || odd !== undefined)
          throw new Error(`${answers.length} of ${batch.length} answered, ${JSON.stringify(odd)}`)
      }
    }
  }
}

/** Sends the whole year; `onStretch` hears how many calls are through. */
export async function replay(year: Year, road: YearRoad, onStretch: (calls: number) => void): Promise<void> {
  const tellAll = createExchange(road.tell)
  const send = createSender()
  let calls = 0
  for (const stretch of year.stretches()) {
    const waiting = [...stretch.ofDesks.entries()]
    const lane = async () => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
        const [index, mutations] = one
        await send(must(road.desks[index], 'a desk'), mutations)
      }
    }
    await Promise.all([tellAll(stretch.events), ...Array.from({ length: AT_ONCE }, lane)])
    calls += stretch.calls
    onStretch(calls)
  }
}

/** What nobody called back is left on the list, and settled by the monitor's word; answers how many that were. */
export async function settleByHand(deps: LedgerDeps): Promise<number> {
  const { rows, open } = await readLedger(deps, { open: true }, monitor)
  for (const { exchange, leg } of rows)
    await settleLeg(deps, { exchange, leg, outcome: 'settledByHand', reason: '号码已停用' }, monitor)
  return open
}

export type Counts = Readonly<Record<string, number>>

const named = (prefix: string, counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].map(([name, count]) => [`${prefix} ${name}`, count])
const inOrder = (counts: readonly [string, number][]): Counts =>
  Object.fromEntries(counts.toSorted(([a], [b]) => (a < b ? -1 : 1)))

export function countsMeant(tally: Tally): Counts {
  const { calls, mutations, facts, events, cases, accepted, ratings, kinds, codes, outcomes } = tally
  const amended = outcomes.get('caseAmended') ?? 0
  return inOrder([
    ...Object.entries({ calls, mutations, facts, events, cases, accepted, open: 0, quarantined: 0 }),
    ['calls by one leg each', calls],
    ['cases by one call each', cases],
    // Opened and replied to; what was added to it is a third.
    ['case events', 2 * cases + amended],
    ['callers', cases],
    ['ratings', ratings.count],
    ['sum of ratings', ratings.sum],
    ...named('kind', kinds),
    ...named('class', codes),
    ...named('outcome', outcomes),
  ])
}

/** The same, out of central's tables (as their owner). */
export async function countsFound(sql: Tx): Promise<Counts> {
  const single = {
    calls: 'count(*) from ledger',
    'calls by one leg each': 'count(distinct leg) from ledger',
    mutations: `count(*) from mutations where status = 'applied'`,
    facts: 'count(*) from call_facts',
    events: 'count(*) from ledger_events',
    cases: 'count(*) from cases',
    'cases by one call each': 'count(distinct call_id) from cases',
    'case events': 'count(*) from case_events',
    callers: 'count(*) from callers',
    accepted: `count(*) from cases where state = 'toDispatch'`,
    open: 'count(*) from ledger where outcome is null',
    quarantined: 'count(*) from quarantine',
    ratings: 'count(rating) from ledger',
    'sum of ratings': 'coalesce(sum(rating), 0) from ledger',
  }
  const found: [string, number][] = []
  for (const [name, query] of Object.entries(single)) {
    const [row] = await sql.query<{ n: number }>(`select ${query.replace(/ from/, '::int as n from')}`)
    found.push([name, must(row, 'a count').n])
  }
  for (const [prefix, query] of [
    ['kind', 'select kind as name, count(*)::int as n from cases group by 1'],
    ['class', 'select classification as name, count(*)::int as n from cases group by 1'],
    ['outcome', `select outcome as name, count(*)::int as n from ledger where outcome is not null group by 1`],
  ] as const) {
    const rows = await sql.query<{ name: string; n: number }>(query)
    found.push(...rows.map(({ name, n }): [string, number] => [`${prefix} ${name}`, n]))
  }
  return inOrder(found)
}
