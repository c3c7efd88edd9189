/** Everybody changes her own password: the old one is asked for, other sessions end (rules H22). */
import { verify } from '@node-rs/argon2'
import type { FastifyInstance } from 'fastify'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { passwordChangeSchema, type PasswordChange } from '../../shared/people/password.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit, type AuditRecord } from '../audit/sql.ts'
import type { Db } from '../db/db.ts'
import { sessionOf, signedIn, type Session } from '../http/access.ts'
import { orRefuse, parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { hashPassword } from './hash-password.ts'
import { giveTriesBack, takeTry, type Whence, type WhenceOf } from './lockout.ts'
import * as people from './sql.ts'

export type PasswordDeps = { readonly db: Db; readonly clock: Clock }
type RouteDeps = PasswordDeps & { readonly whenceOf: WhenceOf }

const holds = async (staff: people.StaffRow | null, password: string): Promise<boolean> =>
  staff !== null && verify(staff.passwordHash, password)

/**
 * Changes the password of who is signed in; her other sessions end. A wrong old one is a guess as at the sign-in:
 * `wrongPassword`, `lockedOut`. `invalidInput` with `same` where nothing would change; `outdated` where it was changed
 * meanwhile. Who asks again, because the first answer was lost, is told that it is done; nothing is done twice.
 */
export async function changePassword(
  { db, clock }: PasswordDeps,
  { old, fresh }: PasswordChange,
  { staffNo, storeId: place, tokenHash }: Pick<Session, 'staffNo' | 'storeId' | 'tokenHash'>,
  whence: Whence,
): Promise<Result<null>> {
  const at = clock.now()
  const taken = await takeTry(db, staffNo, whence, at)
  if (!taken.ok) return taken
  const record = (action: AuditRecord['action']): AuditRecord => ({
    at,
    actor: staffNo,
    place,
    action,
    object: staffNo,
  })
  const staff = await db.tx('sanxin_people', (sql) => people.selectStaff(sql, staffNo))
  if (staff === null || !(await holds(staff, old))) {
    // Whoever asked for just this, and did not hear that it was done, held the one that went and holds the new one. The
    // new one alone is no proof: it would tell a guess of it from any other.
    const replaced = await db.tx('sanxin_people', (sql) => people.selectReplaced(sql, tokenHash), { staffNo })
    if (replaced !== null && (await verify(replaced, old)) && (await holds(staff, fresh))) {
      await giveTriesBack(db, staffNo, whence, at)
      return ok(null)
    }
    await db.tx('sanxin_people', (sql) => appendAudit(sql, record('staff.passwordWrong')))
    return fail('wrongPassword')
  }
  await giveTriesBack(db, staffNo, whence, at)
  if (old === fresh) return fail('invalidInput', 'same')
  const passwordHash = await hashPassword(fresh)
  const change = async (sql: Parameters<typeof appendAudit>[0]): Promise<Result<null>> => {
    if (!(await people.replacePassword(sql, staffNo, staff.passwordHash, passwordHash)))
      return (await holds(await people.selectStaff(sql, staffNo), fresh)) ? ok(null) : fail('outdated')
    await people.keepReplaced(sql, tokenHash, staff.passwordHash)
    await people.endOtherSessions(sql, staffNo, tokenHash, at)
    await appendAudit(sql, record('staff.passwordChanged'))
    return ok(null)
  }
  return db.tx('sanxin_people', change, { staffNo })
}

const BODY_BYTES = 4096

/** POST /password, for whoever is signed in, at a desk or a page; not for a system, which has none. */
export function passwordRoutes(app: FastifyInstance, { whenceOf, ...deps }: RouteDeps): void {
  app.post('/password', { ...signedIn, bodyLimit: BODY_BYTES }, async (request): Promise<Record<string, never>> => {
    const session = sessionOf(request)
    if (session.keyId !== undefined) throw new Refusal('forbidden', 'person')
    const change = parseBody(passwordChangeSchema, storable(request.body))
    orRefuse(await changePassword(deps, change, session, whenceOf(request, session.deviceId)))
    return {}
  })
}
