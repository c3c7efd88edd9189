/** People as an administrator sees and changes them, from a page: by the same changes as the command (people/staff-changes.ts). */
import type {
  NewPerson,
  PeopleList,
  PeopleQuery,
  Person,
  PersonAct,
  PersonChange,
  ToldOnce,
} from '../../shared/admin/people-page.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { may } from '../../shared/people/roles.ts'
import type { Clock } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { selectUnits } from '../directory/sql.ts'
import type { Session } from '../http/access.ts'
import { SecretUnreadable, type Seal } from '../people/seal.ts'
import { createStaffChanges } from '../people/staff-changes.ts'
import { readableCode } from '../readable-code.ts'
import { selectOnePerson, selectPeople, type PersonRow } from './people-sql.ts'

/** `seal` is what second factors are kept under. */
export type AdminDeps = { readonly db: Db; readonly clock: Clock; readonly seal: Seal }

const PAGE = 50
/** Seventy-five bits, to be typed once. */
const PASSWORD_GROUPS = 3

const changesOf = ({ db, clock, seal }: AdminDeps, by: Session) => createStaffChanges(db, clock, by.staffNo, seal)

/** What makes a second factor; `secretKey` where this centre has no key to keep one under: nothing is changed then. */
async function whereSealed<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SecretUnreadable) return fail('invalidInput', 'secretKey')
    throw error
  }
}

const nothing: ToldOnce = { password: null, otpauth: null }

async function named({ db }: AdminDeps, rows: readonly PersonRow[]): Promise<Person[]> {
  const names = new Map((await db.tx('sanxin_reader', selectUnits)).map(({ id, name }) => [id, name]))
  return rows.map((row) => ({ ...row, unitName: row.unit === null ? null : (names.get(row.unit) ?? null) }))
}

/** A page of people, by staff number. */
export async function listPeople(deps: AdminDeps, query: PeopleQuery): Promise<PeopleList> {
  const rows = await deps.db.tx('sanxin_people', (sql) => selectPeople(sql, query, PAGE + 1, deps.clock.now()))
  const people = await named(deps, rows.slice(0, PAGE))
  return { people, next: rows.length > PAGE ? (people.at(-1)?.staffNo ?? null) : null }
}

/** `notFound` where nobody has the number. */
export async function readPerson(deps: AdminDeps, staffNo: string): Promise<Result<Person>> {
  const row = await deps.db.tx('sanxin_people', (sql) => selectOnePerson(sql, staffNo, deps.clock.now()))
  const [person] = row === null ? [] : await named(deps, [row])
  return person === undefined ? fail('notFound') : ok(person)
}

/** Adds somebody with a first password, which is told once. `invalidInput` names what does not fit the role, or a number that is taken. */
export async function addPerson(
  deps: AdminDeps,
  { unit, line, ...person }: NewPerson,
  by: Session,
): Promise<Result<ToldOnce>> {
  if ((person.role === 'unitMember') !== (unit !== null)) return fail('invalidInput', 'unit')
  if (may(person.role, 'sync') && line === null) return fail('invalidInput', 'line')
  const password = readableCode(PASSWORD_GROUPS)
  const fitting = { ...person, unit, line: may(person.role, 'sync') ? line : null, password }
  const added = await whereSealed(() => changesOf(deps, by).add(fitting))
  return added.ok ? ok({ password, otpauth: added.value }) : added
}

/** Her own role is another administrator's affair: nobody locks herself out by mistake. */
const touchesSelf = (staffNo: string, { staffNo: own }: Session) => staffNo === own

/** Changes what is named; `self` where she would change her own role. */
export async function changeOne(
  deps: AdminDeps,
  staffNo: string,
  change: PersonChange,
  by: Session,
): Promise<Result<ToldOnce>> {
  if (change.role !== undefined && touchesSelf(staffNo, by)) return fail('invalidInput', 'self')
  const { name, role, unit, team, line } = change
  const { extension, password, domain } = line ?? {}
  const wanted = {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(unit === undefined ? {} : { unit }),
    ...(team === undefined ? {} : { team }),
    ...(line === undefined
      ? {}
      : {
          line: {
            ...(extension === undefined ? {} : { extension }),
            ...(password === undefined ? {} : { password }),
            ...(domain === undefined ? {} : { domain }),
          },
        }),
  }
  if (Object.keys(wanted).length === 0) return fail('invalidInput', 'nothing')
  const changed = await whereSealed(() => changesOf(deps, by).change(staffNo, wanted))
  return changed.ok ? ok({ ...nothing, otpauth: changed.value }) : changed
}

/** One act on a person; `self` on herself, who would be signed out before she read what is told once. */
export async function actOn(deps: AdminDeps, staffNo: string, act: PersonAct, by: Session): Promise<Result<ToldOnce>> {
  if (touchesSelf(staffNo, by)) return fail('invalidInput', 'self')
  const changes = changesOf(deps, by)
  if (act === 'reset-password') {
    const password = readableCode(PASSWORD_GROUPS)
    const reset = await changes.resetPassword(staffNo, password)
    return reset.ok ? ok({ ...nothing, password }) : reset
  }
  if (act === 'reset-code') {
    const reset = await whereSealed(() => changes.resetTotp(staffNo))
    return reset.ok ? ok({ ...nothing, otpauth: reset.value }) : reset
  }
  const done = await changes[act](staffNo)
  return done.ok ? ok(nothing) : done
}
