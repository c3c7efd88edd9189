/**
 * Tells desks that something new stands behind the feed's head. This process's own commits are told within
 * `coalesceMs` (many at once, in one message); those of other nodes are found by asking every `pollMs`.
 * A NOTIFY a transaction would cost every writer almost three times as much.
 */
import type { Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { selectHead, selectReadersBetween } from '../feed/sql.ts'
import { faultOf } from '../../shared/fault.ts'

export type HeadWatch = {
  /** Something may have been committed here. */
  kick(): void
  /** Calls `tell` with the head whenever something for this store, its team or all is new; resolves with the head now. */
  subscribe(reader: Reader, tell: (head: number) => void): Promise<{ head: number; stop: () => void }>
  close(): Promise<void>
}
export type WatchTimes = { readonly coalesceMs: number; readonly pollMs: number }

type Reader = { readonly storeId: string; readonly team: string | null }
type Subscriber = Reader & { readonly tell: (head: number) => void }

export function createHeadWatch(db: Db, log: Log, { coalesceMs, pollMs }: WatchTimes): HeadWatch {
  const subscribers = new Set<Subscriber>()
  let told: number | null = null
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  let closed = false

  async function look(): Promise<void> {
    const { head, readers } = await db.tx('sanxin_live', async (sql) => {
      const now = await selectHead(sql)
      const from = told ?? now.head
      return { head: now.head, readers: from < now.head ? await selectReadersBetween(sql, from, now.head) : [] }
    })
    // A head that went back means a restored database: from there on, every change is new again.
    told = head
    const all = readers.some(({ storeId, team }) => storeId === null && team === null)
    const stores = new Set(readers.map(({ storeId }) => storeId))
    const teams = new Set(readers.flatMap(({ team }) => team ?? []))
    for (const { storeId, team, tell } of subscribers)
      if (all || stores.has(storeId) || (team !== null && teams.has(team))) tell(head)
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
    async subscribe(reader, tell) {
      const subscriber = { ...reader, tell }
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
