import { fail, ok, type Result } from '../../shared/errors.ts'
import { may, needsCode } from '../../shared/people/roles.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import { isLastAdministrator } from './last-administrator.ts'
import type { Seal } from './seal.ts'
import * as people from './sql.ts'
import { newTotpSecret } from './totp.ts'
import { updateTotpSecret } from './totp-sql.ts'

/** What becomes of a person; what is not named stays. A team of no name is none. */
export type PersonChange = {
  readonly name?: string
  readonly role?: StaffRole
  readonly team?: string
  /** Another member unit, for who belongs to one. */
  readonly unit?: string
  /** What is not said of a line stays as it is; who has none yet is told all of it. */
  readonly line?: Partial<Line>
}

/** The line as it becomes; null for who has none, and where a first one is not told whole. */
function lineOf(stands: Line | null, wanted: Partial<Line>): Line | null {
  const { extension, password, domain } = { ...stands, ...wanted }
  return extension === undefined || password === undefined || domain === undefined
    ? null
    : { extension, password, domain }
}

/**
 * Changes somebody who works here. Another role or unit ends her sessions; where a role needs a second factor and she
 * has none, one is made and answered. `invalidInput`: `role` where a member unit is entered or left (its people have a
 * unit and no desk), `unit` for who is of none, `line` where the role works at a desk and she has no line, or a first
 * one is not told whole, `lastAdministrator` for the last one who could change any of it back.
 */
export async function changePerson(
  sql: Tx,
  staffNo: string,
  { name, role, team, unit, line }: PersonChange,
  { at, seal }: { readonly at: number; readonly seal: Seal },
): Promise<Result<string | null>> {
  const stands = await people.selectStaff(sql, staffNo)
  if (stands === null) return fail('notFound')
  const becomes = role ?? stands.role
  const moves = becomes !== stands.role
  if (moves && [becomes, stands.role].includes('unitMember')) return fail('invalidInput', 'role')
  if (moves && (await isLastAdministrator(sql, staffNo))) return fail('invalidInput', 'lastAdministrator')
  if (unit !== undefined && becomes !== 'unitMember') return fail('invalidInput', 'unit')
  const newLine = line === undefined ? stands.line : lineOf(stands.line, line)
  if ((line !== undefined || may(becomes, 'sync')) && newLine === null) return fail('invalidInput', 'line')
  await people.updatePerson(sql, staffNo, { name: name ?? null, role: becomes, team: team ?? null }, at)
  if (line !== undefined && newLine !== null) await people.upsertLine(sql, staffNo, newLine)
  const changesUnit = unit !== undefined && unit !== stands.unit
  if (changesUnit) {
    await people.updateUnit(sql, staffNo, unit)
    await people.deleteDeputiesOf(sql, staffNo)
  }
  if (moves || changesUnit) await people.endSessionsOf(sql, staffNo, at)
  if (!moves || !needsCode(becomes) || stands.totpSecret !== null) return ok(null)
  const secret = newTotpSecret()
  await updateTotpSecret(sql, staffNo, seal.seal(secret, staffNo))
  return ok(secret)
}
