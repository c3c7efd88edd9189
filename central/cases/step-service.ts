/** A step in the life of a case, taken by the centre or by a member unit (rules K5): decided and written at once. */
import { callersOf } from '../../shared/case/callers-of.ts'
import { withoutCall } from '../../shared/case/secrecy.ts'
import { foldCase } from '../../shared/case/decide.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { handOver } from '../../shared/case/hand-over.ts'
import type { CaseLife } from '../../shared/case/life.ts'
import { owedStates, type CaseState, type CaseStep, type StepType } from '../../shared/case/case-step.ts'
import { mayStep, partyOf } from '../../shared/case/party.ts'
import { decideStep, type Party } from '../../shared/case/steps.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import { caseRulesOf, type HoldingTables } from '../../shared/tables/case-rules.ts'
import { beginAnew, Overtaken } from '../db/begin-anew.ts'
import type { Tx } from '../db/db.ts'
import { lockNames } from '../db/sql.ts'
import { settleStep } from '../portal/service.ts'
import { lockUnit } from '../directory/lock-unit.ts'
import { unitExists } from '../directory/sql.ts'
import { appendFeed, type FeedEntry } from '../feed/sql.ts'
import { noteVisitsOwed } from '../messages/ratings-sql.ts'
import { insertMutations, selectEarlier } from '../sync/sql.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import { selectCallers } from './callers-sql.ts'
import { completenessOf } from './completeness.ts'
import { rulesOf } from './deadline-rules.ts'
import { owe } from './owe.ts'
import { readOpenKeys } from './joined-sql.ts'
import { caseLock, createScopes } from './scopes.ts'
import type { CaseDeps, Reader } from './service.ts'
import * as cases from './sql.ts'
import { noting, undone, type Change } from './undo-join.ts'

/** `id` is a UUID that stands for this step: sent again, it is answered again and taken once. */
export type StepInput = { readonly id: string; readonly caseId: string; readonly step: CaseStep }
/** How the case stands after the step. */
export type StepTaken = { readonly state: CaseState; readonly life: CaseLife; readonly revision: number }

/** What a step names beside its case must be there. */
async function whatIsMissing(sql: Tx, step: CaseStep): Promise<string | null> {
  const units =
    step.type === 'dispatch' || step.type === 'redispatch' ? [step.unit] : step.type === 'invite' ? step.units : []
  for (const unit of units.toSorted()) {
    await lockUnit(sql, unit, 'shared')
    if (!(await unitExists(sql, unit))) return 'unit'
  }
  if (step.type !== 'join') return null
  const into = foldCase(null, step.into, (await cases.selectEventsOf(sql, [step.into])).get(step.into) ?? [])
  if (into === null) return 'into'
  // Whoever asked here is answered with that one: it must be under way itself.
  return owedStates.includes(into.state) ? null : 'intoEnded'
}

/** Without which calls there were: of who reports something that is told to few, and of all others it is not asked for here. */
const asItStands = ({ state, life, revision }: CaseRecord): StepTaken => ({
  ...{ state, revision },
  life: { ...life, calls: life.calls.map(withoutCall) },
})

/** How complete a case is that a step made; of the others a step changes nothing that counts. */
async function newlyReckoned(
  sql: Tx,
  touched: readonly Change[],
  rows: readonly { readonly record: CaseRecord }[],
  holding: HoldingTables,
): Promise<(record: CaseRecord) => cases.Completeness | null> {
  const made = new Set(touched.flatMap(({ caseId, madeOf }) => (madeOf === undefined ? [] : [caseId])))
  if (made.size === 0) return () => null
  const callerOf = ({ groups }: CaseRecord) => groups.caller.callerId
  const named = rows.flatMap(({ record }) => (made.has(record.caseId) ? [callerOf(record)] : []))
  const known = new Map((await selectCallers(sql, named)).map((caller) => [caller.callerId, caller]))
  return (record) =>
    made.has(record.caseId) ? completenessOf(record, known.get(callerOf(record)) ?? null, caseRulesOf(holding)) : null
}

/** Writes what a step led to, in all cases that it touched; answers the rows of the feed that tell it. */
async function writeChanges(
  sql: Tx,
  mutationId: string,
  changes: readonly Change[],
  { now, holding }: { readonly now: number; readonly holding: HoldingTables },
): Promise<FeedEntry[]> {
  const rules = rulesOf(holding.bodies)
  const touched = changes.filter(({ fresh }) => fresh.length > 0)
  const caseIds = touched.map(({ caseId }) => caseId)
  const scopes = await createScopes(sql, { storeId: null, team: null, now }, caseIds)
  const rows = touched.map(({ caseId, madeOf, before, fresh }) => {
    const all = [...before, ...fresh]
    const following = scopes.of(caseId)
    if (madeOf !== undefined) following.openLike(scopes.of(madeOf))
    following.change()
    const record = must(foldCase(null, caseId, all), 'a case that took a step')
    return { record, isNew: before.length === 0, bytes: Buffer.byteLength(JSON.stringify(all)), ...following.shift() }
  })
  const turned = touched.map((change, at) => ({
    ...change,
    was: foldCase(null, change.caseId, change.before),
    record: must(rows[at], 'a row of each').record,
  }))
  const told = turned.flatMap(({ was, record, before, fresh, newsAt }) =>
    fresh.map((event, index) => ({
      ...{ event, mutationId, before: was, record, revision: before.length + index + 1, newsAt },
    })),
  )
  await cases.insertEvents(
    sql,
    told.map(({ event, revision, record: { caseId } }) =>
      cases.newEvent({ event, mutationId, storeId: null }, caseId, revision),
    ),
  )
  const complete = await newlyReckoned(sql, touched, rows, holding)
  await cases.upsertCases(
    sql,
    rows.map((row) => ({ ...row, complete: complete(row.record) })),
    now,
    rules,
  )
  await owe(sql, told, rules, now)
  for (const { was, record } of turned) await noteVisitsOwed(sql, was, record, now)
  return scopes.write()
}

/** The cases that a step writes to; where a joining is undone, the one that it went into, as that stands by now. */
async function touchedBy(sql: Tx, caseId: string, step: CaseStep): Promise<string[]> {
  if (step.type === 'join') return [caseId, step.into]
  if (step.type !== 'unjoin') return [caseId]
  const record = foldCase(null, caseId, (await cases.selectEventsOf(sql, [caseId])).get(caseId) ?? [])
  const into = record?.life.into ?? null
  return into === null ? [caseId] : [caseId, into]
}

/** Holds these cases. What a step touches may have changed before its locks were had: then it begins anew, with the right ones. */
async function lockTouched(sql: Tx, caseId: string, step: CaseStep): Promise<void> {
  const touched = await touchedBy(sql, caseId, step)
  await lockNames(sql, touched.map(caseLock))
  if (step.type === 'unjoin' && (await touchedBy(sql, caseId, step)).join() !== touched.join()) throw new Overtaken()
}

/** Who takes a step: under which name, which steps at all, and for whom on this case; null where it is none of hers. */
export type Taker = {
  readonly by: string
  may(type: StepType): boolean
  standing(record: CaseRecord): { readonly party: Party; readonly unit: string | null } | null
}

/** In the caller's transaction (role sanxin_desk), which may have to begin anew (`beginAnew`); see takeStep. */
export async function decideAndWrite(
  sql: Tx,
  { id, caseId, step }: StepInput,
  taker: Taker,
  { now, tables }: { readonly now: number; readonly tables: RuleBook },
): Promise<Result<StepTaken>> {
  const holding = await tables.hold(sql)
  await lockTouched(sql, caseId, step)
  const stored = (await cases.selectStoredOf(sql, [caseId])).get(caseId) ?? []
  const foldAll = (some: readonly cases.StoredEvent[]) =>
    foldCase(
      null,
      caseId,
      some.map(({ event }) => event),
    )
  const record = foldAll(stored)
  // Sent again it is answered as it was, also to a unit that gave the case away by it.
  const upTo = stored.findIndex((one) => one.mutationId === id && one.event.by === taker.by) + 1
  if (upTo > 0) return ok(asItStands(must(foldAll(stored.slice(0, upTo)), 'a case that took a step')))
  const standing = record === null ? null : taker.standing(record)
  if (record === null || standing === null) return fail('notFound')
  if (!taker.may(step.type)) return fail('forbidden', step.type)
  if ((await selectEarlier(sql, [id])).size > 0) return fail('invalidInput', 'id')

  const missing = await whatIsMissing(sql, step)
  if (missing !== null) return fail('invalidInput', missing)
  const { by } = taker
  const { party, unit } = standing
  const before = stored.map(({ event }) => event)
  const numbers = step.type === 'takeOut' ? { keyOf: await readOpenKeys(sql, [caseId], callersOf(before)) } : {}
  const decided = decideStep(record, step, { at: now, by, party, unit, ...numbers })
  if (!decided.ok) return decided
  const after = must(foldCase(record, caseId, decided.value), 'a case that took a step')
  const others = await undone(sql, { record, events: before }, step, { at: now, by })
  if (!others.ok) return others
  const { changes: elsewhere, sent } = others.value
  const changes = [{ caseId, before, fresh: decided.value.map((event) => noting(event, sent)) }, ...elsewhere]
  if (step.type === 'join') {
    const into = (await cases.selectEventsOf(sql, [step.into])).get(step.into) ?? []
    const keyOf = await readOpenKeys(sql, [caseId, step.into], callersOf([...before, ...into]))
    const fresh = handOver({ record, events: before }, into, { at: now, by }, keyOf)
    changes.push({ caseId: step.into, before: into, fresh })
  }
  await insertMutations(sql, { storeId: null, deviceId: null, receivedAt: now }, [
    {
      ...{ id, caseId, author: by, sessionId: null, sessionChecked: true },
      ...{ at: now, kind: `case.${step.type}`, status: 'applied', code: null },
      ...{ revision: after.revision, seenRevision: null },
    },
  ])
  const told = await writeChanges(sql, id, changes, { now, holding })
  await settleStep(sql, step, { caseId, staffNo: by, unit, at: now })
  await appendFeed(sql, told)
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
  const standing = (record: CaseRecord) => {
    const party = seen ? partyOf(reader, record) : null
    if (party === null) return null
    return { party, unit: party === 'lead' || party === 'other' ? reader.unit : null }
  }
  const taker = { by: reader.staffNo, may: (type: StepType) => mayStep(reader.role, type), standing }
  const take = (sql: Tx) => decideAndWrite(sql, input, taker, { now: clock.now(), tables })
  const taken = await beginAnew(() => db.tx('sanxin_desk', take))
  if (taken.ok) committed?.()
  return taken
}
