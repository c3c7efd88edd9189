/**
 * How many legs stand on the list, told to whoever reads the ledger whenever it changes. What passes its ten minutes
 * does so without anybody's doing, and other nodes settle too: so a node that has readers looks every `pollMs`.
 */
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'

export type OpenWatch = {
  /** Something was told or settled here. */
  kick(): void
  /** Calls `tell` with the count now, and whenever it is another. */
  subscribe(tell: (open: number) => void): () => void
  close(): Promise<void>
}

export function createOpenWatch(count: () => Promise<number>, log: Log, pollMs: number): OpenWatch {
  /** Each with what it was told last. */
  const told = new Map<(open: number) => void, number | null>()
  let looking: Promise<void> | null = null
  let again = false
  let closed = false

  async function look(): Promise<void> {
    const open = await count()
    for (const [tell, last] of told) {
      if (last === open) continue
      told.set(tell, open)
      tell(open)
    }
  }

  function kick(): void {
    if (closed || told.size === 0) return
    // Whatever happened while it looked may not be in what it saw.
    if (looking !== null) return void (again = true)
    looking = look()
      .catch((error: unknown) => log('openWatchFailed', faultOf(error)))
      .finally(() => {
        looking = null
        if (!again) return
        again = false
        kick()
      })
  }

  const poll = setInterval(kick, pollMs)
  poll.unref()
  return {
    kick,
    subscribe(tell) {
      told.set(tell, null)
      kick()
      return () => void told.delete(tell)
    },
    async close() {
      closed = true
      clearInterval(poll)
      await looking
    },
  }
}
