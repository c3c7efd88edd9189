/**
 * Every role at every route that names an object (P7), with one of its own, one of somebody else's, one of another
 * unit's and none; expected from the table of roles and from one rule for each kind of object. A route is found by its
 * parameters: one that names something new needs a rule here.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLetIn, type Access } from '../../central/http/access.ts'
import { ofPersons } from '../../central/openapi/operations.ts'
import { createKeys } from '../../central/systems/keys.ts'
import { must } from '../../shared/errors.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { makeObjects } from './object-office.ts'
import {
  bodies,
  isBare,
  isObject,
  makes,
  ofUnit,
  owners,
  parametersOf,
  pathOf,
  reachOf,
  shared,
  state,
  type Objects,
  type Owner,
} from './object-rules.ts'
import { openUnitOffice, PAGE, PNG, type UnitOffice } from './unit-office.ts'

const { nextId, tokenOf } = given

export function objectContract(openDb: OpenDb): void {
  describe('who may do what with which object', () => {
    let office: UnitOffice
    let unitKey: string
    let objects: Readonly<Record<Owner, Objects>>
    let routes: readonly { readonly route: string; readonly access: Access }[]
    beforeAll(async () => {
      office = await openUnitOffice(await openDb())
      objects = await makeObjects(office)
      const key = await createKeys(office.central.db, office.central.clock).add(
        { unit: given.UNIT, name: '系统' },
        'tests',
      )
      unitKey = key.ok ? key.value.key : ''
      routes = office.central.app.routeEntries.map(({ method, url, access }) => ({ route: `${method} ${url}`, access }))
    })
    afterAll(() => office.close())

    const stateNow = async () => {
      const rows = await office.central.db.tx('owner', (sql) => sql.query<{ state: string }>(state))
      return must(rows[0], 'a state').state
    }
    /** Asks as this person for the objects named; answers what is told. */
    async function ask(token: string, route: string, named: Objects) {
      const [method = ''] = route.split(' ')
      const url = pathOf(route, named)
      const { payload, headers = {} } = bodies[route]?.() ?? {}
      const answer = await office.central.app.inject({
        method: method as 'GET',
        url,
        headers: { ...PAGE, ...headers, authorization: `Bearer ${token}` },
        ...(payload === undefined ? {} : { payload }),
      })
      return { status: answer.statusCode, body: answer.body }
    }
    const ofObjects = () =>
      routes.flatMap(({ route, access }) => {
        const object = parametersOf(route).findLast(isObject)
        return object === undefined ? [] : [{ route, access, object }]
      })

    it('P7 every route that names something has a rule here, and every one that changes something a body', () => {
      const unruled = routes.filter(
        ({ route }) => parametersOf(route).length > 0 && !parametersOf(route).some(isObject) && !(route in shared),
      )
      expect(unruled).toEqual([])
      const silent = ofObjects().filter(({ route }) => route.startsWith('P') && !(route in bodies))
      expect(silent).toEqual([])
      expect(ofObjects().length).toBeGreaterThan(10)
    })

    /** Everybody, and the system of the unit that has `own` in hand: it is its unit, where units' people are let in. */
    for (const who of [...staffRoles, 'system'] as const)
      it(`P7 ${who}: finds what the rules say, and what is not theirs looks as if it were not there`, async () => {
        const role = who === 'system' ? 'unitMember' : who
        const token = who === 'system' ? unitKey : (await tokenOf(office.central.app, role)).token
        for (const { route, access, object } of ofObjects()) {
          for (const owner of owners) {
            const what = `${who} at ${route}, ${owner}`
            const named = objects[owner]
            const isIn = access === 'system' ? who === 'system' : isLetIn(role, access)
            if (!isIn) {
              const before = await stateNow()
              const { status, body } = await ask(token, route, named)
              expect([status, JSON.parse(body)], what).toEqual(
                access === 'system' ? [401, { code: 'deviceUnknown' }] : [403, { code: 'forbidden' }],
              )
              expect(await stateNow(), what).toBe(before)
              continue
            }
            if (who === 'system' && ofPersons.includes(route)) {
              const before = await stateNow()
              const { status, body } = await ask(token, route, named)
              expect([status, JSON.parse(body)], what).toEqual([403, { code: 'forbidden', detail: 'person' }])
              expect(await stateNow(), what).toBe(before)
              continue
            }
            const found = makes.has(route) ? ofUnit(role, owner) : reachOf(route, object)(role, owner)
            const before = await stateNow()
            const { status, body } = await ask(token, route, named)
            expect([401, 500], what).not.toContain(status)
            if (found) {
              expect(status, what).not.toBe(404)
              continue
            }
            const none = { ...objects.none, caseId: nextId() }
            expect({ status, body }, what).toEqual(await ask(token, route, none))
            expect(status === 404 || isBare(JSON.parse(body)), `${what}: ${body}`).toBe(true)
            expect(await stateNow(), what).toBe(before)
          }
          await restore()
        }
      })

    /** What was found may have been changed: it is as it was for whoever comes next. */
    async function restore(): Promise<void> {
      const { db } = office.central
      await db.tx('owner', async (sql) => {
        await sql.query(`update outbox set status = 'dead', reason = null`)
        await sql.query('update kb_tasks set done_at = null, done_by = null, why = null')
        await sql.query('update devices set revoked_at = null')
        await sql.query('update webhooks set ended_at = null, paused_at = null')
      })
      const cookie = await office.signIn()
      await office.put(cookie, objects.own.caseId, PNG, 'a.png', objects.own.attachmentId)
    }

    it('P7 a file is found on its own case alone, and somebody else’s is neither replaced nor taken away', async () => {
      const { token } = await tokenOf(office.central.app, 'unitMember')
      const [own, other] = [objects.own, objects.otherUnits]
      const path = '/cases/:caseId/attachments/:attachmentId'
      for (const mixed of [
        { ...own, attachmentId: other.attachmentId },
        { ...other, attachmentId: own.attachmentId },
      ])
        for (const method of ['GET', 'PUT', 'DELETE']) {
          const before = await stateNow()
          expect((await ask(token, `${method} ${path}`, mixed)).status, method).toBeGreaterThanOrEqual(400)
          expect(await stateNow(), method).toBe(before)
        }
    })

    it('P7 without a credential, or with a machine’s, there is nothing at any of them', async () => {
      const device = await given.enrol(office.central.app)
      const before = await stateNow()
      for (const { route, access } of ofObjects())
        for (const authorization of ['', 'Bearer unknown', `Device ${device}`, `Exchange ${device}`]) {
          const [method = ''] = route.split(' ')
          const url = pathOf(route, objects.own)
          const answer = await office.central.app.inject({ method: method as 'GET', url, headers: { authorization } })
          expect([answer.statusCode, answer.json()], `${route} as «${authorization}»`).toEqual([
            401,
            { code: access === 'system' ? 'deviceUnknown' : 'notSignedIn' },
          ])
        }
      expect(await stateNow()).toBe(before)
    })
  })
}
