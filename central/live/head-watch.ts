/**
 * Tells desks that something new stands behind the feed's head. The first commit after a quiet moment is told at once;
 * looking costs, so those that follow are told together: after a rest of four times what the last look took, at most
 * `coalesceMs`. Those of other nodes are found by asking every `pollMs`. A NOTIFY a transaction would cost every
 * writer almost three times as much.
 */
import type { Clock, Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { selectHead } from '../feed/sql.ts'
import { faultOf } from '../../shared/fault.ts'
import { readNews, type Listener } from './news.ts'

/** Hears of a head, and of what is new up to it where that is small: a page as JSON text. */
export type Tell = (head: number, page: string | null) => void

export type HeadWatch = {
  /** Something may have been committed here. */
  kick(): void
  /** Calls `tell` whenever something for this store, its team or all is new; resolves with the head now. */
  subscribe(listener: Listener, tell: Tell): Promise<{ head: number; stop: () => void }>
  close(): Promise<void>
}
export type WatchTimes = { readonly coalesceMs: number; readonly pollMs: number }

/** How many times as long as it looked it rests. */
const REST = 4

type Subscriber = Listener & { readonly tell: Tell }

export function createHeadWatch(db: Db, clock: Clock, log: Log, { coalesceMs, pollMs }: WatchTimes): HeadWatch {
  const subscribers = new Set<Subscriber>()
  let told: number | null = null
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  let restUntil = Number.NEGATIVE_INFINITY
  let closed = false

  async function look(): Promise<void> {
    const began = performance.now()
    const news = await readNews(db, told, () => [...subscribers], clock.now())
    told = news.head
    for (const subscriber of subscribers) {
      const mine = news.to(subscriber)
      if (mine !== null) subscriber.tell(news.head, mine.page)
    }
    const ended = performance.now()
    restUntil = ended + Math.min(coalesceMs, REST * (ended - began))
  }

  function schedule(ms: number): void {
    if (closed || timer !== null || subscribers.size === 0) return
    timer = setTimeout(() => {
      timer = null
      looking = (looking ?? Promise.resolve())
        .then(look)
        .catch((error: unknown) => log('headWatchFailed', faultOf(error)))
    }, ms)
    timer.unref()
  }

  const poll = setInterval(() => schedule(0), pollMs)
  poll.unref()

  return {
    kick: () => schedule(Math.max(0, restUntil - performance.now())),
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
      if (timer !== null) clearTimeout(timer)
      await looking
    },
  }
}
