import type { Database } from 'better-sqlite3'
import type { CaseEvent, CaseRecord } from '../../../shared/case/case-record.ts'
import { decideCase, foldCase } from '../../../shared/case/decide.ts'
import type { InitialsOf } from '../../../shared/kb/initials.ts'
import { must } from '../../../shared/errors.ts'
import {
  BATCH,
  PROTOCOL_VERSION,
  type Change,
  type Mutation,
  type SyncRequest,
  type SyncResponse,
} from '../../../shared/sync/protocol.ts'
import type { Articles } from '../db/articles.ts'
import type { Cases } from '../db/cases.ts'
import type { Meta } from '../db/meta.ts'
import type { Outbox } from '../db/outbox.ts'
import { isAboutValues } from '../failure.ts'
import { forgetCase, forgetStale } from '../forget.ts'

/** The tables that an exchange with central touches. */
export type ReplicaTables = {
  readonly db: Database
  readonly meta: Meta
  readonly outbox: Outbox
  readonly cases: Cases
  readonly articles: Articles
}

type CaseMutation = Mutation & { body: { kind: 'case' } }

/** The revision that a pending command was decided upon: central's, or what one's own earlier command led to. */
function baseRevision(mutation: CaseMutation, own: ReadonlyMap<string, number>): number {
  const { command } = mutation.body
  if (command.type === 'case.open') return 0
  return 'revision' in command.base
    ? command.base.revision
    : (own.get(command.base.mutation) ?? Number.MAX_SAFE_INTEGER)
}

/** A case as it is shown: central's events, those that the pending commands led to after them, and what they fold to. */
export type Projected = { readonly events: readonly CaseEvent[]; readonly record: CaseRecord | null }

/** Decides the pending commands of a case anew upon central's events (rule 2). */
export function projectEvents(events: readonly CaseEvent[], caseId: string, pending: readonly Mutation[]): Projected {
  const own = new Map<string, number>()
  const all = [...events]
  let record = foldCase(null, caseId, events)
  for (const mutation of pending) {
    if (mutation.body.kind !== 'case') continue
    const { id, at, author } = mutation
    const context = { at, by: author, mutation: id, baseRevision: baseRevision(mutation as CaseMutation, own) }
    const decided = decideCase(record, mutation.body.command, context)
    if (decided.ok) {
      record = foldCase(record, caseId, decided.value)
      all.push(...decided.value)
    }
    own.set(mutation.id, record?.revision ?? 0)
  }
  return { events: all, record }
}

/** The case as the operator sees it: central's events and her own pending commands. */
export function project(events: readonly CaseEvent[], caseId: string, pending: readonly Mutation[]): CaseRecord | null {
  return projectEvents(events, caseId, pending).record
}

/** Shows a case as it now stands; call it inside the transaction that changed its events or commands. */
export function showCase({ cases, outbox }: ReplicaTables, caseId: string, events: readonly CaseEvent[]): void {
  const record = project(events, caseId, outbox.pendingOfCase(caseId))
  if (record === null) cases.remove(caseId)
  else cases.put(record, events)
}

/** What the desk says next: its oldest unanswered mutations, and up to where it has seen the feed. */
export function nextRequest({ meta, outbox }: ReplicaTables): SyncRequest {
  return {
    protocol: PROTOCOL_VERSION,
    storeId: must(meta.get('storeId'), 'storeId'),
    epoch: meta.get('epoch'),
    cursor: Number(meta.get('cursor') ?? 0),
    last: meta.get('last'),
    mutations: outbox.pending(BATCH),
  }
}

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

function applyChange(tables: ReplicaTables, change: Change, initialsOf: InitialsOf): void {
  const { cases, articles } = tables
  if (change.kind === 'article') return articles.put(change.article, initialsOf(change.article.title))
  if (change.kind === 'articleWithdrawn') return articles.withdraw(change.id)
  // Words that hang on it keep it here; when they are sent the desk follows it again.
  if (change.kind === 'caseLeft') return cases.isHeld(change.caseId) ? undefined : forgetCase(tables, change.caseId)
  for (const caller of change.callers) cases.putCaller(caller)
  showCase(tables, change.caseId, change.events)
  cases.markFresh(change.caseId)
}

/**
 * Whether this file lacks what central took of it: then it is a copy, or an older state, of the file that sent that.
 * Asked before anything of the answer is taken.
 */
export function isCopy({ meta, outbox }: ReplicaTables, { last }: SyncResponse): boolean {
  return last !== null && last !== meta.get('last') && !outbox.has(last)
}

const isArticle = ({ kind }: Change) => kind === 'article' || kind === 'articleWithdrawn'

/** Told of what central sent and this desk could not take; the rest is taken, for a feed must not stand still. */
export type Skipped = (what: { readonly kind: string; readonly seq: number }, error: unknown) => void

/**
 * Takes central's answer in one transaction: answers, changes, cursor and clock together, or nothing.
 * Answers the cases of which central now has all that was done here.
 */
export function takeResponse(
  tables: ReplicaTables,
  request: SyncRequest,
  response: SyncResponse,
  clockOffset: number,
  initialsOf: InitialsOf,
  skipped: Skipped,
): string[] {
  const { db, meta, outbox, cases } = tables
  return db.transaction(() => {
    for (const answer of response.answers) outbox.answer(answer, response.now)
    // Nothing was looked at: the desk names the last one and sends again.
    const outOfTurn = response.answers.length === 0 && response.last !== request.last
    if (response.sendAgain) {
      outbox.sendAllAgain()
      meta.set('gathering', 'begin')
      meta.remove('last')
    } else if (!outOfTurn) {
      const answered = new Set(response.answers.map(({ id }) => id))
      outbox.defer(request.mutations.flatMap(({ id }) => (answered.has(id) ? [] : [id])))
    }
    if (response.last !== null && response.last !== request.last) {
      meta.set('last', response.last)
      outbox.markLast(response.last, response.now)
    }
    if (response.horizon !== null) meta.set('horizon', String(response.horizon))
    meta.set('epoch', response.epoch)
    meta.set('cursor', String(response.cursor))
    meta.set('clockOffset', String(Math.round(clockOffset)))

    if (meta.get('gathering') === 'begin') {
      cases.beginAnew()
      meta.set('gathering', 'on')
    }

    const shown = new Set<string>()
    const untaken = new Set<string>()
    const show = (what: { kind: string; seq: number; caseId?: string }, apply: () => void) => {
      const failed = attempt(db, apply)
      if (failed !== null) skipped({ kind: what.kind, seq: what.seq }, failed.error)
      if (what.caseId !== undefined) (failed === null ? shown : untaken).add(what.caseId)
    }
    // One savepoint for all articles: each by itself would make FTS5 write out a segment for each of them.
    const articles = response.changes.filter(isArticle)
    const whole = attempt(db, () => articles.forEach((change) => applyChange(tables, change, initialsOf)))
    for (const change of response.changes) {
      // Where one of them cannot be taken, each is tried by itself.
      if (!isArticle(change) || whole !== null) show(change, () => applyChange(tables, change, initialsOf))
    }
    for (const { id } of response.answers) {
      const caseId = outbox.caseOf(id)
      // A case whose change could not be taken stays as the desk decided it.
      if (caseId === null || shown.has(caseId) || untaken.has(caseId)) continue
      show({ kind: 'answer', seq: 0, caseId }, () => showCase(tables, caseId, cases.get(caseId)?.events ?? []))
    }
    if (!response.more && meta.get('gathering') === 'on' && outbox.waiting().waiting === 0) {
      forgetStale(tables)
      meta.remove('gathering')
    }
    const applied = new Set(
      response.answers.flatMap(({ id, status }) => (status === 'applied' ? [outbox.caseOf(id)] : [])),
    )
    return [...shown].filter((caseId) => applied.has(caseId) && outbox.pendingOfCase(caseId).length === 0)
  })()
}
