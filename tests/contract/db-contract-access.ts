/** Every role at every route and on /live (P), expected from the table in shared/people/roles.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may, type Permission } from '../../shared/people/roles.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import { officeSignInResponseSchema, PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { selectStatuses } from '../../central/live/sql.ts'
import { createCentralClient } from '../../electron/store/sync/central-client.ts'
import type { OpenDb } from './open-db.ts'
import { listen, openLive } from './db-contract-live.ts'
import * as given from './db-fixture.ts'

const { nextId, secondFactor, staffNoOf, tokenOf } = given

type Row = {
  readonly access: Permission | 'public' | 'device' | 'exchange' | 'system' | 'signedIn'
  readonly body?: object
}

/** All routes there are: one that is added needs a row here, with a body that it can say no to for other reasons. */
const routes: Readonly<Record<string, Row>> = {
  'GET /health': { access: 'public' },
  'GET /live': { access: 'public' },
  'POST /enrol': { access: 'public', body: {} },
  'POST /sign-in': { access: 'public', body: {} },
  'GET /sign-in/oidc': { access: 'public' },
  'POST /sign-in/oidc': { access: 'device', body: {} },
  'POST /sign-out': { access: 'signedIn', body: {} },
  'POST /password': { access: 'signedIn', body: {} },
  'POST /desk': { access: 'device', body: {} },
  'POST /calls/answered': { access: 'device', body: {} },
  'POST /sync': { access: 'device', body: { protocol: PROTOCOL_VERSION } },
  'POST /cases/of-caller': { access: 'cases.ofCaller', body: { phone: '13812345678' } },
  'POST /ledger/events': { access: 'exchange', body: {} },
  'GET /ledger/position': { access: 'exchange' },
  'GET /ledger': { access: 'ledger.read' },
  'GET /ledger/open': { access: 'ledger.read' },
  'POST /ledger/settle': { access: 'ledger.settle', body: {} },
  'GET /messages/dead': { access: 'messages.manage' },
  'GET /messages/by-voice': { access: 'messages.manage' },
  'POST /messages/:messageId/again': { access: 'messages.manage', body: {} },
  'POST /messages/:messageId/settle': { access: 'messages.manage', body: {} },
  'POST /messages/wish': { access: 'cases.ofCaller', body: {} },
  'POST /messages/inbound': { access: 'public', body: {} },
  'GET /ratings/owed': { access: 'messages.manage' },
  'GET /rate/:token': { access: 'public' },
  'POST /rate/:token': { access: 'public', body: {} },
  'GET /openapi.json': { access: 'public' },
  'GET /unit/webhooks': { access: 'system' },
  'POST /unit/webhooks': { access: 'system', body: {} },
  'DELETE /unit/webhooks/:webhookId': { access: 'system' },
  'GET /unit/webhooks/:webhookId/dead': { access: 'system' },
  'POST /unit/webhooks/:webhookId/dead/:deliveryId/again': { access: 'system', body: {} },
  'GET /systems/keys': { access: 'systems.manage' },
  'POST /systems/keys': { access: 'systems.manage', body: {} },
  'DELETE /systems/keys/:keyId': { access: 'systems.manage' },
  'GET /systems/webhooks': { access: 'systems.manage' },
  'POST /systems/webhooks': { access: 'systems.manage', body: {} },
  'DELETE /systems/webhooks/:webhookId': { access: 'systems.manage' },
  'GET /systems/webhooks/:webhookId/dead': { access: 'systems.manage' },
  'POST /systems/webhooks/:webhookId/dead/:deliveryId/again': { access: 'systems.manage', body: {} },
  'GET /progress': { access: 'public' },
  'POST /progress': { access: 'public', body: {} },
  'GET /audit': { access: 'audit.read' },
  'POST /cases/find': { access: 'cases.read', body: {} },
  'POST /cases/similar': {
    access: 'cases.similar',
    body: { caseId: nextId(), code: null, district: '蓬江区', address: '', text: '停水了吗' },
  },
  'POST /cases/export': { access: 'cases.export', body: {} },
  'GET /cases/counts': { access: 'cases.read' },
  'GET /units': { access: 'signedIn' },
  'GET /tables': { access: 'signedIn' },
  'GET /tables/:name': { access: 'signedIn' },
  'GET /tables/:name/versions': { access: 'signedIn' },
  'PUT /tables/:name': { access: 'signedIn', body: {} },
  'GET /cases/:caseId': { access: 'cases.read' },
  'POST /cases/:caseId/printed': { access: 'cases.read', body: {} },
  'POST /cases/:caseId/steps': { access: 'cases.step', body: {} },
  'GET /cases/:caseId/attachments': { access: 'cases.read' },
  'GET /cases/:caseId/attachments/:attachmentId': { access: 'cases.read' },
  'PUT /cases/:caseId/attachments/:attachmentId': { access: 'unit.work', body: {} },
  'DELETE /cases/:caseId/attachments/:attachmentId': { access: 'unit.work' },
  'GET /unit': { access: 'public' },
  'GET /unit/': { access: 'public' },
  'GET /unit/assets/:name': { access: 'public' },
  'POST /unit/sign-in': { access: 'public', body: {} },
  'POST /unit/sign-out': { access: 'unit.work', body: {} },
  'GET /unit/me': { access: 'unit.work' },
  'GET /unit/work': { access: 'unit.work' },
  'GET /unit/drafts/:caseId': { access: 'unit.work' },
  'PUT /unit/drafts/:caseId/:kind': { access: 'unit.work', body: {} },
  'PUT /unit/deputy': { access: 'unit.work', body: {} },
  'DELETE /unit/deputy': { access: 'unit.work' },
  'GET /kb/articles': { access: 'articles.read' },
  'POST /kb/articles': { access: 'articles.write', body: {} },
  'GET /kb/articles/:articleId': { access: 'articles.read' },
  'GET /kb/articles/:articleId/editions/:edition': { access: 'articles.read' },
  'POST /kb/articles/:articleId/steps': { access: 'articles.write', body: {} },
  'GET /kb/waiting': { access: 'articles.read' },
  'GET /kb/export': { access: 'articles.read' },
  'POST /kb/import': { access: 'articles.write', body: {} },
  'POST /kb/import/apply': { access: 'articles.write', body: {} },
  'GET /kb/tasks': { access: 'articles.read' },
  'POST /kb/tasks/:taskId/close': { access: 'articles.write', body: {} },
  'GET /kb/gaps': { access: 'articles.read' },
  'POST /kb/gaps/close': { access: 'articles.write', body: {} },
  'GET /unit/articles': { access: 'articles.propose' },
  'POST /unit/articles': { access: 'articles.propose', body: {} },
  'GET /unit/articles/:articleId': { access: 'articles.propose' },
  'GET /unit/articles/:articleId/editions/:edition': { access: 'articles.propose' },
  'POST /unit/articles/:articleId/steps': { access: 'articles.propose', body: {} },
  'GET /admin': { access: 'public' },
  'GET /admin/': { access: 'public' },
  'GET /admin/assets/:name': { access: 'public' },
  'POST /admin/sign-in': { access: 'public', body: {} },
  'POST /admin/sign-out': { access: 'admin.work', body: {} },
  'GET /admin/me': { access: 'admin.work' },
  'GET /admin/people': { access: 'staff.manage' },
  'POST /admin/people': { access: 'staff.manage', body: {} },
  'GET /admin/people/:staffNo': { access: 'staff.manage' },
  'PUT /admin/people/:staffNo': { access: 'staff.manage', body: {} },
  'POST /admin/people/:staffNo/:act': { access: 'staff.manage', body: {} },
  'GET /admin/audit': { access: 'audit.read' },
  'GET /admin/audit/chain': { access: 'audit.read' },
  'GET /admin/devices': { access: 'devices.manage' },
  'POST /admin/devices/codes': { access: 'devices.manage', body: {} },
  'POST /admin/devices/:deviceId/revoke': { access: 'devices.manage', body: {} },
  'GET /admin/systems': { access: 'systems.manage' },
  'POST /systems/webhooks/:webhookId/:act': { access: 'systems.manage', body: {} },
  'GET /admin/outbox': { access: 'messages.manage' },
  'POST /admin/outbox/again': { access: 'messages.manage', body: {} },
  'GET /admin/units': { access: 'units.manage' },
  'POST /admin/units': { access: 'units.manage', body: {} },
  'GET /admin/units/:unit': { access: 'units.manage' },
  'PUT /admin/units/:unit': { access: 'units.manage', body: {} },
  'POST /admin/units/:unit/:act': { access: 'units.manage', body: {} },
}

const isMachine = (access: Row['access']): access is 'device' | 'exchange' | 'system' =>
  access === 'device' || access === 'exchange' || access === 'system'

export function accessContract(openDb: OpenDb): void {
  describe('who may do what', () => {
    let central: given.Central
    let url: string
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await given.addOfEachRole(central.db)
      url = await listen(central)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const ask = (token: string, method: string, path: string, payload?: object) =>
      central.app.inject({
        method: method as 'GET',
        url: path.replaceAll(/:\w+Id/g, () => nextId()),
        headers: { authorization: `Bearer ${token}` },
        ...(payload === undefined ? {} : { payload }),
      })

    it('P2 every route has a row in the matrix, which names what it asks for', () => {
      const there = central.app.routeEntries.map(({ method, url: path, access }) => [`${method} ${path}`, access])
      expect(Object.fromEntries(there)).toEqual(
        Object.fromEntries(Object.entries(routes).map(([route, { access }]) => [route, access])),
      )
    })

    for (const role of staffRoles) {
      it(`P2 ${role}: at every route what the table says, and nothing more`, async () => {
        const allowed = (access: Row['access']) =>
          access === 'public' || access === 'signedIn' || (!isMachine(access) && may(role, access))
        for (const [route, { access, body }] of Object.entries(routes)) {
          const [method = '', path = ''] = route.split(' ')
          const { token } = await tokenOf(central.app, role)
          const answer = await ask(token, method, path, body)
          const denied = answer.statusCode === 403 && answer.json<{ code: string }>().code === 'forbidden'
          // Where a device, an exchange or a unit's system speaks, nobody's token counts.
          if (isMachine(access)) expect(answer.json(), `${role} at ${route}`).toEqual({ code: 'deviceUnknown' })
          else {
            expect(denied, `${role} at ${route}: ${answer.statusCode}`).toBe(!allowed(access))
            expect(answer.statusCode, `${role} at ${route}`).not.toBe(401)
          }
          expect(answer.statusCode, `${role} at ${route}`).not.toBe(500)
        }
      })

      it(`P4 ${role}: signs in ${may(role, 'sync') ? 'at a desk only' : 'at no desk'}`, async () => {
        const device = await given.enrol(central.app)
        const tried = async (storeId: string | null, password = DEMO_PASSWORD) =>
          central.app.inject({
            method: 'POST',
            url: '/sign-in',
            payload: { staffNo: staffNoOf(role), password, ...secondFactor(central.app, staffNoOf(role)), storeId },
            headers: storeId === null ? {} : { authorization: `Device ${device}` },
          })
        const [atDesk, away] = [await tried(nextId()), await tried(null)]
        const [right, wrong] = may(role, 'sync') ? [atDesk, away] : [away, atDesk]
        expect(officeSignInResponseSchema.parse(right.json()).operator.role).toBe(role)
        expect([wrong.statusCode, wrong.json()]).toEqual([403, { code: 'forbidden' }])
        if (!may(role, 'sync')) {
          const client = createCentralClient(url.replace('ws:', 'http:'))
          const staffNo = staffNoOf(role)
          const factor = secondFactor(central.app, staffNo)
          const asDesk = { staffNo, password: DEMO_PASSWORD, ...factor, storeId: nextId() }
          expect(await client.signIn(device, asDesk)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
        }
        // Whether a role fits is said only to who knows the password.
        for (const storeId of [nextId(), null])
          expect((await tried(storeId, 'wrong')).json()).toEqual({ code: 'wrongPassword' })
      })
    }

    it('P3 /live takes the status of who may tell it, and of nobody else', async () => {
      const node = await given.startCentral(central.db)
      const nodeUrl = await listen(node)
      for (const role of staffRoles) {
        const live = await openLive(nodeUrl)
        live.send({ type: 'hello', ...(await tokenOf(central.app, role)) })
        expect(await live.next()).toEqual({ type: 'welcome', head: expect.any(Number) })
        live.send({ type: 'status', status: 'ready', since: 1 })
        // What came before this is taken first.
        live.send('no json')
        expect(await live.closed).toBe(1008)
      }
      // A node that closes waits for what is being written.
      await node.app.close()
      const written = (await central.db.tx('sanxin_live', selectStatuses)).map(({ staffNo }) => staffNo)
      expect(written.toSorted()).toEqual(
        staffRoles
          .filter((role) => may(role, 'live'))
          .map(staffNoOf)
          .toSorted(),
      )
    })

    it('P5 whoever judges the work sees its caller masked, a unit its own cases only', async () => {
      const { app, db } = central
      const desk = await given.signIn(app)
      const { caseId, mutation } = given.openCase('13812345678', '内容', '张三')
      await desk.sync([mutation])
      const seenBy = async (role: 'quality' | 'unitMember' | 'monitor') => {
        const answer = await app.inject({
          url: `/cases/${caseId}`,
          headers: { authorization: `Bearer ${(await tokenOf(app, role)).token}` },
        })
        return answer.statusCode === 200 ? answer.json<{ caller: object }>().caller : answer.statusCode
      }
      expect(await seenBy('monitor')).toMatchObject({ name: '张三', phone: '13812345678' })
      expect(await seenBy('quality')).toMatchObject({ name: '张**', phone: '138****5678' })
      expect(await seenBy('unitMember')).toBe(404)
      const give = (unit: string) =>
        db.tx('owner', (sql) => sql.query('update cases set unit = $2::text where case_id = $1::uuid', [caseId, unit]))
      await give('市水务局')
      expect(await seenBy('unitMember')).toBe(404)
      await give(given.UNIT)
      expect(await seenBy('unitMember')).toMatchObject({ name: '张三', phone: '13812345678' })
    })

    it('P10 no table without row security is granted to who reads and writes for one person', async () => {
      const rows = await central.db.tx('owner', (sql) =>
        sql.query<{ role: string; name: string }>(
          `select r.rolname as role, c.relname as name from pg_class c, pg_roles r
           where relkind in ('r', 'v', 'm', 'p') and relnamespace = 'public'::regnamespace and not relrowsecurity
             and r.rolname in ('sanxin_reader', 'sanxin_unit')
             and (has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE')
               or has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE'))`,
        ),
      )
      expect(rows).toEqual([])
    })

    it('P9 a role that is taken away is gone with the next request', async () => {
      const { app, db } = central
      const { token } = await tokenOf(app, 'monitor')
      const roleTo = (role: string) =>
        db.tx('owner', (sql) =>
          sql.query('update staff set role = $2::text where staff_no = $1::text', [staffNoOf('monitor'), role]),
        )
      await roleTo('editor')
      expect((await ask(token, 'POST', '/cases/of-caller', { phone: '13812345678' })).statusCode).toBe(403)
      await roleTo('monitor')
      expect((await ask(token, 'POST', '/cases/of-caller', { phone: '13812345678' })).statusCode).toBe(200)
    })
  })
}
