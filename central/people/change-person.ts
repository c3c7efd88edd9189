import { fail, ok, type Result } from '../../shared/errors.ts'
import { may, needsCode } from '../../shared/people/roles.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import type { Seal } from './seal.ts'
import * as people from './sql.ts'
import { newTotpSecret } from './totp.ts'
import { updateTotpSecret } from './totp-sql.ts'

/** What becomes of a person; what is not named stays. */
export type PersonChange = {
  readonly name?: string
  readonly role?: StaffRole
  readonly team?: string
  readonly line?: Line
}

/**
 * Changes somebody who works here. Another role ends her sessions; where it needs a second factor and she has none, one
 * is made and answered. `invalidInput`: `role` where a member unit is entered or left (its people have a unit and no
 * desk), `line` where the role works at a desk and she has no line.
 */
export async function changePerson(
  sql: Tx,
  staffNo: string,
  { name, role, team, line }: PersonChange,
  { at, seal }: { readonly at: number; readonly seal: Seal },
): Promise<Result<string | null>> {
  const stands = await people.selectStaff(sql, staffNo)
  if (stands === null) return fail('notFound')
  const becomes = role ?? stands.role
  const moves = becomes !== stands.role
  if (moves && [becomes, stands.role].includes('unitMember')) return fail('invalidInput', 'role')
  if (may(becomes, 'sync') && (line ?? stands.line) === null) return fail('invalidInput', 'line')
  await people.updatePerson(sql, staffNo, { name: name ?? null, role: becomes, team: team ?? null })
  if (line !== undefined) await people.upsertLine(sql, staffNo, line)
  if (!moves) return ok(null)
  await people.endSessionsOf(sql, staffNo, at)
  if (!needsCode(becomes) || stands.totpSecret !== null) return ok(null)
  const secret = newTotpSecret()
  await updateTotpSecret(sql, staffNo, seal.seal(secret, staffNo))
  return ok(secret)
}
