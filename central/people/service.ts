/** Who may work here: signing in and out, desks and their codes. */
import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ports.ts'
import type { SignInResponse } from '../../shared/sync/protocol.ts'
import { lockName } from '../db/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Session } from '../http/access.ts'
import { demoPeople } from './demo.ts'
import { deskCodeOf } from './desk-code.ts'
import { giveTriesBack, takeTry } from './lockout.ts'
import * as people from './sql.ts'

/** How long a sign-in holds, in milliseconds: a long shift. */
export const SESSION_MS = 12 * 3_600_000
// OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane.
// (argon2id is the library's default; its enum exists for the type checker only.)
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export type SignInRequest = { readonly staffNo: string; readonly password: string; readonly storeId: string }
export type People = {
  signIn(request: SignInRequest): Promise<Result<SignInResponse>>
  /** Signs in whom the organisation's issuer vouches for. */
  signInAs(staffNo: string, storeId: string): Promise<Result<SignInResponse>>
  /** Binds the session to a store that was made anew in mid-shift; answers its desk code. */
  bindStore(session: Session, storeId: string): Promise<Result<string>>
  signOut(session: Session): Promise<void>
  /** The session of a bearer token; null for an unknown, expired or signed-out one. */
  findSession(token: string): Promise<Session | null>
}

/** Only this is stored of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

async function deskCodeFor(sql: Tx, storeId: string, at: number): Promise<string> {
  const known = await people.selectDeskCode(sql, storeId)
  if (known !== null) return known
  await lockName(sql, 'sanxin.devices')
  const meanwhile = await people.selectDeskCode(sql, storeId)
  if (meanwhile !== null) return meanwhile
  const ordinal = await people.selectNextOrdinal(sql)
  const deskCode = deskCodeOf(ordinal)
  await people.insertDevice(sql, storeId, ordinal, deskCode, at)
  return deskCode
}

/** The people service over a database and a clock. */
export function createPeople(db: Db, clock: Clock): People {
  // Compared against when nobody has the staff number, so that an unknown one costs the same work.
  const hashOfNobody = hash(randomBytes(32), argon2id)

  async function openSession(staff: people.StaffRow, storeId: string): Promise<SignInResponse> {
    const { staffNo, name, role, line } = staff
    const token = randomBytes(32).toString('base64url')
    const at = clock.now()
    const expiresAt = at + SESSION_MS
    const deskCode = await db.tx('sanxin_people', async (sql) => {
      const code = await deskCodeFor(sql, storeId, at)
      await people.insertSession(sql, { tokenHash: hashToken(token), staffNo, storeId, at, expiresAt })
      return code
    })
    return { token, expiresAt, operator: { staffNo, name, role }, deskCode, line }
  }

  return {
    async signIn({ staffNo, password, storeId }) {
      const taken = await takeTry(db, staffNo, clock.now())
      if (!taken.ok) return taken
      const staff = await db.tx('sanxin_people', (sql) => people.selectStaff(sql, staffNo))
      const right = await verify(staff?.passwordHash ?? (await hashOfNobody), password)
      if (staff === null || !right) return fail('wrongPassword')
      await giveTriesBack(db, staffNo, clock.now())
      return ok(await openSession(staff, storeId))
    },
    async signInAs(staffNo, storeId) {
      const staff = await db.tx('sanxin_people', (sql) => people.selectStaff(sql, staffNo))
      return staff === null ? fail('notStaff') : ok(await openSession(staff, storeId))
    },
    bindStore: ({ tokenHash }, storeId) =>
      db.tx('sanxin_people', async (sql) => {
        const deskCode = await deskCodeFor(sql, storeId, clock.now())
        // A random id that only its desk knows: whoever names it is that desk.
        return (await people.updateSessionStore(sql, tokenHash, storeId)) ? ok(deskCode) : fail('notSignedIn')
      }),
    signOut: ({ tokenHash }) => db.tx('sanxin_people', (sql) => people.deleteSession(sql, tokenHash)),
    findSession: (token) => db.tx('sanxin_gate', (sql) => people.selectSession(sql, hashToken(token), clock.now())),
  }
}

/** Adds the demo's people where they are missing; passwords are hashed only for those. Returns how many were added. */
export async function seedDemoPeople(db: Db): Promise<number> {
  const there = new Set(await db.tx('sanxin_people', (sql) => people.selectStaffNumbers(sql)))
  const missing = demoPeople.filter(({ staffNo }) => !there.has(staffNo))
  const rows = await Promise.all(
    missing.map(async ({ password, ...person }) => ({ ...person, passwordHash: await hash(password, argon2id) })),
  )
  if (rows.length === 0) return 0
  await db.tx('sanxin_people', async (sql) => {
    for (const row of rows) await people.insertStaff(sql, row)
  })
  return rows.length
}
