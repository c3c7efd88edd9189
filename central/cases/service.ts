/** Cases as people read them. */
import { callsOfCase, withoutHidden, type PageCall } from '../../shared/case/case-calls.ts'
import type { CasePage } from '../../shared/case/case-page.ts'
import type { CallerIdentity, CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { maskCaller } from '../../shared/people/mask-caller.ts'
import { fieldsOfCase } from '../../shared/case/particular-lines.ts'
import type { FormField } from '../../shared/case/form.ts'
import { deadlinePhases, type Deadline, type DeadlinePhase } from '../../shared/case/deadline.ts'
import { deadlineOfCase } from '../../shared/case/standing.ts'
import { may } from '../../shared/people/roles.ts'
import { caseRulesOf } from '../../shared/tables/case-rules.ts'
import { seesReporter } from '../../shared/people/sees-reporter.ts'
import { bareNumber, numberKey } from '../../shared/phone-number.ts'
import type { CaseSummary } from '../../shared/sync/protocol.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import { lockNames } from '../db/sql.ts'
import { formsOf } from '../tables/form-of.ts'
import { appendFeed } from '../feed/sql.ts'
import type { Session } from '../http/access.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import { selectCallers, selectOfCaller } from './callers-sql.ts'
import { ASKED_MS, caseLock } from './scopes.ts'
import { upsertAskedScopes } from './scopes-sql.ts'
import { selectCorrected } from './joined-sql.ts'
import * as cases from './sql.ts'
import { selectUnproved } from './unproved-sql.ts'

/** Who reads: the row-level policies know what of it is theirs to see. */
export type Reader = Pick<Session, 'staffNo' | 'role' | 'storeId' | 'unit'>

/** `committed` is called once something may have been written. */
export type CaseDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly tables: RuleBook
  readonly committed?: () => void
}

/** `steps` are those of its life, the oldest first, with their reasons and words; `deadlines` as they stand now. */
export type CaseWithCaller = {
  readonly record: CaseRecord
  readonly steps: readonly CaseEvent[]
  readonly caller: CallerIdentity | null
  /** Somebody reports something, and who is not for this reader to know. */
  readonly reporterHidden: boolean
  /** Those that it has particulars of, for their labels. */
  readonly fields: readonly FormField[]
  /** How complete it is, 0 to 100. */
  readonly score: number | null
  readonly deadlines: { readonly [P in DeadlinePhase]: Deadline | null }
  readonly calls: readonly PageCall[]
  readonly children: CasePage['children']
  readonly unproved: CasePage['unproved']
}

/** Whom a case names as it stands: who opened it, and who called besides. */
const callersNow = ({ groups, life }: CaseRecord) => [
  groups.caller.callerId,
  ...life.calls.map(({ callerId }) => callerId),
]

/**
 * The case as it stands centrally with its callers, masked where the reader need not know; null where there is none
 * to see. Who looked is recorded, also in vain.
 */
export async function readCase(deps: CaseDeps, caseId: string, reader: Reader): Promise<CaseWithCaller | null> {
  const { db, clock } = deps
  const read = async (sql: Tx) => {
    const events = (await cases.selectEventsOf(sql, [caseId])).get(caseId) ?? []
    const record = foldCase(null, caseId, events)
    if (record === null) return null
    const { callerId } = record.groups.caller
    const corrected = record.life.calls.length === 0 ? new Map<string, string>() : await selectCorrected(sql, caseId)
    const now = (id: string) => corrected.get(id) ?? id
    const [known, score, children] = await Promise.all([
      selectCallers(sql, callersNow(record).map(now)),
      cases.selectScore(sql, caseId),
      cases.selectChildren(sql, caseId, CUT_CHARS),
    ])
    const find = (id: string) => known.find((one) => one.callerId === now(id)) ?? null
    const caller = find(callerId)
    const calls = callsOfCase(record, events, reader, find)
    const steps = events.filter(({ type }) => type === 'caseStepped')
    const { form, deadlines: by } = caseRulesOf(await deps.tables.read(sql))
    const [sign, answer] = deadlinePhases.map((phase) => deadlineOfCase(record, phase, by))
    const deadlines = { sign: sign ?? null, answer: answer ?? null }
    const forms = await formsOf(sql, record.groups.particulars.version, form)
    // Under the policies an identity that is not for this reader is not there.
    const reporterHidden = !seesReporter(record, reader)
    const shown = (whose: CallerIdentity | null) => {
      const fields = fieldsOfCase(record, whose, forms)
      const told = withoutHidden(record, calls)
      return { record: told, steps, calls, children, deadlines, reporterHidden, caller: whose, fields, score }
    }
    if (caller === null || reporterHidden) return shown(null)
    return shown(may(reader.role, 'callers.whole') ? caller : maskCaller(caller, form))
  }
  const readAndRecord = async (sql: Tx) => {
    const found = await read(sql)
    const { staffNo: actor, storeId: place } = reader
    const detail = { found: found !== null }
    await appendAudit(sql, { at: clock.now(), actor, place, action: 'case.read', object: caseId, detail })
    return found
  }
  const found = await db.tx('sanxin_reader', readAndRecord, reader)
  if (found === null) return null
  await follow(deps, [caseId], reader)
  const isOfCentre = reader.unit === null
  // Not under the reader's own role: it sees no mutation, of any case.
  const unproved = isOfCentre ? await db.tx('sanxin_desk', (sql) => selectUnproved(sql, caseId)) : []
  return { ...found, unproved }
}

/** What was asked for at a desk comes to it, and goes on coming for a day; a reader who sits at none follows nothing. */
async function follow({ db, clock, committed }: CaseDeps, caseIds: readonly string[], reader: Reader): Promise<void> {
  const { storeId } = reader
  if (storeId === null || !may(reader.role, 'sync') || caseIds.length === 0) return
  const now = clock.now()
  const entered = await db.tx('sanxin_desk', async (sql) => {
    // Whoever changes one of them at this moment must know of this desk, or it must see the change.
    await lockNames(
      sql,
      caseIds.map((caseId) => caseLock(caseId)),
    )
    const fresh = await upsertAskedScopes(sql, storeId, caseIds, { now, until: now + ASKED_MS })
    await appendFeed(
      sql,
      fresh.map((ref) => ({ kind: 'case', ref, storeId, team: null })),
    )
    return fresh
  })
  if (entered.length > 0) committed?.()
}

/** Somebody takes the case away on paper: it is recorded before she may. False where there is none for her to see. */
export async function notePrinted({ db, clock }: CaseDeps, caseId: string, reader: Reader): Promise<boolean> {
  const { staffNo: actor, storeId: place } = reader
  return db.tx(
    'sanxin_reader',
    async (sql) => {
      const found = (await cases.selectState(sql, caseId)) !== null
      await appendAudit(sql, {
        ...{ at: clock.now(), actor, place, action: 'case.printed', object: caseId },
        detail: { found },
      })
      return found
    },
    reader,
  )
}

const NEWEST = 20
const CUT_CHARS = 80
/** How many of a caller's cases come to the desk whole. */
const FOLLOWED = 5

/** The newest 20 cases of a number in any spelling, contents cut at 80 characters. */
export async function casesOfCaller(deps: CaseDeps, phone: string, reader: Reader): Promise<CaseSummary[]> {
  const { db, clock } = deps
  if (bareNumber(phone) === '') return []
  const read = async (sql: Tx) => {
    const phoneKey = numberKey(phone, (await selectNumberPlan(sql)).areaCode)
    const found = await selectOfCaller(sql, phoneKey, NEWEST, CUT_CHARS)
    const { staffNo: actor, storeId: place } = reader
    const detail = { found: found.length }
    await appendAudit(sql, { at: clock.now(), actor, place, action: 'cases.ofCaller', phoneKey, detail })
    return found
  }
  const found = await db.tx('sanxin_reader', read, reader)
  const newest = found.slice(0, FOLLOWED).map(({ caseId }) => caseId)
  await follow(deps, newest, reader)
  return found
}
