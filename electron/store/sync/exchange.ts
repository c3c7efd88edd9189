/** One exchange with central: what the desk says, and how it takes the answer. */
import { must } from '../../../shared/errors.ts'
import { BATCH, PROTOCOL_VERSION, type SyncRequest } from '../../../shared/sync/protocol.ts'
import { unhurried } from '../db/unhurried.ts'
import { forgetStale } from '../forget.ts'
import type { Answered } from './read-changes.ts'
import { showCase, type ReplicaTables } from './replica.ts'
import { takeChanges, type Skipped } from './take-changes.ts'

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

/**
 * Whether this file lacks what central took of it: then it is a copy, or an older state, of the file that sent that.
 * Asked before anything of the answer is taken.
 */
export function isCopy({ meta, outbox }: ReplicaTables, { last }: Answered): boolean {
  return last !== null && last !== meta.get('last') && !outbox.has(last)
}

/** Whether all of an answer comes again to a desk that has lost it: it answers nothing that was done here. */
function comesAgain(request: SyncRequest, { answers, last, sendAgain }: Answered): boolean {
  return answers.length === 0 && last === request.last && !sendAgain
}

/**
 * Takes central's answer in one transaction: answers, changes, cursor and clock together, or nothing; `clockOffset`
 * is null where the answer says nothing of the clock.
 * Answers the cases of which central now has all that was done here.
 */
export function takeResponse(
  tables: ReplicaTables,
  request: SyncRequest,
  response: Answered,
  clockOffset: number | null,
  skipped: Skipped,
): string[] {
  const { db, meta, outbox, cases, ruleTables } = tables
  const take = db.transaction(() => {
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
      outbox.rememberLast(response.last)
    }
    if (response.horizon !== null) meta.set('horizon', String(response.horizon))
    meta.set('epoch', response.epoch)
    meta.set('cursor', String(response.cursor))
    if (clockOffset !== null) meta.set('clockOffset', String(Math.round(clockOffset)))

    if (meta.get('gathering') === 'begin') {
      cases.beginAnew()
      ruleTables.beginAnew()
      meta.set('gathering', 'on')
    }

    const { shown, show, untaken } = takeChanges(tables, { changes: response.changes, at: response.now }, skipped)
    for (const { id } of response.answers) {
      const caseId = outbox.caseOf(id)
      // A case whose change could not be taken stays as the desk decided it.
      if (caseId === null || shown.has(caseId) || untaken.has(caseId)) continue
      show({ kind: 'answer', seq: 0, caseId }, () => showCase(tables, caseId, cases.get(caseId)?.events ?? []))
    }
    if (!response.more && meta.get('gathering') === 'on' && outbox.waiting().waiting === 0) {
      forgetStale(tables)
      ruleTables.removeStale()
      meta.remove('gathering')
    }
    const applied = new Set(
      response.answers.flatMap(({ id, status }) => (status === 'applied' ? [outbox.caseOf(id)] : [])),
    )
    return [...shown].filter((caseId) => applied.has(caseId) && outbox.pendingOfCase(caseId).length === 0)
  })
  return comesAgain(request, response) ? unhurried(db, take) : take()
}
