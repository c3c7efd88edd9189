/** The cases as this desk shows them: central's events, and what its own pending commands make of them. */
import type { Database } from 'better-sqlite3'
import type { CaseEvent, CaseRecord } from '../../../shared/case/case-record.ts'
import { calledBefore } from '../../../shared/case/called-before.ts'
import { decideCase, foldCase } from '../../../shared/case/decide.ts'
import { seenOf } from '../../../shared/case/history.ts'
import type { Mutation } from '../../../shared/sync/protocol.ts'
import type { Articles } from '../db/articles.ts'
import type { Cases, Told } from '../db/cases.ts'
import type { KnownOperatorTable } from '../db/known-operators.ts'
import type { KbVersions } from '../db/kb-versions.ts'
import type { KbWords } from '../db/kb-words.ts'
import type { Directory } from '../db/directory.ts'
import type { Meta } from '../db/meta.ts'
import type { Outbox } from '../db/outbox.ts'
import type { RuleTables } from '../db/rule-tables.ts'

/** The tables that an exchange with central touches. */
export type ReplicaTables = {
  readonly db: Database
  readonly meta: Meta
  readonly outbox: Outbox
  readonly cases: Cases
  readonly articles: Articles
  readonly versions: KbVersions
  readonly kbWords: KbWords
  readonly directory: Directory
  readonly known: KnownOperatorTable
  readonly ruleTables: RuleTables
}

type CaseMutation = Mutation & { body: { kind: 'case' } }
type HersOf = (record: CaseRecord | null, mutation: CaseMutation) => ReadonlySet<string>

/** The revision that a pending command was decided upon: central's, or what one's own earlier command led to. */
function baseRevision(
  { body: { command } }: CaseMutation,
  events: readonly CaseEvent[],
  own: ReadonlyMap<string, number>,
): number {
  if (!('base' in command)) return 0
  return 'revision' in command.base
    ? seenOf(command.base, events)
    : (own.get(command.base.mutation) ?? Number.MAX_SAFE_INTEGER)
}

/** A case as it is shown: central's events, those that the pending commands led to after them, and what they fold to. */
export type Projected = { readonly events: readonly CaseEvent[]; readonly record: CaseRecord | null }

/** Decides the pending commands of a case anew upon central's events (rule 2). */
export function projectEvents(
  events: readonly CaseEvent[],
  caseId: string,
  pending: readonly Mutation[],
  hersOf: HersOf = () => new Set(),
): Projected {
  const own = new Map<string, number>()
  const all = [...events]
  let record = foldCase(null, caseId, events)
  for (const mutation of pending) {
    if (mutation.body.kind !== 'case') continue
    const { id, at, author } = mutation
    const [one, hers] = [mutation as CaseMutation, hersOf(record, mutation as CaseMutation)]
    // Whether she is who she says central alone finds out; here the one who took it down may know.
    const knowsReporter = author === record?.openedBy
    const wroteCaller = record !== null && all[record.groupRevisions.caller - 1]?.by === author
    const certain = { hers, knowsReporter, wroteCaller }
    const context = { at, by: author, mutation: id, baseRevision: baseRevision(one, events, own), ...certain }
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

/** Whose number a call has, of those who called about its case before, as far as this desk knows who they are. */
export function hersAmong(cases: Pick<Cases, 'keyOf' | 'caller' | 'get'>): HersOf {
  const keyOf = (phone: string | undefined) => (phone ? cases.keyOf(phone) : '')
  return (record, { body: { command, caller } }) => {
    if (command.type !== 'case.call') return new Set()
    // As what her call was handed over is what its case was then: by now it may be a report here.
    const isReporter = (callerId: string) => {
      const from = record?.life.calls.find((call) => call.callerId === callerId)?.from ?? null
      return from !== null && cases.get(from)?.record.secret === true
    }
    return calledBefore(record, keyOf(caller?.phone), (id) => (isReporter(id) ? '' : keyOf(cases.caller(id)?.phone)))
  }
}

/**
 * Shows a case as it now stands; call it inside the transaction that changed its events or commands. `told` is how
 * central told of it, where that was what changed.
 */
export function showCase(
  { cases, outbox }: Pick<ReplicaTables, 'cases' | 'outbox'>,
  caseId: string,
  events: readonly CaseEvent[],
  told: Told | null = null,
): void {
  const pending = told?.waits === false ? [] : outbox.pendingOfCase(caseId)
  const { record } = projectEvents(events, caseId, pending, hersAmong(cases))
  if (record === null) {
    // Where its opening cannot be read any more, what is shown of it are the last words of it that can.
    if (!outbox.lacksWordsOf(caseId)) cases.remove(caseId)
  } else cases.put(record, events, { own: pending.length > 0, told })
}
