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

/** Decides the pending commands of a case anew upon central's events: what the operator sees (rule 2). */
export function project(events: readonly CaseEvent[], caseId: string, pending: readonly Mutation[]): CaseRecord | null {
  const own = new Map<string, number>()
  let record = foldCase(null, caseId, events)
  for (const mutation of pending) {
    if (mutation.body.kind !== 'case') continue
    const { command } = mutation.body
    const context = { at: mutation.at, by: mutation.author, baseRevision: baseRevision(mutation as CaseMutation, own) }
    const decided = decideCase(record, command, context)
    if (decided.ok) record = foldCase(record, caseId, decided.value)
    own.set(mutation.id, record?.revision ?? 0)
  }
  return record
}

/** Shows a case as it now stands; call it inside the transaction that changed its events or commands. */
export function showCase(
  { cases, outbox }: ReplicaTables,
  caseId: string,
  events: readonly CaseEvent[],
): CaseRecord | null {
  const record = project(events, caseId, outbox.pendingOfCase(caseId))
  if (record === null) cases.remove(caseId)
  else cases.put(record, events)
  return record
}

/** What the desk says next: its oldest unanswered mutations, and up to where it has seen the feed. */
export function nextRequest({ meta, outbox }: ReplicaTables): SyncRequest {
  return {
    protocol: PROTOCOL_VERSION,
    storeId: must(meta.get('storeId'), 'storeId'),
    epoch: meta.get('epoch'),
    cursor: Number(meta.get('cursor') ?? 0),
    mutations: outbox.pending(BATCH),
  }
}

function applyChange(
  { cases, articles }: ReplicaTables,
  change: Change,
  touched: Map<string, readonly CaseEvent[]>,
  initialsOf: InitialsOf,
): void {
  if (change.kind === 'article') return articles.put(change.article, initialsOf(change.article.title))
  if (change.kind === 'articleWithdrawn') return articles.withdraw(change.id)
  for (const caller of change.callers) cases.putCaller(caller)
  touched.set(change.caseId, change.events)
}

/**
 * Takes central's answer in one transaction: answers, changes, cursor and clock together, or nothing.
 * Answers the cases of which central now has all that was done here.
 */
export function takeResponse(
  tables: ReplicaTables,
  response: SyncResponse,
  clockOffset: number,
  initialsOf: InitialsOf,
): string[] {
  const { db, meta, outbox, cases } = tables
  return db.transaction(() => {
    const touched = new Map<string, readonly CaseEvent[]>()
    for (const change of response.changes) applyChange(tables, change, touched, initialsOf)
    for (const answer of response.answers) {
      outbox.answer(answer)
      const caseId = outbox.caseOf(answer.id)
      if (caseId !== null && !touched.has(caseId)) touched.set(caseId, cases.get(caseId)?.events ?? [])
    }
    const known = meta.get('epoch')
    if (known !== null && known !== response.epoch) outbox.sendAllAgain()
    meta.set('epoch', response.epoch)
    meta.set('cursor', String(response.cursor))
    meta.set('clockOffset', String(Math.round(clockOffset)))
    for (const [caseId, events] of touched) showCase(tables, caseId, events)
    const applied = new Set(
      response.answers.flatMap(({ id, status }) => (status === 'applied' ? [outbox.caseOf(id)] : [])),
    )
    return [...touched.keys()].filter((caseId) => applied.has(caseId) && outbox.pendingOfCase(caseId).length === 0)
  })()
}
