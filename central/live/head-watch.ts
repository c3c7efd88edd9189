/**
 * Tells desks that something new stands behind the feed's head. This process's own commits are told within
 * `coalesceMs` (many at once, in one message); those of other nodes are found by asking every `pollMs`.
 * A NOTIFY a transaction would cost every writer almost three times as much.
 */
import type { Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { selectHead, selectStoresBetween } from '../feed/sql.ts'
import { faultOf } from '../../shared/fault.ts'

export type HeadWatch = {
  /** Something may have been committed here. */
  kick(): void
  /** Calls `tell` with the head whenever something for this store (or all) is new; resolves with the head now. */
  subscribe(storeId: string, tell: (head: number) => void): Promise<{ head: number; stop: () => void }>
  close(): Promise<void>
}
export type WatchTimes = { readonly coalesceMs: number; readonly pollMs: number }

type Subscriber = { readonly storeId: string; readonly tell: (head: number) => void }

export function createHeadWatch(db: Db, log: Log, { coalesceMs, pollMs }: WatchTimes): HeadWatch {
  const subscribers = new Set<Subscriber>()
  let told: number | null = null
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  let closed = false

  async function look(): Promise<void> {
    const { head, stores } = await db.tx('sanxin_live', async (sql) => {
      const now = await selectHead(sql)
      const from = told ?? now.head
      return { head: now.head, stores: from < now.head ? await selectStoresBetween(sql, from, now.head) : [] }
    })
    // A head that went back means a restored database: from there on, every change is new again.
    told = head
    const all = stores.includes(null)
    for (const { storeId, tell } of subscribers) if (all || stores.includes(storeId)) tell(head)
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
    kick: () => schedule(coalesceMs),
    async subscribe(storeId, tell) {
      const subscriber = { storeId, tell }
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
