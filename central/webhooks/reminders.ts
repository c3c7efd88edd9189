/**
 * Reminders of deadlines (rules W7): what a unit owes and has come to amber or red with is an event for its system, once
 * for each step of each deadline, over all nodes. On every node, a minute after the other.
 */
import { faultOf } from '../../shared/fault.ts'
import type { Clock, Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import type { EventData } from './events-of.ts'
import { takeReached, type Reached } from './reminders-sql.ts'
import { insertDeliveries, type EventRow } from './sql.ts'

/** How often deadlines are looked at, in ms. */
const LOOK_MS = 60_000
/** So many cases a transaction. */
const TURN_CASES = 200

function reminderOf({ caseId, revision, unit, others, due, step, isRed, at, ...rest }: Reached): EventRow {
  const kind = isRed ? 'case.red' : 'case.amber'
  const data: EventData = { ...rest, unit, others, due }
  // Who takes part owes nothing by this deadline.
  return { kind, key: `${caseId} ${step}`, caseId, revision, at, units: [unit], data }
}

export type ReminderDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  /** There is something to deliver. */
  readonly committed: () => void
}
export type Reminders = {
  /** Reminds of all that has come to it by now; resolves when nothing is left. */
  round(): Promise<void>
  /** From now on it goes by itself. */
  start(): void
  /** Waits for what is under way. */
  close(): Promise<void>
}

/** The reminders of one node. */
export function createReminders({ db, clock, log, committed }: ReminderDeps): Reminders {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let closing = false

  async function turn(): Promise<number> {
    const now = clock.now()
    return db.tx('sanxin_desk', async (sql) => {
      const reached = await takeReached(sql, now, TURN_CASES)
      await insertDeliveries(sql, reached.map(reminderOf), now)
      return reached.length
    })
  }

  async function round(): Promise<void> {
    let cases = 0
    for (;;) {
      if (closing) break
      const taken = await turn()
      cases += taken
      if (taken < TURN_CASES) break
    }
    if (cases === 0) return
    log('deadlinesReached', { cases })
    committed()
  }

  const quietRound = () => {
    running ??= round()
      .catch((error: unknown) => log('remindFailed', faultOf(error)))
      .finally(() => (running = null))
  }
  return {
    round,
    start() {
      timer ??= setInterval(quietRound, LOOK_MS)
      quietRound()
    },
    async close() {
      closing = true
      if (timer !== null) clearInterval(timer)
      await running
    },
  }
}
