/**
 * What a request wrote, as its answer tells it: without reading back what was at hand a moment before. A row of the feed
 * says how a case stood at its position, so what stands behind the request's own rows is what it wrote itself; whoever
 * changed the case since has added a row behind them, and that one is read.
 */
import type { WholeCase, Written } from '../cases/case-book.ts'
import type { FeedEntry, FeedRow, Span } from '../feed/sql.ts'

/** The last rows of a request, and by their positions those that are for the desk which sent it. */
export type JustWritten = Span & { readonly rows: ReadonlyMap<number, FeedRow & { readonly whole: WholeCase }> }

/** The rows to append, those of cases that are known whole behind all others. */
export function wholeLast({ told, whole }: Written): FeedEntry[] {
  const isWhole = ({ ref }: FeedEntry) => whole.has(ref)
  return [...told.filter((entry) => !isWhole(entry)), ...told.filter(isWhole)]
}

/** What of these rows, appended behind the position `before`, the answer to this desk need not read; null for nothing. */
export function justWritten(
  { storeId, team }: { readonly storeId: string; readonly team: string | null },
  appended: readonly FeedEntry[],
  before: number,
  whole: Written['whole'],
): JustWritten | null {
  const first = appended.findIndex(({ ref }) => whole.has(ref))
  if (first === -1) return null
  const isHers = (entry: FeedEntry) => entry.storeId === storeId || (team !== null && entry.team === team)
  const rows = appended.flatMap((entry, index) => {
    const one = index < first ? undefined : whole.get(entry.ref)
    if (one === undefined || !isHers(entry)) return []
    const seq = before + index + 1
    // Whose hand it was follows the case for good.
    return [[seq, { seq, kind: entry.kind, ref: entry.ref, bytes: one.bytes, follows: true, whole: one }] as const]
  })
  return { after: before + first, to: before + appended.length, rows: new Map(rows) }
}
