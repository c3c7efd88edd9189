import type { Database } from 'better-sqlite3'
import { staffNoOfColleague } from '../../../shared/directory/entry.ts'
import { unhurried } from '../db/unhurried.ts'
import { endedBy } from '../ends-known.ts'
import { isAboutValues } from '../failure.ts'
import { callersOf } from '../../../shared/case/callers-of.ts'
import { forgetCase } from '../forget.ts'
import type { LivePage } from './live-page.ts'
import type { Received } from './read-changes.ts'
import { showCase, type ReplicaTables } from './replica.ts'

/** Runs what came from outside in a savepoint; where it fails for what it was given, nothing of it stands. */
function attempt(db: Database, apply: () => void): { readonly error: unknown } | null {
  try {
    db.transaction(apply)()
    return null
  } catch (error) {
    if (!isAboutValues(error)) throw error
    return { error }
  }
}

type Applied = { readonly at: number; readonly waits: boolean }

function applyChange(tables: ReplicaTables, change: Received, { at, waits }: Applied): void {
  const { cases, articles, versions, directory, ruleTables, known } = tables
  if (change.kind === 'article') {
    const { id, version } = change.article
    return articles.put(change.article, { bytes: change.bytes, before: () => versions.keep(id, version, at) })
  }
  if (change.kind === 'articleWithdrawn') return articles.withdraw(change.id, () => versions.keep(change.id, null, at))
  if (change.kind === 'directory') {
    const ends = endedBy(change.entry)
    if (ends !== null) known.remove(ends)
    return directory.put(change.entry)
  }
  if (change.kind === 'directoryWithdrawn') {
    const left = staffNoOfColleague(change.id)
    if (left !== null) known.remove(left)
    return directory.withdraw(change.id)
  }
  if (change.kind === 'table') return ruleTables.put(change.table)
  // Words that hang on it keep it here; when they are sent the desk follows it again.
  if (change.kind === 'caseLeft') return cases.isHeld(change.caseId) ? undefined : forgetCase(tables, change.caseId)
  for (const caller of change.callers) cases.putCaller(caller, false)
  // Who reports something is not brought: what came before it was a report goes.
  const brought = new Map(change.callers.map((caller) => [caller.callerId, caller]))
  const secret = callersOf(change.events).filter((callerId) => !brought.has(callerId))
  cases.removeBroughtCallers(change.caseId, secret)
  showCase(tables, change.caseId, change.events, { at, callers: brought, bytes: change.bytes, waits })
}

/** Told of what central sent and this desk could not take; the rest is taken, for a feed must not stand still. */
export type Skipped = (what: { readonly kind: string; readonly seq: number }, error: unknown) => void

type What = { readonly kind: string; readonly seq: number; readonly caseId?: string }

/** Which cases were shown anew, and which could not be; `show` shows one more. */
export type TakenChanges = {
  readonly shown: Set<string>
  readonly untaken: Set<string>
  show(what: What, apply: () => void): void
}

/** What central brought, and when, in ms of its clock. */
export type Brought = { readonly changes: readonly Received[]; readonly at: number }

/** Takes changes of the feed, each for itself; call it inside the transaction that sets the cursor. */
export function takeChanges(tables: ReplicaTables, { changes, at }: Brought, skipped: Skipped): TakenChanges {
  const { db, outbox } = tables
  const how = { at, waits: outbox.hasPending() }
  const shown = new Set<string>()
  const untaken = new Set<string>()
  const note = ({ kind, seq, caseId }: What, failed: { readonly error: unknown } | null) => {
    if (failed !== null) skipped({ kind, seq }, failed.error)
    if (caseId !== undefined) (failed === null ? shown : untaken).add(caseId)
  }
  const show = (what: What, apply: () => void) => note(what, attempt(db, apply))
  // One savepoint for all: each by itself costs, and makes FTS5 write out a segment for each that it takes out.
  const whole = attempt(db, () => changes.forEach((change) => applyChange(tables, change, how)))
  for (const change of changes) {
    if (whole === null) note(change, null)
    // Where one of them cannot be taken, each is tried by itself.
    else show(change, () => applyChange(tables, change, how))
  }
  return { shown, untaken, show }
}

/**
 * Takes what central brought along with its sign, `at` by central's clock, where this desk stands just before it: changes and cursor in one
 * transaction. False where it stands elsewhere, or begins anew: then it must pull.
 */
export function takeLivePage(tables: ReplicaTables, page: LivePage, at: number, skipped: Skipped): boolean {
  const { db, meta } = tables
  const take = db.transaction(() => {
    const here = meta.get('epoch') === page.epoch && Number(meta.get('cursor') ?? 0) === page.from
    if (!here || meta.get('gathering') !== null) return false
    takeChanges(tables, { changes: page.changes, at }, skipped)
    meta.set('cursor', String(page.head))
    return true
  })
  return unhurried(db, take)
}
