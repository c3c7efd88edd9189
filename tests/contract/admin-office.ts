/** A central with its administrator and auditor, as the administration's pages meet it over HTTP. */
import { expect } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import * as given from './db-fixture.ts'
import { cookieOf, OTHER, PAGE, said } from './unit-office.ts'

const { secondFactor, staffNoOf, UNIT } = given
export type AdminOffice = Awaited<ReturnType<typeof openAdminOffice>>

/** The administrator of `addOfEachRole`. */
export const administrator = staffNoOf('administrator')

export const unitEntry = (id: string, name: string): Extract<DirectoryEntry, { kind: 'unit' }> => ({
  ...{ kind: 'unit', id, name, numbers: [{ number: '3500201', words: '值班' }], hours: '全天值班', district: null },
})

/** Central with all of it; `as` are people who are signed in at /admin/ by a cookie. */
export async function openAdminOffice(db: Db) {
  const central = await given.startCentral(db)
  const { app } = central
  await given.addOfEachRole(central.db)
  await publishDirectory(central.db, [unitEntry(UNIT, '市城管局'), unitEntry(OTHER, '市水务局')], false)

  const tried = (payload: object, headers: Record<string, string> = PAGE) =>
    app.inject({ method: 'POST', url: '/admin/sign-in', payload, headers })
  const signIn = async (role: StaffRole = 'administrator') => {
    const staffNo = staffNoOf(role)
    const answer = await tried({ staffNo, password: DEMO_PASSWORD, ...secondFactor(app, staffNo) })
    expect(answer.statusCode, answer.body).toBe(200)
    return cookieOf(answer)
  }
  const signInAs = async (staffNo: string, password: string, secret = DEMO_TOTP_SECRET) => {
    central.clock.time += 60_000
    const answer = await tried({ staffNo, password, code: given.codeAt(central.clock.time, secret) })
    expect(answer.statusCode, answer.body).toBe(200)
    return cookieOf(answer)
  }
  const ask = async (cookie: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    said(
      await app.inject({
        ...{ method, url, headers: { ...PAGE, cookie } },
        ...(payload === undefined ? {} : { payload }),
      }),
    )
  /** What the audit has of an object, oldest first. */
  const recorded = (object: string) =>
    central.db.tx('owner', (sql) =>
      sql.query<{ action: string; actor: string; detail: object }>(
        'select action, actor, detail from audit where object = $1::text order by seq',
        [object],
      ),
    )
  const close = async () => {
    await app.close()
    await central.db.close()
  }
  return { central, tried, signIn, signInAs, ask, recorded, close }
}
