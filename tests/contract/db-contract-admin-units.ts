/** Member units and desks on the administration's pages (AD3, AD4). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AdminDevice, MadeCode } from '../../shared/admin/devices-page.ts'
import type { UnitDetail, UnitFields } from '../../shared/admin/units-page.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { administrator, openAdminOffice, type AdminOffice } from './admin-office.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { OTHER } from './unit-office.ts'

const { caseMutation, nextId, openCase, post, postAs, signIn, staffNoOf, tokenOf, UNIT } = given
const refused = (code: string, detail: string) => [code === 'invalidInput' ? 400 : 409, { code, detail }]

export function adminUnitsContract(openDb: OpenDb): void {
  describe('the administration: units and desks', () => {
    let office: AdminOffice
    let cookie: string
    let monitor: string
    beforeAll(async () => {
      office = await openAdminOffice(await openDb())
      cookie = await office.signIn()
      monitor = (await tokenOf(office.central.app, 'monitor')).token
    })
    afterAll(() => office.close())
    const fields: UnitFields = {
      ...{ name: '市园林局', numbers: [{ number: '3500401', words: '值班' }], hours: '工作日', district: null },
    }
    const detailOf = async (id: string) => (await office.ask(cookie, 'GET', `/admin/units/${id}`))[1] as UnitDetail
    /** A case that waits to be given to somebody. */
    const waiting = async () => {
      const desk = await signIn(office.central.app, '1001')
      const { caseId, mutation } = openCase()
      const reply = { mode: 'later' as const, text: '', articles: [] }
      await desk.sync([mutation, caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply })])
      return caseId
    }
    const dispatch = (caseId: string, unit: string) =>
      post(office.central.app, `/cases/${caseId}/steps`, { id: nextId(), step: { type: 'dispatch', unit } }, monitor)

    it('AD3.1 a unit is added and changed, its id stays; the desks learn of each, the audit keeps who', async () => {
      const desk = await signIn(office.central.app, '1004')
      await desk.pullAll()
      const told = async () => (await desk.pullAll()).flatMap(({ changes }) => changes)
      expect(await office.ask(cookie, 'POST', '/admin/units', { id: 'U-YL', ...fields })).toEqual([200, {}])
      expect(await told()).toMatchObject([{ kind: 'directory', entry: { kind: 'unit', id: 'U-YL', ...fields } }])
      const renamed = { ...fields, name: '市园林绿化局', numbers: [{ number: '3500402', words: '' }] }
      const change = { base: fields, fields: renamed }
      expect(await office.ask(cookie, 'PUT', '/admin/units/U-YL', change)).toEqual([200, {}])
      expect(await told()).toMatchObject([{ kind: 'directory', entry: { id: 'U-YL', ...renamed } }])
      // Whoever read it before that would write over it unseen.
      expect(await office.ask(cookie, 'PUT', '/admin/units/U-YL', change)).toEqual(
        refused('illegalTransition', 'changed'),
      )
      expect(await office.recorded('U-YL')).toEqual([
        { action: 'unit.added', actor: administrator, detail: { name: '市园林局' } },
        { action: 'unit.changed', actor: administrator, detail: { from: '市园林局', name: '市园林绿化局' } },
      ])
      const [, all] = await office.ask(cookie, 'GET', '/admin/units')
      expect(all).toMatchObject({ units: [{ id: UNIT }, { id: OTHER }, { id: 'U-YL', retired: false }] })
    })

    it('AD3.2 a name or an id that is another’s, a number that cannot be dialled and an unknown unit are refused', async () => {
      const add = (more: object) => office.ask(cookie, 'POST', '/admin/units', { id: 'U-NEW', ...fields, ...more })
      expect(await add({ name: '市水务局' })).toEqual(refused('invalidInput', 'nameTaken'))
      expect(await add({ id: UNIT, name: '另一个' })).toEqual(refused('invalidInput', 'id'))
      expect(await add({ name: '另一个', numbers: [{ number: 'abc', words: '' }] })).toEqual(
        refused('invalidInput', 'numbers.0'),
      )
      expect(await add({ name: '另一个', numbers: [] })).toEqual(refused('invalidInput', 'numbers'))
      expect(await office.ask(cookie, 'GET', '/admin/units/U-NONE')).toEqual([404, { code: 'notFound' }])
      const both = await Promise.all([add({ id: 'U-A', name: '同名局' }), add({ id: 'U-B', name: '同名局' })])
      expect(both.map(([status]) => status).toSorted()).toEqual([200, 400])
    })

    it('AD3.3 a unit with open cases is not retired and it is said which; without any it goes from desks and dispatch, and comes back', async () => {
      const { app, db } = office.central
      const caseId = await waiting()
      expect((await dispatch(caseId, UNIT)).statusCode).toBe(200)
      const [row] = await db.tx('owner', (sql) =>
        sql.query<{ case_no: string }>('select case_no from cases where case_id = $1::uuid', [caseId]),
      )
      expect(await detailOf(UNIT)).toMatchObject({ unit: { id: UNIT, retired: false }, openCases: [row?.case_no] })
      expect(await office.ask(cookie, 'POST', `/admin/units/${UNIT}/retire`, {})).toEqual(
        refused('illegalTransition', 'openCases'),
      )
      const desk = await signIn(app, '1004')
      await desk.pullAll()
      expect(await office.ask(cookie, 'POST', `/admin/units/${OTHER}/retire`, {})).toEqual([200, {}])
      expect((await desk.pullAll()).flatMap(({ changes }) => changes)).toMatchObject([
        { kind: 'directoryWithdrawn', id: OTHER },
      ])
      const late = await waiting()
      expect((await dispatch(late, OTHER)).json()).toEqual({ code: 'invalidInput', detail: 'unit' })
      const base = (await detailOf(OTHER)).unit
      const { id: _, retired, ...stands } = base
      expect(retired).toBe(true)
      const change = { base: stands, fields: { ...stands, name: 'x' } }
      expect(await office.ask(cookie, 'PUT', `/admin/units/${OTHER}`, change)).toEqual(
        refused('illegalTransition', 'changed'),
      )
      expect(await office.ask(cookie, 'POST', `/admin/units/${OTHER}/retire`, {})).toEqual(
        refused('illegalTransition', 'changed'),
      )
      expect(await office.ask(cookie, 'POST', `/admin/units/${OTHER}/restore`, {})).toEqual([200, {}])
      expect((await dispatch(late, OTHER)).statusCode).toBe(200)
      expect((await office.recorded(OTHER)).map(({ action }) => action)).toEqual(['unit.retired', 'unit.restored'])
    })

    it('AD3.4 a unit that is retired while a case is being given to it: one of both happens, never both', async () => {
      for (let round = 0; round < 4; round += 1) {
        const id = `U-R${round}`
        await office.ask(cookie, 'POST', '/admin/units', { id, ...fields, name: `轮 ${round}` })
        const caseId = await waiting()
        const [given1, retired] = await Promise.all([
          dispatch(caseId, id),
          office.ask(cookie, 'POST', `/admin/units/${id}/retire`, {}),
        ])
        expect([given1.statusCode === 200, retired[0] === 200].filter(Boolean)).toHaveLength(1)
      }
    })

    it('AD3.5 a unit’s people and who stands in for whom are shown', async () => {
      expect(await detailOf(UNIT)).toMatchObject({
        members: [staffNoOf('unitMember'), '8001', '8002'].toSorted().map((staffNo) => ({ staffNo })),
        deputies: [],
      })
    })

    it('AD4.1 a code is made, told once, and enrols one desk; the list says when each was last heard and in which version', async () => {
      const { app, clock } = office.central
      const [status, made] = await office.ask(cookie, 'POST', '/admin/devices/codes', { name: '三楼 12 号', team: '' })
      const { code, expiresAt } = made as MadeCode
      expect([status, expiresAt]).toEqual([200, clock.time + 24 * 3_600_000])
      const list = async () => (await office.ask(cookie, 'GET', '/admin/devices'))[1] as { devices: AdminDevice[] }
      expect(await list()).toMatchObject({ codes: [{ name: '三楼 12 号', team: null, expiresAt }] })
      const storeId = nextId()
      const device = await given.enrol(app, storeId, code)
      const [deviceId] = device.split('.')
      const shown = async () => (await list()).devices.find((one) => one.deviceId === deviceId)
      expect(await list()).toMatchObject({ codes: [] })
      expect(await shown()).toMatchObject({
        name: '三楼 12 号',
        kind: 'desk',
        revokedAt: null,
        seenAt: null,
        version: null,
      })
      const sync = (version?: string) =>
        app.inject({
          ...{ method: 'POST', url: '/sync' },
          payload: { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last: null, mutations: [] },
          headers: { authorization: `Device ${device}`, ...(version === undefined ? {} : { 'user-agent': version }) },
        })
      expect((await sync('Sanxin/0.1.0')).statusCode).toBe(200)
      const first = clock.time
      expect(await shown()).toMatchObject({ seenAt: first, version: '0.1.0' })
      // Not with each request; a minute later, and what is no version of ours says none.
      clock.time += 59_999
      await sync('Sanxin/0.2.0')
      expect(await shown()).toMatchObject({ seenAt: first, version: '0.1.0' })
      clock.time += 1
      await sync('curl/8 <script>')
      expect(await shown()).toMatchObject({ seenAt: clock.time, version: '0.1.0' })
      expect(JSON.stringify([await list(), office.central.logged])).not.toContain(code)
    })

    it('AD4.2 a revoked desk is unknown at once; who made the code and who revoked it stands in the audit', async () => {
      const { app, db } = office.central
      const storeId = nextId()
      const device = await given.enrol(app, storeId)
      const [deviceId = ''] = device.split('.')
      expect(await office.ask(cookie, 'POST', `/admin/devices/${deviceId}/revoke`, {})).toEqual([200, {}])
      expect((await postAs(app, '/desk', { storeId }, device)).json()).toEqual({ code: 'deviceUnknown' })
      expect(await office.ask(cookie, 'POST', `/admin/devices/${deviceId}/revoke`, {})).toEqual([
        404,
        { code: 'notFound' },
      ])
      expect((await office.recorded(deviceId)).at(-1)).toMatchObject({ action: 'device.revoked', actor: administrator })
      const made = await db.tx('owner', (sql) =>
        sql.query(`select actor, detail from audit where action = 'device.codeMade'`),
      )
      expect(made).toEqual([{ actor: administrator, detail: { name: '三楼 12 号', team: null } }])
    })
  })
}
