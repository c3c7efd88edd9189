/**
 * Tells desks that something new stands behind the feed's head. The first commit after a quiet moment is told at once;
 * looking costs, so those that follow are told together: after a rest as long as the last look took, at most
 * `coalesceMs`. Those of other nodes are found by asking every `pollMs`. A NOTIFY a transaction would cost every
 * writer almost three times as much.
 */
import type { Clock, Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { createOwnFeed, type OwnRows } from '../feed/own-rows.ts'
import { selectHead } from '../feed/sql.ts'
import { faultOf } from '../../shared/fault.ts'
import { readNews, type Listener } from './news.ts'

/** Hears of what is new, as the bytes of the message that says so; one and the same for many. */
export type Tell = (sign: Uint8Array) => void

export type HeadWatch = {
  /** Something may have been committed here: `own`, where that is known. */
  kick(own?: OwnRows): void
  /** Calls `tell` whenever something for this store, its team or all is new; resolves with the head now. */
  subscribe(listener: Listener, tell: Tell): Promise<{ head: number; stop: () => void }>
  close(): Promise<void>
}
export type WatchTimes = { readonly coalesceMs: number; readonly pollMs: number }

/** A timer of no milliseconds would still be one late. */
function startSoon(run: () => void): () => void {
  const soon = setImmediate(run)
  return () => clearImmediate(soon)
}

function startTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms).unref()
  return () => clearTimeout(timer)
}

type Subscriber = Listener & { readonly tell: Tell }

export function createHeadWatch(db: Db, clock: Clock, log: Log, { coalesceMs, pollMs }: WatchTimes): HeadWatch {
  const subscribers = new Set<Subscriber>()
  const own = createOwnFeed()
  let told: number | null = null
  let cancel: (() => void) | null = null
  let looking: Promise<void> | null = null
  let restUntil = Number.NEGATIVE_INFINITY
  let closed = false

  async function look(): Promise<void> {
    const began = performance.now()
    const known = told === null ? null : own.take(told)
    const news = await readNews(db, { from: told, known }, () => [...subscribers], clock.now())
    told = news.head
    for (const subscriber of subscribers) {
      const sign = news.to(subscriber)
      if (sign !== null) subscriber.tell(sign)
    }
    const ended = performance.now()
    restUntil = ended + Math.min(coalesceMs, ended - began)
  }

  function schedule(ms: number): void {
    if (closed || cancel !== null || subscribers.size === 0) return
    const run = () => {
      cancel = null
      looking = (looking ?? Promise.resolve())
        .then(look)
        .catch((error: unknown) => log('headWatchFailed', faultOf(error)))
    }
    cancel = ms > 0 ? startTimer(run, ms) : startSoon(run)
  }

  const poll = setInterval(() => schedule(0), pollMs)
  poll.unref()

  return {
    kick(rows) {
      if (rows === undefined) own.forget()
      else if (subscribers.size > 0) own.add(rows)
      schedule(Math.max(0, restUntil - performance.now()))
    },
    async subscribe(listener, tell) {
      const subscriber = { ...listener, tell }
      const { head } = await db.tx('sanxin_live', selectHead)
      // Nobody listened so far: nothing before this head is owed to anyone.
      if (subscribers.size === 0 || told === null) told = head
      subscribers.add(subscriber)
      return { head, stop: () => void subscribers.delete(subscriber) }
    },
    async close() {
      closed = true
      clearInterval(poll)
      cancel?.()
      await looking
    },
  }
}
