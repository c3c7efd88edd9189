/** What somebody of a member unit does on her page besides reading cases and taking steps. */
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import type { Clock } from '../../shared/ports.ts'
import { draftKinds, type Deputy, type Draft, type DraftKind, type UnitWork } from '../../shared/unit/unit-page.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Session } from '../http/access.ts'
import { deleteUnsent, sendAttachments } from './attachment-sql.ts'
import * as unit from './sql.ts'

/** How many of the cases that a unit gave back its list shows. */
const RETURNED = 100
/** The longest time that somebody stands in for another, in days. */
const LONGEST_DAYS = 366

export type UnitDeps = { readonly db: Db; readonly clock: Clock }
/** Somebody of a unit. */
export type UnitSession = Session & { readonly unit: string }

/** Her words on a case, also on one that is her unit's no more. */
export function readDrafts({ db }: UnitDeps, caseId: string, who: UnitSession): Promise<Draft[]> {
  return db.tx('sanxin_unit', (sql) => unit.selectDrafts(sql, caseId), who)
}

/** Keeps her words on a case; none are none. `notFound` where the case is not her unit's (any more). */
export async function keepDraft(
  { db, clock }: UnitDeps,
  { caseId, kind, text }: { readonly caseId: string; readonly kind: DraftKind; readonly text: string },
  who: UnitSession,
): Promise<Result<null>> {
  const draft = { staffNo: who.staffNo, caseId, kind, text, changedAt: clock.now() }
  const keep = async (sql: Tx) => {
    if (text !== '') return unit.upsertDraft(sql, draft)
    await unit.deleteDraft(sql, caseId, kind)
    return true
  }
  return (await db.tx('sanxin_unit', keep, who)) ? ok(null) : fail('notFound')
}

/** What the list of her unit shows beside its cases. */
export function readWork({ db }: UnitDeps, who: UnitSession): Promise<UnitWork> {
  const read = async (sql: Tx) => ({
    returned: await unit.selectReturned(sql, RETURNED),
    signers: await unit.selectSigners(sql),
    members: await unit.selectMembers(sql),
    deputies: await unit.selectDeputies(sql),
    supervised: await unit.countSupervised(sql),
  })
  return db.tx('sanxin_unit', read, who)
}

const daysFrom = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000

/** Names who stands in for her. `invalidInput` names what is wrong: `days`, or `deputy` for who is none of her unit. */
export async function nameDeputy(
  { db, clock }: UnitDeps,
  asked: Omit<Deputy, 'staffNo'>,
  who: UnitSession,
): Promise<Result<null>> {
  const { deputy, fromDay, untilDay } = asked
  if (untilDay < fromDay || daysFrom(fromDay, untilDay) > LONGEST_DAYS) return fail('invalidInput', 'days')
  const { staffNo, unit: of } = who
  const name = async (sql: Tx): Promise<Result<null>> => {
    const members = await unit.selectMembers(sql)
    if (deputy === staffNo || !members.some((one) => one.staffNo === deputy)) return fail('invalidInput', 'deputy')
    const at = clock.now()
    await unit.upsertDeputy(sql, { ...asked, staffNo, unit: of, at })
    const detail = { fromDay, untilDay }
    await appendAudit(sql, { at, actor: staffNo, place: null, action: 'deputy.named', object: deputy, detail })
    return ok(null)
  }
  return db.tx('sanxin_unit', name, who)
}

/** From now on nobody stands in for her. */
export function endDeputy({ db, clock }: UnitDeps, { staffNo, ...who }: UnitSession): Promise<void> {
  const end = async (sql: Tx) => {
    await unit.deleteDeputy(sql, staffNo)
    await appendAudit(sql, { at: clock.now(), actor: staffNo, place: null, action: 'deputy.ended' })
  }
  return db.tx('sanxin_unit', end, { staffNo, ...who })
}

async function clearLeavings(sql: Tx, caseId: string): Promise<void> {
  await unit.deleteDraftsOf(sql, caseId)
  await deleteUnsent(sql, caseId)
}

/**
 * Role sanxin_desk, in the transaction of a step. Of a unit's own its words are no draft any more, and the files that
 * were added for an answer go along with it; with a case that is archived goes what was never sent.
 */
export async function settleStep(
  sql: Tx,
  step: CaseStep,
  { caseId, staffNo, unit: of, at }: { caseId: string; staffNo: string; unit: string | null; at: number },
): Promise<void> {
  // What was begun and never sent is kept no longer than the case is worked on.
  if (step.type === 'archive') return clearLeavings(sql, caseId)
  const kind = draftKinds.find((one) => one === step.type)
  if (of === null || kind === undefined) return
  await unit.deleteDraftOf(sql, staffNo, caseId, kind)
  // To ask for time is no answer: the files wait for that.
  if (kind !== 'askExtension') await sendAttachments(sql, caseId, of, at)
}
