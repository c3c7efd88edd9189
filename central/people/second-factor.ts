/** Who leads a shift or administers signs in with a code besides the password, and each code opens once. */
import type { ErrorCode } from '../../shared/errors.ts'
import { needsCode } from '../../shared/people/roles.ts'
import type { AuditAction } from '../../shared/audit-action.ts'
import type { Db } from '../db/db.ts'
import type { Seal } from './seal.ts'
import type { StaffRow } from './sql.ts'
import { stepOfCode } from './totp.ts'
import { claimStep } from './totp-sql.ts'

/** Why a right password alone did not open. */
export type CodeRefusal = Extract<ErrorCode, 'codeRequired' | 'codeWrong' | 'codeNotEnrolled'>

/** How each stands in the audit: also a password that was right, for somebody knows it. */
export const codeAudit = {
  codeRequired: 'signIn.codeRequired',
  codeWrong: 'signIn.codeWrong',
  codeNotEnrolled: 'signIn.codeNotEnrolled',
} as const satisfies Record<CodeRefusal, AuditAction>

/** Asked only after the right password. Null where nothing stands in the way any more: the code is used up then. */
export async function refuseCode(
  db: Db,
  { staffNo, role, totpSecret }: StaffRow,
  code: string | null,
  at: number,
  seal: Seal,
): Promise<CodeRefusal | null> {
  if (!needsCode(role)) return null
  if (totpSecret === null) return 'codeNotEnrolled'
  if (code === null) return 'codeRequired'
  const step = stepOfCode(seal.open(totpSecret, staffNo), code, at)
  if (step === null) return 'codeWrong'
  // One statement decides, over all nodes; a code that was used looks like a wrong one.
  const claimed = await db.tx('sanxin_people', (sql) => claimStep(sql, { staffNo, totpSecret, step }))
  return claimed ? null : 'codeWrong'
}
