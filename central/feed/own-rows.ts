/** What a node has committed itself and not told yet: nobody need ask the database for it. */
import type { NewRow } from './sql.ts'

/** Rows of the feed that were committed, and the epoch in which they were. */
export type OwnRows = { readonly epoch: string; readonly rows: readonly NewRow[] }

/** More are not kept. */
const MOST_ROWS = 2000

export type OwnFeed = {
  add(own: OwnRows): void
  /** Something was committed here whose rows are not known: until the next taking nothing is known whole. */
  forget(): void
  /**
   * All that stands behind a position, up to the last that is known here; null where that has a gap, as other nodes
   * leave it, or spans two epochs. Nothing is kept after that.
   */
  take(from: number): OwnRows | null
}

export function createOwnFeed(): OwnFeed {
  /** Null: there is more than is known. */
  let kept: OwnRows[] | null = []
  return {
    add: (own) => {
      if (kept === null) return
      const all = [...kept, own]
      kept = all.reduce((sum, { rows }) => sum + rows.length, 0) > MOST_ROWS ? [] : all
    },
    forget: () => {
      kept = null
    },
    take: (from) => {
      const all = kept
      kept = []
      if (all === null) return null
      const epoch = all[0]?.epoch
      // Of two requests the later one may have been answered first.
      const rows = all.flatMap((one) => one.rows.filter(({ seq }) => seq > from)).toSorted((a, b) => a.seq - b.seq)
      if (epoch === undefined || rows.length === 0 || all.some((one) => one.epoch !== epoch)) return null
      return rows.every(({ seq }, index) => seq === from + index + 1) ? { epoch, rows } : null
    },
  }
}
