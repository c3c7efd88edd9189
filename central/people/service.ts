/** Who may work here: signing in and out. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ports.ts'
import { may, needsCode, type Permission } from '../../shared/people/roles.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OfficeSignInResponse, SignInResponse } from '../../shared/sync/protocol.ts'
import type { Db, Tx } from '../db/db.ts'
import { bindStore } from '../devices/service.ts'
import type { Device, Session } from '../http/access.ts'
import { appendAudit, type AuditRecord } from '../audit/sql.ts'
import { DEMO_TOTP_SECRET, demoPeople, demoUnitMembers } from './demo.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import { hashPassword } from './hash-password.ts'
import { createGuesses } from './guesses.ts'
import { giveTriesBack, giveTryBack, takeTry, type Whence } from './lockout.ts'
import type { Seal } from './seal.ts'
import { demoSeal } from './secret-keys.ts'
import { codeAudit, refuseCode } from './second-factor.ts'
import * as people from './sql.ts'
import { giveTotpSecret } from './totp-sql.ts'

/** How long a sign-in holds, in milliseconds: a long shift. */
export const SESSION_MS = 12 * 3_600_000

/** A desk: the device, and the store file that it names. */
export type Place = { readonly device: Device; readonly storeId: string }
/** `place` is the desk; null away from any. */
export type SignInRequest = {
  readonly staffNo: string
  readonly password: string
  /** The second factor, where one was given. */
  readonly code: string | null
  readonly place: Place | null
  readonly whence: Whence
  /** What the page in a browser is for: whoever may do that works there. */
  readonly wants?: Permission
}
/** What who signed in is told: at a desk its code, the line and the number plan, too. */
export type SignedIn = SignInResponse | OfficeSignInResponse
export type People = {
  /** Lets those in who work at desks there, all others anywhere else, and to a page whoever it is for: else `forbidden`. */
  signIn(request: SignInRequest): Promise<Result<SignedIn>>
  /** Signs in whom the organisation's issuer vouches for; whether that takes a second factor is the issuer's affair. */
  signInAs(staffNo: string, place: Place): Promise<Result<SignedIn>>
  signOut(session: Session): Promise<void>
  /** The session of a bearer token; null for an unknown, expired or signed-out one. */
  findSession(token: string): Promise<Session | null>
}

/** The password was changed, or she was locked out, between the look at it and her session. */
class NoLongerHers extends Error {}

type Opening = {
  readonly detail?: AuditRecord['detail']
  readonly wants?: Permission | undefined
  /** Of the password that was looked at; null where an issuer vouched for her. */
  readonly passwordHash?: string | null
}

/** Only this is stored of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Whether somebody of a role works where she is, without a page that is for some of the people (P4). */
const worksThere = (role: StaffRole, place: Place | null, line: object | null) =>
  place === null ? !may(role, 'sync') : may(role, 'sync') && line !== null

const nameOf = (place: Place | null) => place?.storeId.toLowerCase() ?? null

/** The people service over a database, a clock, and what opens their secrets. */
export function createPeople(db: Db, clock: Clock, seal: Seal): People {
  // Compared against when nobody has the staff number, so that an unknown one costs the same work.
  const hashOfNobody = hashPassword(randomBytes(32))
  const guesses = createGuesses(clock)

  const recordAlone = (record: AuditRecord) => db.tx('sanxin_people', (sql) => appendAudit(sql, record))
  /** Who they are is certain; whether they work here is asked now. */
  async function openSession(
    staff: people.StaffRow,
    place: Place | null,
    { detail = {}, wants, passwordHash = null }: Opening,
  ): Promise<Result<SignedIn>> {
    const { staffNo, name, role, line } = staff
    const at = clock.now()
    const audit = { at, actor: staffNo, place: nameOf(place), detail: { role, ...detail } }
    if (!(wants === undefined ? worksThere(role, place, line) : may(role, wants))) {
      await recordAlone({ ...audit, action: 'signIn.forbidden' })
      return fail('forbidden')
    }
    const token = randomBytes(32).toString('base64url')
    const session = randomUUID()
    const expiresAt = at + SESSION_MS
    const start = async (sql: Tx) => {
      const deviceId = place?.device.deviceId ?? null
      const desk =
        place === null
          ? null
          : {
              numberPlan: await selectNumberPlan(sql),
              deskCode: await bindStore(sql, place.device.deviceId, place.storeId, at),
            }
      const tokenHash = hashToken(token)
      const fresh = { tokenHash, sessionId: session, staffNo, deviceId, at, expiresAt, passwordHash }
      if (!(await people.insertSession(sql, fresh))) throw new NoLongerHers()
      await appendAudit(sql, { ...audit, action: 'signIn.ok' })
      return desk
    }
    let desk
    try {
      desk = await db.tx('sanxin_people', start, { staffNo })
    } catch (error) {
      if (!(error instanceof NoLongerHers)) throw error
      await recordAlone({ at, actor: null, place: nameOf(place), object: staffNo, action: 'signIn.wrong' })
      return fail('wrongPassword')
    }
    const office = { token, session, expiresAt, operator: { staffNo, name, role } }
    return ok(desk === null || line === null ? office : { ...office, ...desk, line })
  }

  return {
    async signIn({ staffNo, password, code, place, whence, wants }) {
      // Before the number's own tries: whoever may not try uses up none of them.
      if (guesses.isTooMany(whence)) return fail('tooMany')
      const taken = await takeTry(db, staffNo, whence, clock.now())
      if (!taken.ok) return taken
      const staff = await db.tx('sanxin_people', (sql) => people.selectStaff(sql, staffNo))
      const right = await verify(staff?.passwordHash ?? (await hashOfNobody), password)
      if (staff !== null && right) {
        const refusal = await refuseCode(db, staff, code, clock.now(), seal)
        if (refusal === null) {
          guesses.giveBack(whence)
          await giveTriesBack(db, staffNo, whence, clock.now())
          return openSession(staff, place, { wants, passwordHash: staff.passwordHash })
        }
        if (refusal !== 'codeWrong') {
          guesses.giveBack(whence)
          await giveTryBack(db, staffNo, whence)
        }
        const record = { at: clock.now(), actor: null, place: nameOf(place), object: staffNo }
        await recordAlone({ ...record, action: codeAudit[refusal] })
        return fail(refusal)
      }
      // A number that nobody has is not kept: people type their password there.
      const object = staff === null ? {} : { object: staffNo }
      await recordAlone({ at: clock.now(), actor: null, place: nameOf(place), action: 'signIn.wrong', ...object })
      return fail('wrongPassword')
    },
    async signInAs(staffNo, place) {
      const staff = await db.tx('sanxin_people', (sql) => people.selectStaff(sql, staffNo))
      if (staff !== null) return openSession(staff, place, { detail: { by: 'issuer' } })
      const record = { at: clock.now(), actor: null, place: nameOf(place), detail: { by: 'issuer' } }
      await recordAlone({ ...record, action: 'signIn.wrong' })
      return fail('notStaff')
    },
    signOut(session) {
      const { staffNo: actor, storeId: place, tokenHash } = session
      const at = clock.now()
      const leave = async (sql: Tx) => {
        await people.endSession(sql, tokenHash, at)
        await appendAudit(sql, { at, actor, place, action: 'signOut' })
      }
      return db.tx('sanxin_people', leave, session)
    },
    findSession(token) {
      const tokenHash = hashToken(token)
      return db.tx('sanxin_gate', (sql) => people.selectSession(sql, tokenHash, clock.now()), { tokenHash })
    },
  }
}

/** Adds the demo's people where they are missing; passwords are hashed only for those. Returns how many were added. */
export async function seedDemoPeople(db: Db, clock: Clock): Promise<number> {
  const there = new Set(await db.tx('sanxin_people', (sql) => people.selectStaffNumbers(sql)))
  const all = [
    ...demoPeople.map((one) => ({ ...one, unit: null })),
    ...demoUnitMembers.map((one) => ({ ...one, line: null })),
  ]
  const missing = all.filter(({ staffNo }) => !there.has(staffNo))
  const rows = await Promise.all(
    missing.map(async ({ password, ...person }) => ({
      ...person,
      totpSecret: needsCode(person.role) ? demoSeal.seal(DEMO_TOTP_SECRET, person.staffNo) : null,
      passwordHash: await hashPassword(password),
    })),
  )
  await db.tx('sanxin_people', async (sql) => {
    // A demo that was loaded before there were codes.
    for (const { staffNo, role } of demoPeople)
      if (needsCode(role)) await giveTotpSecret(sql, staffNo, demoSeal.seal(DEMO_TOTP_SECRET, staffNo))
    for (const row of rows) {
      // Another node may have been faster.
      if (!(await people.insertStaff(sql, row))) continue
      const { staffNo: object, role } = row
      const record = { at: clock.now(), actor: null, place: null, object, detail: { role } }
      await appendAudit(sql, { ...record, action: 'staff.added' })
    }
  })
  return rows.length
}
