/** The page of the member units at central (U): its session, who is of a unit, and the rows under it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { UnitWork } from '../../shared/unit/unit-page.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { cookieOf, mine, openUnitOffice, PAGE, PNG, said, type UnitOffice } from './unit-office.ts'

const { nextId, staffNoOf, UNIT } = given

export function unitContract(openDb: OpenDb): void {
  describe('the page of the member units', () => {
    let office: UnitOffice
    beforeAll(async () => {
      office = await openUnitOffice(await openDb())
    })
    afterAll(() => office.close())

    it('U1 the session is an HttpOnly, SameSite=Strict cookie and stands in no answer; over https it is Secure and this host’s', async () => {
      const plain = await office.tried({ staffNo: mine, password: DEMO_PASSWORD })
      expect(said(plain)).toEqual([200, {}])
      expect(plain.headers['set-cookie']).toMatch(/^sanxin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
      const https = { ...PAGE, host: 'hotline.example', origin: 'https://hotline.example' }
      const secure = await office.tried({ staffNo: mine, password: DEMO_PASSWORD }, https)
      expect(secure.headers['set-cookie']).toMatch(
        /^__Host-sanxin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      )
      expect(said(await office.ask(cookieOf(plain), '/unit/me'))).toEqual([
        200,
        { staffNo: mine, name: 'unitMember', unit: UNIT },
      ])
    })

    it('U2 without https nobody signs in from another machine, and a cookie of there opens nothing', async () => {
      const far = { ...PAGE, host: 'hotline.example', origin: 'http://hotline.example' }
      expect(said(await office.tried({ staffNo: mine, password: DEMO_PASSWORD }, far))).toEqual([
        403,
        { code: 'forbidden', detail: 'foreignPage' },
      ])
      const cookie = await office.signIn()
      const answer = await office.central.app.inject({ url: '/unit/me', headers: { host: 'hotline.example', cookie } })
      expect(answer.statusCode).toBe(401)
    })

    it('U3 no page of others changes anything in her name: not without the header, not from another origin', async () => {
      const caseId = await office.inHand()
      const cookie = await office.signIn()
      const step = { id: nextId(), step: { type: 'answer', text: '假的' } }
      const from = (headers: Record<string, string>) =>
        office.central.app.inject({
          method: 'POST',
          url: `/cases/${caseId}/steps`,
          payload: step,
          headers: { cookie, ...headers },
        })
      const refused = [403, { code: 'forbidden', detail: 'foreignPage' }]
      const { 'x-sanxin-page': header, ...bare } = PAGE
      expect(header).toBe('1')
      expect(said(await from(bare))).toEqual(refused)
      expect(said(await from({ ...PAGE, origin: 'http://evil.example' }))).toEqual(refused)
      expect(said(await from({ ...PAGE, origin: 'null' }))).toEqual(refused)
      expect(said(await from({ ...PAGE, 'sec-fetch-site': 'cross-site' }))).toEqual(refused)
      expect((await from(PAGE)).statusCode).toBe(200)
    })

    it('U4 only who works for a unit signs in here; guessing is counted as at the desk', async () => {
      for (const role of ['operator', 'quality', 'auditor'] as const)
        expect(said(await office.tried({ staffNo: staffNoOf(role), password: DEMO_PASSWORD }))).toEqual([
          403,
          { code: 'forbidden' },
        ])
      for (let guess = 0; guess < 5; guess += 1)
        expect(said(await office.tried({ staffNo: '3002', password: 'wrong' }))).toEqual([
          401,
          { code: 'wrongPassword' },
        ])
      expect(said(await office.tried({ staffNo: '3002', password: DEMO_PASSWORD }))).toEqual([
        423,
        { code: 'lockedOut', detail: '15' },
      ])
      office.central.clock.time += 16 * 60_000
      await office.signIn('3002')
    })

    it('U5 who signed out is nobody with the old cookie', async () => {
      const cookie = await office.signIn()
      const out = await office.ask(cookie, '/unit/sign-out', { method: 'POST' })
      expect(out.headers['set-cookie']).toContain('Max-Age=0')
      expect((await office.ask(cookie, '/unit/me')).statusCode).toBe(401)
    })

    it('U11 beside the cases: what was given back, who signed, who is of the unit, who stands in; of its own unit alone', async () => {
      const [kept, back] = [await office.inHand(), await office.inHand()]
      const cookie = await office.signIn()
      await office.steps(cookie, back, { type: 'return', reason: '不属我局' })
      const work = async (as: string) => (await office.ask(as, '/unit/work')).json<UnitWork>()
      const own = await work(cookie)
      expect(own.returned[0]).toMatchObject({ caseId: back, by: mine, reason: '不属我局' })
      expect(own.signers.find(({ caseId }) => caseId === kept)).toMatchObject({ staffNo: mine })
      // The demo's two are of it as well.
      expect(own.members.map(({ staffNo }) => staffNo)).toEqual([mine, '3001', '8001', '8002'])
      const other = await work(await office.signIn('3002'))
      expect(other.returned).toEqual([])
      expect(other.signers.map(({ caseId }) => caseId)).not.toContain(kept)
      expect(other.members.map(({ staffNo }) => staffNo)).toEqual(['3002'])
    })

    it('U12 who stands in is of the same unit, for days in their order; it ends by her word', async () => {
      const cookie = await office.signIn()
      const name = (deputy: string, fromDay = '2026-11-23', untilDay = '2026-11-30') =>
        office.ask(cookie, '/unit/deputy', { method: 'PUT', payload: { deputy, fromDay, untilDay } })
      const refused = (detail: string) => [400, { code: 'invalidInput', detail }]
      expect(said(await name('3002'))).toEqual(refused('deputy'))
      expect(said(await name(mine))).toEqual(refused('deputy'))
      expect(said(await name('3001', '2026-11-30', '2026-11-23'))).toEqual(refused('days'))
      expect(said(await name('3001', '2026-11-23', '2028-11-23'))).toEqual(refused('days'))
      expect((await name('3001')).statusCode).toBe(200)
      const deputies = async (as: string) => (await office.ask(as, '/unit/work')).json<UnitWork>().deputies
      expect(await deputies(await office.signIn('3001'))).toEqual([
        { staffNo: mine, deputy: '3001', fromDay: '2026-11-23', untilDay: '2026-11-30' },
      ])
      expect(await deputies(await office.signIn('3002'))).toEqual([])
      expect((await office.ask(cookie, '/unit/deputy', { method: 'DELETE' })).statusCode).toBe(200)
      expect(await deputies(cookie)).toEqual([])
    })

    it('U13 under the API: the role of the page reads and writes for nobody nothing, for another unit nothing', async () => {
      const caseId = await office.inHand()
      await office.put(await office.signIn(), caseId, PNG)
      const tables = [
        'cases',
        'unit_drafts',
        'attachments',
        'deputies',
        'unit_members()',
        'unit_returned(9)',
        'unit_signers()',
      ]
      const actors = [
        undefined,
        {},
        { role: 'unitMember' as const, staffNo: 'x', unit: '市没有局' },
        { role: 'operator' as const, unit: UNIT },
      ]
      for (const table of tables)
        for (const actor of actors) {
          const rows = await office.central.db.tx('sanxin_unit', (sql) => sql.query(`select * from ${table}`), actor)
          // Of an operator's session no unit is ever set; the files' policy goes by the case, which she sees not.
          expect(rows, `${table} for ${JSON.stringify(actor)}`).toEqual([])
        }
      for (const text of [
        'select * from staff',
        'select * from callers',
        'select * from case_events',
        'update attachments set sent_at = 1',
      ])
        await expect(office.central.db.tx('sanxin_unit', (sql) => sql.query(text))).rejects.toThrow(/permission denied/)
    })

    it('U14 the page is answered with a policy that lets only its own scripts and styles in, a new nonce each time', async () => {
      const answer = await office.central.app.inject({ url: '/unit/' })
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      })
      expect((await office.central.app.inject({ url: '/unit/assets/..%2f..%2fpackage.json' })).statusCode).toBe(404)
    })
  })
}
