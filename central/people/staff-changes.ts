/** What an administrator does to a person: each change ends her sessions where it must, and stands in the audit. */
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { AuditAction } from '../../shared/audit-action.ts'
import type { Clock } from '../../shared/ports.ts'
import { needsCode } from '../../shared/people/roles.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import { appendAudit, type AuditRecord } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import { unitExists } from '../directory/sql.ts'
import { tellColleague } from '../directory/colleague.ts'
import { changePerson, type PersonChange } from './change-person.ts'
import { hashPassword } from './hash-password.ts'
import { isLastAdministrator } from './last-administrator.ts'
import type { Seal } from './seal.ts'
import * as people from './sql.ts'
import { newTotpSecret, totpUri } from './totp.ts'
import { updateTotpSecret } from './totp-sql.ts'
import { deleteTries } from './tries-sql.ts'

export type NewPerson = {
  readonly staffNo: string
  readonly name: string
  readonly role: StaffRole
  readonly unit: string | null
  readonly password: string
  readonly line: Line | null
  readonly team?: string
}

/** What an authenticator takes up, to be told once; null for who needs none. */
export type TotpUri = string | null

/** `by` is who changes, as the audit names them; `seal` is what secrets are kept under. */
export function createStaffChanges(db: Db, clock: Clock, by: string, seal: Seal) {
  /** What the desks know of her follows; both make others wait, so they come last. */
  async function record(sql: Tx, staffNo: string, action: AuditAction, detail: AuditRecord['detail'] = {}) {
    await appendAudit(sql, { at: clock.now(), actor: by, place: null, action, object: staffNo, detail })
    await tellColleague(sql, staffNo)
  }

  /** Changes one person; nothing is recorded of a number that nobody has, and where `act` refuses. */
  function change(
    staffNo: string,
    action: AuditAction,
    act: (sql: Tx) => Promise<boolean | Result<null>>,
    detail: AuditRecord['detail'] = {},
  ): Promise<Result<null>> {
    const run = async (sql: Tx): Promise<Result<null>> => {
      const done = await act(sql)
      if (typeof done !== 'boolean' && !done.ok) return done
      if (done === false) return fail('notFound')
      await record(sql, staffNo, action, detail)
      return ok(null)
    }
    return db.tx('sanxin_people', run, { staffNo })
  }

  const unitIsThere = async (unit: string | null | undefined) =>
    unit === null || unit === undefined || (await db.tx('sanxin_reader', (sql) => unitExists(sql, unit)))

  return {
    /** `invalidInput` where the number is taken, or the member unit is none of the directory. Who needs a second factor has one from the first day. */
    add: async ({ password, team, ...person }: NewPerson): Promise<Result<TotpUri>> => {
      if (!(await unitIsThere(person.unit))) return fail('invalidInput', 'unit')
      const passwordHash = await hashPassword(password)
      const totpSecret = needsCode(person.role) ? newTotpSecret() : null
      const stored = totpSecret === null ? null : seal.seal(totpSecret, person.staffNo)
      const insert = async (sql: Tx) => {
        if (!(await people.insertStaff(sql, { ...person, passwordHash, totpSecret: stored }))) return false
        if (team === undefined) return true
        await people.updatePerson(sql, person.staffNo, { name: null, role: person.role, team }, clock.now())
        return true
      }
      const added = await change(person.staffNo, 'staff.added', insert, { role: person.role })
      if (!added.ok) return fail('invalidInput', 'staffNo')
      return ok(totpSecret === null ? null : totpUri(totpSecret, person.staffNo))
    },
    /** What `changePerson` says; answers what an authenticator takes up where her new role needs one. */
    change: async (staffNo: string, wanted: PersonChange): Promise<Result<TotpUri>> => {
      if (!(await unitIsThere(wanted.unit))) return fail('invalidInput', 'unit')
      // What was changed stands in the audit by its name; of these values only those that say what she may do.
      const { role, unit } = wanted
      const said = { ...(role === undefined ? {} : { role }), ...(unit === undefined ? {} : { unit }) }
      const detail = { changed: Object.keys(wanted).toSorted().join(' '), ...said }
      const run = async (sql: Tx): Promise<Result<TotpUri>> => {
        const done = await changePerson(sql, staffNo, wanted, { at: clock.now(), seal })
        if (!done.ok) return done
        await record(sql, staffNo, 'staff.changed', detail)
        return ok(done.value === null ? null : totpUri(done.value, staffNo))
      }
      return db.tx('sanxin_people', run, { staffNo })
    },
    /** From now on nothing is answered to her; what she did stays hers. `lastAdministrator` as for another role. */
    deactivate: (staffNo: string) =>
      change(staffNo, 'staff.deactivated', async (sql) => {
        if (await isLastAdministrator(sql, staffNo)) return fail('invalidInput', 'lastAdministrator')
        const at = clock.now()
        await people.endSessionsOf(sql, staffNo, at)
        return people.updateActive(sql, staffNo, false, at)
      }),
    activate: (staffNo: string) =>
      change(staffNo, 'staff.activated', (sql) => people.updateActive(sql, staffNo, true, clock.now())),
    /** Whoever knew the old one is signed out. */
    resetPassword: async (staffNo: string, password: string) => {
      const passwordHash = await hashPassword(password)
      return change(staffNo, 'staff.passwordReset', async (sql) => {
        await people.endSessionsOf(sql, staffNo, clock.now())
        await deleteTries(sql, staffNo, null, 0)
        return people.updatePassword(sql, staffNo, passwordHash)
      })
    },
    /**
     * A second factor, the first or a new one: whoever held the old one is signed out. `invalidInput` for a role that
     * needs none: it would protect nothing.
     */
    resetTotp: async (staffNo: string): Promise<Result<TotpUri>> => {
      const role = await db.tx('sanxin_people', (sql) => people.selectRole(sql, staffNo))
      if (role !== null && !needsCode(role)) return fail('invalidInput', 'role')
      const secret = newTotpSecret()
      const reset = await change(staffNo, 'staff.totpReset', async (sql) => {
        await people.endSessionsOf(sql, staffNo, clock.now())
        await deleteTries(sql, staffNo, null, 0)
        return updateTotpSecret(sql, staffNo, seal.seal(secret, staffNo))
      })
      return reset.ok ? ok(totpUri(secret, staffNo)) : reset
    },
    /** Gives back the tries that were used up by guessing. */
    unlock: (staffNo: string) =>
      change(staffNo, 'staff.unlocked', async (sql) => {
        if ((await people.selectStaff(sql, staffNo)) === null) return false
        await deleteTries(sql, staffNo, null, 0)
        return true
      }),
  }
}
