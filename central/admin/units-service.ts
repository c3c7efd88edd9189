/** Member units as an administrator changes them: entries of the directory, told to all desks as an import is. */
import { dialPlan } from '../../shared/call/dial-plan.ts'
import type { AdminUnit, NewUnit, UnitAct, UnitChange, UnitDetail, UnitFields } from '../../shared/admin/units-page.ts'
import type { AuditAction } from '../../shared/audit-action.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { appendAudit, type AuditRecord } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import { lockUnit } from '../directory/lock-unit.ts'
import { upsertEntries } from '../directory/sql.ts'
import { appendFeed } from '../feed/sql.ts'
import type { Session } from '../http/access.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import type { AdminDeps } from './people-service.ts'
import * as units from './units-sql.ts'

export function listUnits({ db }: AdminDeps): Promise<AdminUnit[]> {
  return db.tx('sanxin_kb', units.selectAllUnits)
}

/** `notFound` where there never was such a unit. */
export async function readUnit({ db }: AdminDeps, id: string): Promise<Result<UnitDetail>> {
  const read = await db.tx('sanxin_kb', async (sql) => {
    const unit = (await units.selectAllUnits(sql)).find((one) => one.id === id)
    return unit === undefined ? null : { unit, openCases: await units.selectOpenCases(sql, id) }
  })
  if (read === null) return fail('notFound')
  const people = await db.tx('sanxin_people', async (sql) => ({
    members: await units.selectMembersOf(sql, id),
    deputies: await units.selectDeputiesOf(sql, id),
  }))
  return ok({ ...read, ...people })
}

/** What is wrong with a unit's fields beside those of all others: its name is another's, or a number that cannot be dialled. */
async function whatIsWrong(sql: Tx, id: string, { name, numbers }: UnitFields): Promise<string | null> {
  const plan = await selectNumberPlan(sql)
  const wrong = numbers.findIndex(({ number }) => !dialPlan(number, plan).ok)
  if (wrong >= 0) return `numbers.${wrong}`
  // Cases are given to a unit by its name: two of one name could not be told apart.
  await lockName(sql, 'sanxin.units')
  const others = await units.selectAllUnits(sql)
  return others.some((other) => other.id !== id && !other.retired && other.name === name) ? 'nameTaken' : null
}

type Change = { readonly id: string; readonly action: AuditAction; readonly detail?: AuditRecord['detail'] }

/** What all desks learn, and what the audit keeps; both make others wait, so they come last. */
async function tell(sql: Tx, { id, action, detail = {} }: Change, by: Session, at: number): Promise<void> {
  await appendAudit(sql, { at, actor: by.staffNo, place: null, action, object: id, detail })
  await appendFeed(sql, [{ kind: 'directory', ref: id, storeId: null, team: null }])
}

const entryOf = (id: string, fields: UnitFields) => ({ id, kind: 'unit' as const, ...fields })

/** `invalidInput`: `id` where it is taken, and what `whatIsWrong` says. */
export function addUnit({ db, clock }: AdminDeps, { id, ...fields }: NewUnit, by: Session): Promise<Result<null>> {
  return db.tx('sanxin_kb', async (sql) => {
    const wrong = await whatIsWrong(sql, id, fields)
    if (wrong !== null) return fail('invalidInput', wrong)
    if (await units.idIsTaken(sql, id)) return fail('invalidInput', 'id')
    await upsertEntries(sql, [entryOf(id, fields)])
    await tell(sql, { id, action: 'unit.added', detail: { name: fields.name } }, by, clock.now())
    return ok(null)
  })
}

const fieldsOf = ({ name, numbers, hours, district }: UnitFields): UnitFields => ({
  ...{ name, numbers: numbers.map(({ number, words }) => ({ number, words })), hours, district },
})
const same = (one: UnitFields, other: UnitFields) => JSON.stringify(fieldsOf(one)) === JSON.stringify(fieldsOf(other))

/** Changes a unit that is in use; its id stays. `illegalTransition` with `changed` where somebody else was faster. */
export function changeUnit(
  { db, clock }: AdminDeps,
  id: string,
  { base, fields }: UnitChange,
  by: Session,
): Promise<Result<null>> {
  return db.tx('sanxin_kb', async (sql) => {
    const stands = await units.selectUnitForUpdate(sql, id)
    if (stands === null) return fail('notFound')
    if (stands.retired || !same(stands, base)) return fail('illegalTransition', 'changed')
    if (same(stands, fields)) return fail('invalidInput', 'nothing')
    const wrong = await whatIsWrong(sql, id, fields)
    if (wrong !== null) return fail('invalidInput', wrong)
    await upsertEntries(sql, [entryOf(id, fields)])
    const renamed: AuditRecord['detail'] = stands.name === fields.name ? {} : { from: stands.name, name: fields.name }
    await tell(sql, { id, action: 'unit.changed', detail: renamed }, by, clock.now())
    return ok(null)
  })
}

/**
 * Retires a unit, or takes it back. `illegalTransition`: `openCases` while cases lie with it (a case that is being
 * given to it at this moment is one of them: both hold the unit's lock), `changed` where it is so already.
 */
export function actOnUnit({ db, clock }: AdminDeps, id: string, act: UnitAct, by: Session): Promise<Result<null>> {
  const retires = act === 'retire'
  return db.tx('sanxin_kb', async (sql) => {
    await lockUnit(sql, id, 'alone')
    const stands = await units.selectUnitForUpdate(sql, id)
    if (stands === null) return fail('notFound')
    if (stands.retired === retires) return fail('illegalTransition', 'changed')
    if (retires && (await units.selectOpenCases(sql, id)).length > 0) return fail('illegalTransition', 'openCases')
    const wrong = retires ? null : await whatIsWrong(sql, id, stands)
    if (wrong !== null) return fail('invalidInput', wrong)
    await units.updateWithdrawn(sql, id, retires)
    await tell(sql, { id, action: retires ? 'unit.retired' : 'unit.restored' }, by, clock.now())
    return ok(null)
  })
}
