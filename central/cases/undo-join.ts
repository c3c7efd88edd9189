/** What follows in other cases where a joining is undone (rules K8.8, K8.9): in the caller's transaction, behind their locks. */
import { randomUUID } from 'node:crypto'
import { isRestedUpon } from '../../shared/case/called-before.ts'
import { callersOf } from '../../shared/case/callers-of.ts'
import { foldCase } from '../../shared/case/decide.ts'
import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import type { MessageKind } from '../../shared/case/message-kind.ts'
import { caseNumber } from '../../shared/case/case-number.ts'
import type { JoinedCall } from '../../shared/case/life.ts'
import { owedStates, type CaseStep } from '../../shared/case/case-step.ts'
import { ownCase, wordsOut } from '../../shared/case/take-out.ts'
import { chinaDayNumber, dayBegins } from '../../shared/china-day.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import { selectHead } from '../feed/sql.ts'
import { moveLegs } from '../ledger/outcome-sql.ts'
import { withdrawMessages, type SentTo } from '../outbox/sql.ts'
import { leaveCase, readOpenKeys } from './joined-sql.ts'
import { copyScopes } from './scopes-sql.ts'
import * as cases from './sql.ts'

/** What comes to another case by a step: its events till then, and those that follow. */
export type Change = {
  readonly caseId: string
  /** The case that it was made of, where the step made it; whoever follows that one follows it. */
  readonly madeOf?: string
  readonly before: readonly CaseEvent[]
  readonly fresh: readonly CaseEvent[]
  /** When it came about, where its events are dated earlier; in ms. */
  readonly newsAt?: number | undefined
}

/** What follows in other cases, and what the callers who leave one had been sent of it by then. */
export type Undone = { readonly changes: readonly Change[]; readonly sent: readonly MessageKind[] }

/** A case as it stands before the step. */
type Stood = { readonly record: CaseRecord; readonly events: readonly CaseEvent[] }
type Stamp = { readonly at: number; readonly by: string }

/** No desk has this code: it has no letter. */
const CENTRAL_CODE = '00'

/** They are callers of the case no more, and are sent nothing more of it; answers what they had been by then. */
async function leave(sql: Tx, caseId: string, calls: readonly JoinedCall[], at: number): Promise<SentTo[]> {
  const callerIds = calls.map(({ callerId }) => callerId)
  await leaveCase(sql, caseId, callerIds, at)
  return withdrawMessages(sql, caseId, callerIds, at)
}
const kindsOf = (sent: readonly SentTo[]) => [...new Set(sent.map(({ kind }) => kind))]

/** An event with what was sent by then, where anything was. */
export const noting = (event: CaseEvent, sent: readonly MessageKind[]): CaseEvent =>
  event.type !== 'caseStepped' || sent.length === 0 ? event : { ...event, sent }

const MINUTE_MS = 60_000

/** A central that was set back today may have given numbers that it does not know any more: fewer than one a minute. */
function leftOut(epochAt: number, at: number): number {
  const day = chinaDayNumber(at)
  return chinaDayNumber(epochAt) === day ? Math.ceil((epochAt - dayBegins(day)) / MINUTE_MS) : 0
}

async function nextCaseNo(sql: Tx, at: number): Promise<string> {
  const prefix = caseNumber(at, CENTRAL_CODE, 0).slice(0, -4)
  await lockName(sql, `caseNo:${prefix}`)
  const { epochAt } = await selectHead(sql)
  const last = Math.max(await cases.lastNumbered(sql, prefix), leftOut(epochAt, at))
  return caseNumber(at, CENTRAL_CODE, last + 1)
}

/**
 * Her own case, made of what she said in the call that is taken out; the desks that follow the other one follow it, too.
 * She is told its number, however long ago she called.
 */
async function takenOut(sql: Tx, { record, events }: Stood, caller: string, { at }: Stamp): Promise<Undone> {
  const said = wordsOut(record, events, caller)
  const sent = await leave(
    sql,
    record.caseId,
    said.map(({ call }) => call),
    at,
  )
  const caseId = randomUUID()
  await copyScopes(sql, record.caseId, caseId)
  const calls = said.flatMap(({ call }) => call.callId ?? [])
  await moveLegs(sql, calls, { from: record.caseId, to: caseId })
  const fresh = ownCase(said, await nextCaseNo(sql, at), record.secret)
  return { changes: [{ caseId, madeOf: record.caseId, before: [], fresh, newsAt: at }], sent: kindsOf(sent) }
}

/**
 * All who came with a case that was joined go back with it, those too who had come to it with another one: they kept that
 * in the case that goes on, so one event takes out those of each. `intoEnded` where that one is answered for by now,
 * `calledAgain` where somebody called about that one later, and is owed nothing for the sake of who goes back.
 */
async function goneBack(sql: Tx, { record }: Stood, reason: string, { at, by }: Stamp): Promise<Result<Undone>> {
  const { caseId, life } = record
  if (life.into === null) return fail('illegalTransition', 'into')
  const before = (await cases.selectEventsOf(sql, [life.into])).get(life.into) ?? []
  const into = foldCase(null, life.into, before)
  if (into === null || !owedStates.includes(into.state)) return fail('illegalTransition', 'intoEnded')
  const came = new Set([caseId, ...life.calls.slice(0, life.handedOver).flatMap(({ from }) => from ?? [])])
  const hers = into.life.calls.filter(({ from }) => from !== null && came.has(from))
  if (isRestedUpon(into, hers, await readOpenKeys(sql, [life.into], callersOf(before))))
    return fail('illegalTransition', 'calledAgain')
  const sent = await leave(sql, life.into, hers, at)
  const firsts = hers.filter((call, index) => hers.findIndex(({ from }) => from === call.from) === index)
  const fresh = firsts.map(({ callerId, from }): CaseEvent => {
    const step = { type: 'takeOut', caller: callerId, reason } as const
    const those = new Set(hers.filter((call) => call.from === from).map((call) => call.callerId))
    const stepped = { type: 'caseStepped', step, state: into.state, unit: null, at, by } as const
    const event = { ...stepped, left: [...those] }
    return noting(event, kindsOf(sent.filter((one) => those.has(one.callerId))))
  })
  return ok({ changes: [{ caseId: life.into, before, fresh }], sent: kindsOf(sent) })
}

/** What follows elsewhere from a step that was decided on a case as it stood; nothing of most. */
export async function undone(sql: Tx, stood: Stood, step: CaseStep, stamp: Stamp): Promise<Result<Undone>> {
  if (step.type === 'takeOut') return ok(await takenOut(sql, stood, step.caller, stamp))
  return step.type === 'unjoin' ? goneBack(sql, stood, step.reason, stamp) : ok({ changes: [], sent: [] })
}
