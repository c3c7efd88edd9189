/**
 * Carries what is owed, on every node: takes some under a lease, tries it, writes what became of it.
 *
 *   pending ──lease, try──► sent | byVoice | skipped
 *      ▲ └──failed, after a wait──┐ └──refused for good, or tried often enough──► dead ──a person──► pending | settled
 *      └──────────────────────────┘
 *   pending | dead | byVoice ──she left the case──► withdrawn ──it had gone by then──► sent
 *
 * A node that dies leaves its lease to run out; what it was trying is then tried again under the same id. Of one case
 * and receiver one goes after the other; one that died on the list lets the later ones go on.
 */
import { randomUUID } from 'node:crypto'
import { faultOf } from '../../shared/fault.ts'
import type { Clock, Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { backOffMs } from './back-off.ts'
import type { Carried, Carrier, Channel, Owed } from './carrier.ts'
import * as outbox from './sql.ts'

/** A try ends long before its lease does, so clocks of nodes may differ by most of this. */
const LEASE_MS = 60_000
/** So many of one receiver are tried at a time. */
const AT_ONCE = 4
/** What other nodes committed, and what waited, is looked for so often, in ms. */
const POLL_MS = 5000
/** Many commits are one reason to look. */
const COALESCE_MS = 200
/** The longest that a receiver may ask to be left alone, in ms. */
const LONGEST_AFTER_MS = 24 * 3_600_000

export type WorkerDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly carriers: readonly Carrier[]
  /** From 0 to below 1. */
  readonly random?: () => number
}
export type Worker = {
  /** Tries all that is due now; resolves when nothing of it is left. */
  round(): Promise<void>
  /** From now on it goes by itself. */
  start(): void
  /** There may be something new. */
  follow(): void
  /** Waits for what is on the way. */
  close(): Promise<void>
}

type Lane = { readonly channel: Channel; readonly target: string }

/** The worker of one node. */
export function createWorker({ db, clock, log, carriers, random = Math.random }: WorkerDeps): Worker {
  const byChannel = new Map(carriers.map((carrier) => [carrier.channel, carrier]))
  const busy = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | null = null
  let soon: NodeJS.Timeout | null = null
  let closing = false

  async function write(carrier: Carrier, owed: Owed, lease: string, carried: Carried): Promise<void> {
    const now = clock.now()
    const outcome = { id: owed.id, lease, now }
    const isOver = carried.became !== 'failed' || !carried.again || owed.tries >= carrier.mostTries
    const reason = 'reason' in carried ? carried.reason : null
    if (carried.became === 'failed' && !isOver) {
      const wait = Math.min(Math.max(backOffMs(owed.tries, random()), carried.afterMs ?? 0), LONGEST_AFTER_MS)
      await db.tx('sanxin_outbox', (sql) => outbox.delayOwed(sql, outcome, carried.reason, now + wait))
    } else {
      const status = outbox.statusOf[carried.became]
      await db.tx('sanxin_outbox', (sql) => outbox.endOwed(sql, outcome, { status, reason }))
    }
    const { channel } = carrier
    log('carried', { channel, kind: owed.kind, became: carried.became, tries: owed.tries, reason: reason ?? '' })
  }

  /** What its carrier cannot read is a try in vain like any other: it must not hold up what comes after it for ever. */
  async function tried(carrier: Carrier, owed: Owed): Promise<Carried> {
    try {
      const attempt = await db.tx('sanxin_outbox', (sql) => carrier.prepare(sql, owed, clock.now()))
      return typeof attempt === 'function' ? await attempt() : attempt
    } catch (error) {
      log('carryFailed', faultOf(error))
      return { became: 'failed', reason: 'unreadable', again: true }
    }
  }

  async function carry(carrier: Carrier, owed: Owed, lease: string): Promise<void> {
    await write(carrier, owed, lease, await tried(carrier, owed))
  }

  /** One receiver, until nothing of it is due: a slow one keeps nobody else waiting. */
  async function drain(lane: Lane, carrier: Carrier): Promise<void> {
    for (;;) {
      if (closing) return
      const lease = randomUUID()
      const now = clock.now()
      const taken = await db.tx('sanxin_outbox', (sql) =>
        outbox.leaseOwed(sql, lane, { lease, now, until: now + LEASE_MS, most: AT_ONCE }),
      )
      if (taken.length === 0) return
      // What cannot be written down now is tried again when its lease has run out.
      for (const one of await Promise.allSettled(taken.map((owed) => carry(carrier, owed, lease))))
        if (one.status === 'rejected') log('carryFailed', faultOf(one.reason))
    }
  }

  async function round(): Promise<void> {
    const now = clock.now()
    const lanes = await db.tx('sanxin_outbox', (sql) => outbox.selectTargets(sql, now, [...byChannel.keys()]))
    for (const lane of lanes) {
      const name = `${lane.channel}:${lane.target}`
      const carrier = byChannel.get(lane.channel)
      if (busy.has(name) || carrier === undefined || closing) continue
      const drained = drain(lane, carrier).finally(() => busy.delete(name))
      busy.set(name, drained)
    }
    await Promise.all(busy.values())
  }

  const quietRound = () => void round().catch((error: unknown) => log('outboxFailed', faultOf(error)))
  return {
    round,
    start() {
      if (carriers.length === 0) return
      timer ??= setInterval(quietRound, POLL_MS)
      quietRound()
    },
    follow() {
      if (timer === null || closing) return
      soon ??= setTimeout(() => {
        soon = null
        quietRound()
      }, COALESCE_MS)
    },
    async close() {
      closing = true
      if (timer !== null) clearInterval(timer)
      if (soon !== null) clearTimeout(soon)
      await Promise.allSettled(busy.values())
    },
  }
}
