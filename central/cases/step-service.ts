/** A step in the life of a case, taken by the centre or by a member unit (rules K5): decided and written at once. */
import { foldCase } from '../../shared/case/decide.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { owedStates, type CaseLife, type CaseState, type CaseStep } from '../../shared/case/life.ts'
import { decideStep, type Party } from '../../shared/case/steps.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Tx } from '../db/db.ts'
import { lockNames } from '../db/sql.ts'
import { settleStep } from '../portal/service.ts'
import { unitExists } from '../directory/sql.ts'
import { appendFeed } from '../feed/sql.ts'
import { messagesOwed } from '../messages/owed-by.ts'
import { insertMessages } from '../outbox/sql.ts'
import { insertMutations, selectEarlier } from '../sync/sql.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import { rulesOf } from './deadline-rules.ts'
import { caseLock, createScopes } from './scopes.ts'
import type { CaseDeps, Reader } from './service.ts'
import * as cases from './sql.ts'

/** `id` is a UUID that stands for this step: sent again, it is answered again and taken once. */
export type StepInput = { readonly id: string; readonly caseId: string; readonly step: CaseStep }
/** How the case stands after the step. */
export type StepTaken = { readonly state: CaseState; readonly life: CaseLife; readonly revision: number }

/** For whom a reader acts on this case; null where it is none of hers. */
function partyOf({ role, unit }: Reader, { life }: CaseRecord): Party | null {
  if (role === 'monitor') return 'centre'
  if (role === 'operator') return 'visitor'
  if (role !== 'unitMember' || unit === null) return null
  if (life.unit === unit) return 'lead'
  return life.others.includes(unit) ? 'other' : null
}

/** What a step names beside its case must be there. */
async function whatIsMissing(sql: Tx, step: CaseStep): Promise<string | null> {
  const units =
    step.type === 'dispatch' || step.type === 'redispatch' ? [step.unit] : step.type === 'invite' ? step.units : []
  for (const unit of units) if (!(await unitExists(sql, unit))) return 'unit'
  if (step.type !== 'join') return null
  const into = foldCase(null, step.into, (await cases.selectEventsOf(sql, [step.into])).get(step.into) ?? [])
  if (into === null) return 'into'
  // Whoever asked here is answered with that one: it must be under way itself.
  return owedStates.includes(into.state) ? null : 'intoEnded'
}

const asItStands = ({ state, life, revision }: CaseRecord): StepTaken => ({ state, life, revision })

async function decideAndWrite(
  sql: Tx,
  { id, caseId, step }: StepInput,
  reader: Reader,
  { now, seen, tables }: { readonly now: number; readonly seen: boolean; readonly tables: RuleBook },
): Promise<Result<StepTaken>> {
  const rules = rulesOf((await tables.hold(sql)).bodies)
  await lockNames(sql, [caseId, ...(step.type === 'join' ? [step.into] : [])].map(caseLock))
  const stored = (await cases.selectStoredOf(sql, [caseId])).get(caseId) ?? []
  const foldAll = (some: readonly cases.StoredEvent[]) =>
    foldCase(
      null,
      caseId,
      some.map(({ event }) => event),
    )
  const record = foldAll(stored)
  // Sent again it is answered as it was, also to a unit that gave the case away by it.
  const before = stored.findIndex((one) => one.mutationId === id && one.event.by === reader.staffNo) + 1
  if (before > 0) return ok(asItStands(must(foldAll(stored.slice(0, before)), 'a case that took a step')))
  const party = record === null || !seen ? null : partyOf(reader, record)
  if (record === null || party === null) return fail('notFound')
  if ((await selectEarlier(sql, [id])).size > 0) return fail('invalidInput', 'id')

  const missing = await whatIsMissing(sql, step)
  if (missing !== null) return fail('invalidInput', missing)
  const { staffNo: by, unit } = reader
  const decided = decideStep(record, step, {
    at: now,
    by,
    party,
    unit: party === 'lead' || party === 'other' ? unit : null,
  })
  if (!decided.ok) return decided
  const after = must(foldCase(record, caseId, decided.value), 'a case that took a step')
  const events = decided.value.map((event, index) => ({
    ...{ caseId, event, mutationId: id, storeId: null },
    revision: record.revision + index + 1,
  }))
  const all = [...stored.map(({ event }) => event), ...decided.value]
  const scopes = await createScopes(sql, { storeId: null, team: null, now }, [caseId])
  const following = scopes.of(caseId)
  following.change()
  await insertMutations(sql, [
    {
      ...{ id, caseId, author: by, storeId: null, deviceId: null, sessionId: null, sessionChecked: true },
      ...{ at: now, receivedAt: now, kind: `case.${step.type}`, status: 'applied', code: null },
      ...{ revision: after.revision, seenRevision: null },
    },
  ])
  await cases.insertEvents(sql, events)
  await cases.upsertCases(
    sql,
    [{ record: after, complete: null, bytes: Buffer.byteLength(JSON.stringify(all)), ...following.shift() }],
    now,
    rules,
  )
  await insertMessages(
    sql,
    messagesOwed(
      events.map(({ event, revision }) => ({ event, mutationId: id, revision, record: after })),
      rules,
      now,
    ),
    now,
  )
  await settleStep(sql, step, {
    caseId,
    staffNo: by,
    unit: party === 'lead' || party === 'other' ? unit : null,
    at: now,
  })
  await appendFeed(sql, await scopes.write())
  return ok(asItStands(after))
}

/**
 * Takes a step. `notFound` where the case is none of the reader's, `forbidden` where such a step is never hers,
 * `illegalTransition` with the state or the reason where it cannot be taken now.
 */
export async function takeStep(deps: CaseDeps, input: StepInput, reader: Reader): Promise<Result<StepTaken>> {
  const { db, clock, tables, committed } = deps
  // Seen under the policies of who reads; the write below decides once more, behind the lock of the case.
  const state = await db.tx('sanxin_reader', (sql) => cases.selectState(sql, input.caseId), reader)
  const seen = state !== null
  const taken = await db.tx('sanxin_desk', (sql) =>
    decideAndWrite(sql, input, reader, { now: clock.now(), seen, tables }),
  )
  if (taken.ok) committed?.()
  return taken
}
