/** The administration's pages at central: who is let in, and what becomes of people there (AD1, AD2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ToldOnce } from '../../shared/admin/people-page.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { administrator, openAdminOffice, type AdminOffice } from './admin-office.ts'
import type { OpenDb } from './open-db.ts'
import { codeAt, count, secondFactor, staffNoOf, UNIT } from './db-fixture.ts'
import { OTHER, PAGE, said } from './unit-office.ts'

const refused = (detail: string) => [400, { code: 'invalidInput', detail }]
const secretOf = (uri: string | null) => /secret=([A-Z2-7]+)/.exec(uri ?? '')?.[1] ?? ''

export function adminPeopleContract(openDb: OpenDb): void {
  describe('the administration: people', () => {
    let office: AdminOffice
    let cookie: string
    beforeAll(async () => {
      office = await openAdminOffice(await openDb())
      cookie = await office.signIn()
    })
    afterAll(() => office.close())
    const told = async (method: 'POST' | 'PUT', url: string, payload: object = {}) => {
      const [status, body] = await office.ask(cookie, method, url, payload)
      expect(status, JSON.stringify(body)).toBe(200)
      return body as ToldOnce
    }
    const line = { extension: '1088', password: 'line-secret', domain: 'd' }
    const person = { name: '周宁', role: 'operator', unit: null, team: '甲班', line }

    it('AD1.1 an administrator signs in with password and code; the session is a cookie and stands in no answer', async () => {
      const { app } = office.central
      const who = { staffNo: administrator, password: DEMO_PASSWORD }
      expect(said(await office.tried(who))).toEqual([401, { code: 'codeRequired' }])
      const answer = await office.tried({ ...who, ...secondFactor(app, administrator) })
      expect(said(answer)).toEqual([200, {}])
      expect(answer.headers['set-cookie']).toMatch(/^sanxin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
      expect(said(await office.tried({ ...who, code: '000000' }))).toEqual([401, { code: 'codeWrong' }])
      expect(said(await office.tried(who, { ...PAGE, origin: 'http://evil.example' }))).toEqual([
        403,
        { code: 'forbidden', detail: 'foreignPage' },
      ])
    })

    it('AD1.2 the auditor is let in and changes nothing, the editor to the knowledge base and the monitor to what is hers alone; nobody else is let in', async () => {
      const auditor = await office.signIn('auditor')
      expect(await office.ask(auditor, 'GET', '/admin/me')).toEqual([
        200,
        { staffNo: staffNoOf('auditor'), name: 'auditor', role: 'auditor' },
      ])
      expect(await office.ask(auditor, 'GET', '/admin/people')).toEqual([403, { code: 'forbidden' }])
      const editor = await office.signIn('editor')
      for (const url of ['/admin/people', '/admin/units', '/admin/devices', '/admin/audit'])
        expect(await office.ask(editor, 'GET', url), url).toEqual([403, { code: 'forbidden' }])
      const monitor = await office.signIn('monitor')
      expect((await office.ask(monitor, 'GET', '/admin/outbox'))[0]).toBe(200)
      for (const role of ['operator', 'quality', 'unitMember'] as const) {
        const staffNo = staffNoOf(role)
        const factor = secondFactor(office.central.app, staffNo)
        expect(said(await office.tried({ staffNo, password: DEMO_PASSWORD, ...factor }))).toEqual([
          403,
          { code: 'forbidden' },
        ])
      }
    })

    it('AD1.2 P4 a monitor is let in with her second factor, to what is said to citizens and to nothing else', async () => {
      const monitor = await office.signIn('monitor')
      expect((await office.ask(monitor, 'GET', '/admin/me'))[1]).toMatchObject({ role: 'monitor' })
      expect((await office.ask(monitor, 'GET', '/tables/script'))[0]).toBe(200)
      // At her desk she may; what a browser holds opens none of it.
      for (const [method, url, body] of [
        ['POST', '/cases/find', {}],
        ['POST', '/cases/export', {}],
        ['GET', '/ledger/open', undefined],
        ['GET', '/ledger/open', undefined],
        ['GET', '/admin/people', undefined],
      ] as const)
        expect(await office.ask(monitor, method, url, body), url).toEqual([403, { code: 'forbidden' }])
      const words = { base: 0, body: { words: [] }, why: '试' }
      expect((await office.ask(monitor, 'PUT', '/tables/forbiddenWords', words))[0]).toBe(200)
      expect(await office.ask(monitor, 'PUT', '/tables/deadlines', words)).toEqual([403, { code: 'forbidden' }])
    })

    it('AD1.3 who signs out is nobody, and so is at once who was deactivated', async () => {
      const again = await office.signIn()
      expect((await office.ask(again, 'POST', '/admin/sign-out', {}))[0]).toBe(200)
      expect((await office.ask(again, 'GET', '/admin/me'))[0]).toBe(401)
      const auditor = await office.signIn('auditor')
      await told('POST', `/admin/people/${staffNoOf('auditor')}/deactivate`)
      expect((await office.ask(auditor, 'GET', '/admin/me'))[0]).toBe(401)
      await told('POST', `/admin/people/${staffNoOf('auditor')}/activate`)
    })

    it('AD2.1 people are found by number, name or extension, by role and unit, in pages; no secret goes along', async () => {
      const [, all] = await office.ask(cookie, 'GET', '/admin/people')
      expect(JSON.stringify(all)).not.toMatch(/password|practice-|SANXINDEMO|argon2/)
      const found = async (query: string) => {
        const [, body] = await office.ask(cookie, 'GET', `/admin/people?${query}`)
        return (body as { people: { staffNo: string }[] }).people.map(({ staffNo }) => staffNo)
      }
      expect(await found('words=100')).toEqual(['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '1009'])
      expect(await found(`words=${encodeURIComponent('班长')}`)).toEqual(['1010'])
      expect(await found('role=auditor')).toEqual([staffNoOf('auditor')])
      expect(await found(`unit=${UNIT}`)).toEqual([staffNoOf('unitMember'), '8001', '8002'].toSorted())
      expect(await found('words=%25')).toEqual([])
      expect(await found('state=inactive')).toEqual([])
      const { db } = office.central
      const many = `insert into staff (staff_no, name, role, password_hash)
        select '7' || lpad(n::text, 3, '0'), '编辑', 'editor', 'x' from generate_series(1, 60) as n`
      await db.tx('owner', (sql) => sql.query(many))
      const first = await found('role=editor')
      const [, page] = await office.ask(cookie, 'GET', '/admin/people?role=editor')
      const { next } = page as { next: string }
      expect([first.length, next]).toEqual([50, first.at(-1)])
      const [, rest] = await office.ask(cookie, 'GET', `/admin/people?role=editor&after=${next}`)
      expect(rest).toMatchObject({ next: null })
      expect(new Set([...first, ...(await found(`role=editor&after=${next}`))]).size).toBe(61)
    })

    it('AD2.2 who is added has a first password and, where her role needs it, a second factor, each told once', async () => {
      const { password, otpauth } = await told('POST', '/admin/people', { ...person, staffNo: '1088' })
      expect([password, otpauth]).toEqual([expect.stringMatching(/^(?:[A-Z2-9]{5}-){2}[A-Z2-9]{5}$/), null])
      const second = { name: '李敏', role: 'administrator', unit: null, team: '', line: null, staffNo: '9002' }
      const admin = await told('POST', '/admin/people', second)
      const other = await office.signInAs('9002', admin.password ?? '', secretOf(admin.otpauth))
      expect(await office.ask(other, 'GET', '/admin/people/1088')).toEqual([
        200,
        {
          ...{
            staffNo: '1088',
            name: '周宁',
            role: 'operator',
            unit: null,
            unitName: null,
            team: '甲班',
            active: true,
          },
          ...{ line: { extension: '1088', domain: 'd' }, hasCode: false, lockedUntil: null },
        },
      ])
      expect(await office.recorded('1088')).toEqual([
        { action: 'staff.added', actor: administrator, detail: { role: 'operator' } },
      ])
      const everything = JSON.stringify([office.central.logged, await office.recorded('9002')])
      for (const secret of [password, admin.password, secretOf(admin.otpauth)]) expect(everything).not.toContain(secret)
      expect(await office.ask(cookie, 'POST', '/admin/people', { ...person, staffNo: '1088' })).toEqual(
        refused('staffNo'),
      )
      for (const [wrong, detail] of [
        [{ ...person, line: null }, 'line'],
        [{ ...person, unit: UNIT }, 'unit'],
        [{ ...person, role: 'unitMember', line: null }, 'unit'],
        [{ ...person, role: 'unitMember', line: null, unit: 'U-NONE' }, 'unit'],
        [{ ...person, name: ' ' }, 'name'],
      ] as const)
        expect(await office.ask(cookie, 'POST', '/admin/people', { ...wrong, staffNo: '1099' })).toEqual(
          refused(detail),
        )
      expect(await count(office.central.db, `staff where staff_no = '1099'`)).toBe(0)
    })

    it('AD2.3 each change is taken as it is named and stands in the audit under who made it; a line keeps its password', async () => {
      await told('PUT', '/admin/people/1001', { name: '王芳', team: '乙班', line: { extension: '2001' } })
      expect((await office.ask(cookie, 'GET', '/admin/people/1001'))[1]).toMatchObject({
        ...{ name: '王芳', team: '乙班', role: 'operator', line: { extension: '2001' } },
      })
      await told('PUT', '/admin/people/1001', { team: '' })
      expect((await office.ask(cookie, 'GET', '/admin/people/1001'))[1]).toMatchObject({ name: '王芳', team: null })
      expect(await count(office.central.db, `lines where extension = '2001' and password = 'practice-1001'`)).toBe(1)
      const { otpauth } = await told('PUT', '/admin/people/1001', { role: 'monitor' })
      expect(otpauth).toMatch(/^otpauth:/)
      expect((await office.recorded('1001')).slice(-3)).toEqual([
        { action: 'staff.changed', actor: administrator, detail: { changed: 'line name team' } },
        { action: 'staff.changed', actor: administrator, detail: { changed: 'team' } },
        { action: 'staff.changed', actor: administrator, detail: { changed: 'role', role: 'monitor' } },
      ])
      const { password } = await told('POST', '/admin/people/1001/reset-password')
      const reset = await told('POST', '/admin/people/1001/reset-code')
      expect([password, reset.otpauth]).toEqual([expect.any(String), expect.stringMatching(/^otpauth:/)])
      expect(await office.ask(cookie, 'POST', '/admin/people/1002/reset-code', {})).toEqual(refused('role'))
      expect(await office.ask(cookie, 'PUT', '/admin/people/1002', {})).toEqual(refused('nothing'))
      expect(await office.ask(cookie, 'PUT', '/admin/people/4711', { name: 'x' })).toEqual([404, { code: 'notFound' }])
      expect(await office.ask(cookie, 'GET', '/admin/people/4711')).toEqual([404, { code: 'notFound' }])
    })

    it('AD2.4 nobody locks herself out, and the last administrator stays, also where two take each other’s place at once', async () => {
      const own = `/admin/people/${administrator}`
      for (const act of ['deactivate', 'reset-password', 'reset-code', 'unlock'])
        expect(await office.ask(cookie, 'POST', `${own}/${act}`, {})).toEqual(refused('self'))
      expect(await office.ask(cookie, 'PUT', own, { role: 'auditor' })).toEqual(refused('self'))
      await told('PUT', own, { name: '管理员' })
      const { password } = await told('POST', '/admin/people/9002/reset-password')
      const { otpauth } = await told('POST', '/admin/people/9002/reset-code')
      const other = await office.signInAs('9002', password ?? '', secretOf(otpauth))
      const both = await Promise.all([
        office.ask(cookie, 'PUT', '/admin/people/9002', { role: 'auditor' }),
        office.ask(other, 'POST', `${own}/deactivate`, {}),
      ])
      expect(both.filter(([status]) => status === 200)).toHaveLength(1)
      const still = `staff where role = 'administrator' and active`
      expect(await count(office.central.db, still)).toBe(1)
      // The command is held to it as well.
      const { createStaffChanges } = await import('../../central/people/staff-changes.ts')
      const { db, clock } = office.central
      const [left] = await db.tx('owner', (sql) => sql.query<{ staff_no: string }>(`select staff_no from ${still}`))
      expect(await createStaffChanges(db, clock, 'ops:tests', demoSeal).deactivate(left?.staff_no ?? '')).toEqual({
        ok: false,
        error: { code: 'invalidInput', detail: 'lastAdministrator' },
      })
      // Back to one who is signed in, for what follows.
      await db.tx('owner', (sql) =>
        sql.query(`update staff set active = true, role = 'administrator' where staff_no = $1::text`, [administrator]),
      )
      cookie = await office.signIn()
    })

    it('AD2.5 who moves to another unit is signed out there, stands in for nobody, and nobody for her', async () => {
      const { app, db } = office.central
      const staffNo = staffNoOf('unitMember')
      const answer = await app.inject({
        ...{ method: 'POST', url: '/unit/sign-in', headers: PAGE, payload: { staffNo, password: DEMO_PASSWORD } },
      })
      const unitCookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
      const days = { fromDay: '2026-11-23', untilDay: '2026-11-30' }
      expect((await office.ask(unitCookie, 'PUT', '/unit/deputy', { deputy: '8001', ...days }))[0]).toBe(200)
      expect(await office.ask(cookie, 'PUT', `/admin/people/${staffNo}`, { unit: 'U-NONE' })).toEqual(refused('unit'))
      expect(await office.ask(cookie, 'PUT', '/admin/people/1002', { unit: UNIT })).toEqual(refused('unit'))
      expect(await count(db, 'deputies')).toBe(1)
      await told('PUT', `/admin/people/${staffNo}`, { unit: OTHER })
      expect(await count(db, 'deputies')).toBe(0)
      expect((await office.ask(unitCookie, 'GET', '/unit/me'))[0]).toBe(401)
      expect((await office.recorded(staffNo)).at(-1)?.detail).toEqual({ changed: 'unit', unit: OTHER })
    })

    it('AD2.6 a number that was guessed at is shown as locked until when, and is unlocked', async () => {
      const { clock } = office.central
      const wrong = { staffNo: '9002', password: 'wrong', code: codeAt(clock.time) }
      for (let tried = 0; tried < 5; tried += 1) await office.tried(wrong)
      const lockedUntil = async () => {
        const [, body] = await office.ask(cookie, 'GET', '/admin/people/9002')
        return (body as { lockedUntil: number | null }).lockedUntil
      }
      expect(await lockedUntil()).toBe(clock.time + 15 * 60_000)
      await told('POST', '/admin/people/9002/unlock')
      expect(await lockedUntil()).toBe(null)
    })
  })
}
