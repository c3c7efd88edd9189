/**
 * Brings articles into the index in small turns, between all else that the store does: a command that comes waits
 * for no more than the turn that is under way.
 *
 *   idle ──wake──► quiet ──100 ms without news──► turn ──► turn ──► … nothing left ──► idle
 *                  ▲ │                              │
 *                  └─┴── wake: the desk is busy ────┘
 */
import { loadInitials, type InitialsOf } from '../../shared/kb/initials.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log, Timers } from '../../shared/ports.ts'
import type { TurnWork } from './db/article-index.ts'
import type { Articles } from './db/articles.ts'

type Deps = {
  readonly articles: Pick<Articles, 'unindexed' | 'indexTurn'>
  readonly timers: Timers
  /** Milliseconds that never go back. */
  readonly elapsed: () => number
  /** Called now and then while it goes on, and when nothing is left. */
  readonly progress: () => void
  readonly log: Log
}

/** The pages of a pull, and what follows on a save, come closer together than this. */
const QUIET_MS = 100
const RETRY_MS = 15_000
const TELL_MS = 500

/** A turn that took less is followed by one of twice its size, one that took more by half of it; each kind of work by itself. */
const SHORT_MS = 8
const LONG_MS = 16
/** In articles, or in pages of the index that are joined. Fewer save nothing: what each commit costs is the sync. */
const [FIRST, LEAST] = [64, 32]
/** What it takes to join the same number of pages swings tenfold from one turn to the next: a short one promises nothing. */
const MOST: Readonly<Record<TurnWork, number>> = { articles: 256, pages: 64 }

export type IndexTurns = {
  /** Something came in or goes on: indexing begins, or pauses, till it has been quiet for a moment. */
  wake(): void
}

export function createIndexTurns({ articles, timers, elapsed, progress, log }: Deps): IndexTurns {
  let initialsOf: InitialsOf | null = null
  const size: Record<TurnWork, number> = { articles: FIRST, pages: FIRST }
  let toldAt = Number.NEGATIVE_INFINITY
  let cancel = () => {}

  function after(ms: number): void {
    cancel()
    cancel = timers.after(ms, () => void run())
  }

  /** Whether something is left to do. */
  function turn(initials: InitialsOf): boolean {
    const began = elapsed()
    const work = articles.indexTurn(size.articles, initials, size.pages)
    const took = elapsed() - began
    if (work === null) return false
    if (took < SHORT_MS) size[work] = Math.min(size[work] * 2, MOST[work])
    if (took > LONG_MS) size[work] = Math.max(size[work] / 2, LEAST)
    return true
  }

  function tell(last: boolean): void {
    if (!last && elapsed() - toldAt < TELL_MS) return
    toldAt = elapsed()
    progress()
  }

  async function run(): Promise<void> {
    try {
      initialsOf ??= await loadInitials()
      const left = turn(initialsOf)
      tell(!left)
      if (left) after(0)
    } catch (error) {
      // A full disk takes nothing: what is not indexed stays so, and is tried again.
      log('indexFailed', faultOf(error))
      after(RETRY_MS)
    }
  }

  return {
    wake: () => {
      if (articles.unindexed() > 0) after(QUIET_MS)
    },
  }
}
