/** What a desk lets go of: what central no longer gives it, what is old, and what a copied file must not go on with. */
import { KEEP_MS } from '../../shared/sync/keep.ts'
import type { Ids, Log } from '../../shared/ports.ts'
import type { Calls } from './db/calls.ts'
import { storageFailure } from './failure.ts'
import type { ReplicaTables } from './sync/replica.ts'

/** A purge holds the store for a moment: so many rows at a time, and the rest with the next. */
const AT_ONCE = 500
const TIDY_MS = 3_600_000

/** Takes a case off the desk, with who called; call it inside a transaction. */
export function forgetCase({ cases }: Pick<ReplicaTables, 'cases'>, caseId: string): void {
  const named = cases.named(caseId)
  cases.remove(caseId)
  cases.removeCallers(named)
}

/** Takes away what central did not bring when the desk pulled from the start; call it inside a transaction. */
export function forgetStale(tables: Pick<ReplicaTables, 'cases'>): void {
  for (const caseId of tables.cases.stale()) forgetCase(tables, caseId)
}

/**
 * Lets go of what is old: what central answered before its horizon, for that stands in every backup; then cases on
 * which nothing of this desk hangs any more; then calls, and what articles said before. What central has not taken, what was refused and nobody has
 * dealt with, and drafts are never touched. Answers whether there may be more.
 */
export function purge(
  { db, outbox, cases, versions, kbWords, meta }: ReplicaTables,
  calls: Calls,
  now: number,
): boolean {
  const horizon = Number(meta.get('horizon') ?? 0)
  return db.transaction(() => {
    const sent = outbox.purge(horizon, AT_ONCE, now)
    const old = cases.old(now - KEEP_MS, AT_ONCE)
    for (const caseId of old) forgetCase({ cases }, caseId)
    cases.removeUnnamed()
    const gone = calls.purge(now - KEEP_MS, AT_ONCE)
    const said = versions.purge(now - KEEP_MS, AT_ONCE)
    const counted = kbWords.purge(now - KEEP_MS, AT_ONCE)
    return [sent, old.length, gone, said, counted].some((count) => count === AT_ONCE)
  })()
}

/** Purges once an hour, and until nothing is left; what a full disk does not let go of goes with a later time. */
export function createTidier(tables: ReplicaTables, calls: Calls, now: () => number, log: Log): () => void {
  let tidiedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (now() - tidiedAt < TIDY_MS) return
    try {
      if (!purge(tables, calls, now())) tidiedAt = now()
    } catch (error) {
      const failure = storageFailure(error)
      if (failure === null) throw error
      log('purgeFailed', { code: failure.code })
    }
  }
}

/**
 * This file is a copy, or an older state, of one that went on: it must issue no number and speak for nobody until an
 * administrator enrols it as another desk. Drafts and what central may not have stay, and are sent from there.
 */
export function becomeStranger({ db, meta, outbox, cases }: ReplicaTables, ids: Ids): void {
  db.transaction(() => {
    for (const key of ['device', 'deskCode', 'epoch', 'cursor', 'last', 'horizon', 'gathering']) meta.remove(key)
    meta.set('storeId', ids.next())
    meta.set('stranger', '1')
    outbox.forgetTaken()
    // What was refused was so for that desk; a central that was set back since may have taken it from there.
    outbox.sendAllAgain()
    cases.beginAnew()
    forgetStale({ cases })
  })()
}
