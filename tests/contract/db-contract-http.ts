/** Signing in, default deny, refusals and privacy over HTTP (H). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import {
  caseSummarySchema,
  PROTOCOL_VERSION,
  signInResponseSchema,
  syncResponseSchema,
} from '../../shared/sync/protocol.ts'
import { deskContract } from './db-contract-desk.ts'
import { deviceContract } from './db-contract-device.ts'
import { SESSION_MS } from '../../central/people/service.ts'
import { MOST_IN_FLIGHT } from '../../central/sync/routes.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { OpenDb } from './open-db.ts'
import {
  baseAfter,
  editContent,
  enrol,
  nextId,
  openCase,
  post,
  postAs,
  secondFactor,
  signIn,
  startCentral,
  type Central,
  type Desk,
} from './db-fixture.ts'

const ofPages = ['/unit', '/admin'].flatMap((base) => [
  `GET ${base}`,
  `GET ${base}/`,
  `GET ${base}/assets/:name`,
  `POST ${base}/sign-in`,
])
const ofCitizens = ['GET /progress', 'POST /progress', 'GET /rate/:token', 'POST /rate/:token']
const isPublic = [
  'POST /enrol',
  'POST /sign-in',
  'GET /sign-in/oidc',
  'GET /health',
  'GET /live',
  'POST /messages/inbound',
  ...ofPages,
  'GET /openapi.json',
  ...ofCitizens,
]

export function httpContract(openDb: OpenDb): void {
  describe('HTTP', () => {
    let central: Central
    let device: string
    beforeAll(async () => {
      central = await startCentral(await openDb())
      device = await enrol(central.app)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const tryPassword = (staffNo: string, password: string, storeId = nextId()) => {
      const payload = { staffNo, password, ...secondFactor(central.app, staffNo), storeId }
      return postAs(central.app, '/sign-in', payload, device)
    }

    it('H1 denies every route without a token, and with a wrong one, but those that are open', async () => {
      const { app } = central
      const routes = app.routeEntries.map(({ method, url, access }) => ({ method, url, access }))
      expect(routes.length).toBeGreaterThanOrEqual(7)
      for (const { method, url, access } of [...routes, { method: 'GET', url: '/unheard-of', access: null }]) {
        if (isPublic.includes(`${method} ${url}`)) continue
        for (const authorization of [
          undefined,
          'Bearer ',
          `Bearer ${'x'.repeat(43)}`,
          'Basic eDp4',
          `Device ${nextId()}.${'x'.repeat(43)}`,
          'Device x',
        ]) {
          const headers = authorization === undefined ? {} : { authorization }
          const answer = await app.inject({ method: method as 'GET', url: url.replace(':caseId', nextId()), headers })
          expect(answer.statusCode, `${method} ${url}`).toBe(401)
          expect(answer.json()).toEqual({
            code: ['device', 'exchange', 'system'].includes(access ?? '') ? 'deviceUnknown' : 'notSignedIn',
          })
        }
      }
      const open = app.routeEntries
        .filter(({ access }) => access === 'public')
        .map(({ method, url }) => `${method} ${url}`)
      expect(open.toSorted()).toEqual(isPublic.toSorted())
    })

    it('H2 signs in with the contract’s answer, and stores only the hash of the token', async () => {
      const answer = await tryPassword('1010', DEMO_PASSWORD)
      const body = signInResponseSchema.parse(answer.json())
      expect(body).toMatchObject({
        expiresAt: central.clock.time + SESSION_MS,
        operator: { staffNo: '1010', name: '班长 1010', role: 'monitor' },
        line: { extension: '1010', password: 'practice-1010', domain: 'sanxin.practice' },
      })
      expect(Buffer.from(body.token, 'base64url')).toHaveLength(32)
      const rows = await central.db.tx('owner', (sql) => sql.query('select * from sessions'))
      expect(JSON.stringify(rows)).not.toContain(body.token)
    })

    it('H3 refuses a wrong password and an unknown staff number alike', async () => {
      for (const [staffNo, password] of [
        ['1001', 'wrong'],
        ['9999', DEMO_PASSWORD],
        [`' or 1=1`, '\u0000'],
        ['1\u0000', 'x'],
      ] as const) {
        const answer = await tryPassword(staffNo, password)
        expect(answer.statusCode).toBe(401)
        expect(answer.json()).toEqual({ code: 'wrongPassword' })
      }
      expect((await tryPassword('', 'x')).json()).toEqual({ code: 'invalidInput', detail: 'staffNo' })
    })

    it('H4 a session ends by signing out and after twelve hours', async () => {
      const desk = await signIn(central.app)
      expect((await post(central.app, '/sign-out', {}, desk.token)).statusCode).toBe(200)
      expect((await post(central.app, '/sign-out', {}, desk.token)).statusCode).toBe(401)
      const other = await signIn(central.app)
      const { clock } = central
      clock.time += SESSION_MS - 1
      const ask = () => post(central.app, '/cases/of-caller', { phone: 'none' }, other.token)
      expect((await ask()).statusCode).toBe(200)
      clock.time += 1
      expect((await ask()).json()).toEqual({ code: 'notSignedIn' })
    })

    it('H5 gives each store one desk code, also when many enrol at once', async () => {
      const desks = await Promise.all(
        Array.from({ length: 12 }, (_, index) => signIn(central.app, String(1001 + (index % 9)))),
      )
      expect(new Set(desks.map(({ deskCode }) => deskCode)).size).toBe(12)
      for (const { deskCode } of desks) expect(deskCode).toMatch(/^[A-Z][1-9]$/)
      const { storeId, deskCode } = must(desks[3], 'a desk')
      const again = await Promise.all([signIn(central.app, '1002', storeId), signIn(central.app, '1003', storeId)])
      expect(again.map((desk) => desk.deskCode)).toEqual([deskCode, deskCode])
    })

    it('H6 refuses another protocol before it looks at anything else', async () => {
      const answer = await postAs(central.app, '/sync', { protocol: PROTOCOL_VERSION + 1, shape: 'unknown' }, device)
      expect(answer.statusCode).toBe(409)
      expect(answer.json()).toEqual({ code: 'protocolMismatch' })
    })

    it('H7 refuses another desk’s store', async () => {
      const body = { protocol: PROTOCOL_VERSION, storeId: nextId(), epoch: null, cursor: 0, last: null, mutations: [] }
      const answer = await postAs(central.app, '/sync', body, device)
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toEqual({ code: 'forbidden', detail: 'storeId' })
    })

    it('H20 takes so many requests of one desk at a time, refuses what is beyond, and nobody else’s', async () => {
      const flooding = await signIn(central.app, '1004')
      const other = await signIn(central.app, '1005')
      const ask = (one: Desk) =>
        postAs(
          central.app,
          '/sync',
          { protocol: PROTOCOL_VERSION, storeId: one.storeId, epoch: null, cursor: 0, last: null, mutations: [] },
          one.device,
        )
      const flood = Array.from({ length: 10 }, () => ask(flooding))
      expect((await ask(other)).statusCode).toBe(200)
      const codes = Map.groupBy(await Promise.all(flood), ({ statusCode }) => statusCode)
      expect(codes.get(200)).toHaveLength(MOST_IN_FLIGHT)
      expect(codes.get(429)?.[0]?.json()).toEqual({ code: 'tooMany' })
      // What is answered makes room.
      expect((await ask(flooding)).statusCode).toBe(200)
    })

    it('H8 refuses what is too large, no JSON or out of shape, and echoes none of it', async () => {
      const { device: own, storeId } = await signIn(central.app)
      const authorization = `Device ${own}`
      const send = (payload: string, type = 'application/json') =>
        central.app.inject({ method: 'POST', url: '/sync', payload, headers: { authorization, 'content-type': type } })
      const large = await send(JSON.stringify({ protocol: PROTOCOL_VERSION, secret: 'x'.repeat(4 * 1024 * 1024) }))
      expect([large.statusCode, large.json()]).toEqual([413, { code: 'invalidInput', detail: 'tooLarge' }])
      const outOfShape = JSON.stringify({
        protocol: PROTOCOL_VERSION,
        storeId,
        epoch: null,
        cursor: -1,
        mutations: ['secret'],
      })
      for (const [payload, type] of [
        ['{"secret"', undefined],
        ['', undefined],
        ['[]', undefined],
        ['secret', 'text/xml'],
        [outOfShape, undefined],
      ] as const) {
        const answer = await send(payload, type)
        expect(answer.statusCode).toBeGreaterThanOrEqual(400)
        expect(answer.statusCode).toBeLessThan(500)
        expect(answer.json()).toMatchObject({ code: 'invalidInput' })
        expect(answer.body).not.toContain('secret')
      }
      const poisoned = await send(
        `{"protocol":${PROTOCOL_VERSION},"storeId":"${storeId}","epoch":null,"cursor":0,"last":null,"mutations":[{"id":"${nextId()}","__proto__":{"a":1}}]}`,
      )
      expect(poisoned.json()).toMatchObject({ answers: [{ status: 'quarantined' }] })
    })

    it('H9 answers /sync by the contract, and keeps author, session and device of each mutation', async () => {
      const desk = await signIn(central.app, '1007')
      const { caseId, mutation } = openCase()
      const edit = editContent(caseId, baseAfter(mutation), '交班之后', '1007')
      const answer = await desk.sync([mutation, { ...edit, session: desk.session, at: central.clock.time }])
      expect(syncResponseSchema.parse(answer)).toEqual(answer)
      expect(answer.now).toBe(central.clock.time)
      const rows = await central.db.tx('sanxin_desk', (sql) =>
        sql.query(
          'select author, session_id, session_checked, device_id from mutations where case_id = $1::uuid order by id',
          [caseId],
        ),
      )
      const [deviceId] = desk.device.split('.')
      expect(rows).toEqual([
        { author: '1001', session_id: null, session_checked: false, device_id: deviceId },
        { author: '1007', session_id: desk.session, session_checked: true, device_id: deviceId },
      ])
    })

    it('H10 finds the earlier cases of a number in any spelling, newest first, twenty, cut at 80 characters', async () => {
      const desk = await signIn(central.app)
      const opened = Array.from({ length: 22 }, (_, index) =>
        openCase(index % 2 === 0 ? '0750-3500999' : '+86 750 3500999', '𠮷'.repeat(100)),
      )
      await desk.sync(opened.map(({ mutation }, index) => ({ ...mutation, at: 1000 + index })))
      const answer = await post(central.app, '/cases/of-caller', { phone: '3500999' }, desk.token)
      const cases = answer.json<{ cases: unknown[] }>().cases.map((one) => caseSummarySchema.parse(one))
      expect(cases.map(({ caseId }) => caseId)).toEqual(
        opened
          .map(({ caseId }) => caseId)
          .toReversed()
          .slice(0, 20),
      )
      expect(cases[0]?.content).toBe('𠮷'.repeat(80))
      expect((await post(central.app, '/cases/of-caller', { phone: 'none' }, desk.token)).json()).toEqual({ cases: [] })
    })

    it('H11 shows the case that stands, and 404 where none does', async () => {
      const desk = await signIn(central.app)
      const { caseId, callerId, mutation } = openCase()
      await desk.sync([mutation])
      const headers = { authorization: `Bearer ${desk.token}` }
      const answer = await central.app.inject({ url: `/cases/${caseId}`, headers })
      expect(answer.json()).toMatchObject({ record: { caseId, revision: 1, state: 'accepted' }, caller: { callerId } })
      expect((await central.app.inject({ url: `/cases/${nextId()}`, headers })).json()).toEqual({ code: 'notFound' })
      expect((await central.app.inject({ url: '/cases/x', headers })).statusCode).toBe(400)
    })

    it('H12 tells its health without a token, and 500 without a reason where the database fails', async () => {
      const health = await central.app.inject({ url: '/health' })
      expect(health.json()).toEqual({
        ok: true,
        db: central.db.kind,
        head: expect.any(Number),
        version: expect.any(String),
      })
      const broken = { ...central.db, tx: () => Promise.reject(new Error('secret of 13800138000')) }
      const down = await startBroken(broken)
      const [sick, failed] = [
        await down.app.inject({ url: '/health' }),
        await post(down.app, '/sign-out', {}, 'x'.repeat(43)),
      ]
      expect([sick.statusCode, failed.statusCode]).toEqual([503, 500])
      expect(failed.json()).toEqual({ code: 'internal' })
      expect(JSON.stringify([down.logged, sick.body])).not.toContain('13800138000')
      await down.app.close()
    })

    deskContract(() => central)
    deviceContract(() => central)

    it('H13 logs neither numbers nor names nor contents nor tokens', async () => {
      const desk = await signIn(central.app)
      await desk.sync([openCase('13912345678', '机密内容', '机密姓名').mutation, { id: nextId(), strange: '机密内容' }])
      await post(central.app, '/cases/of-caller', { phone: '13912345678' }, desk.token)
      const text = JSON.stringify(central.logged)
      expect(text).toContain('/cases/of-caller')
      const [, deviceSecret = ''] = desk.device.split('.')
      for (const secret of ['13912345678', '机密', desk.token, deviceSecret, DEMO_PASSWORD])
        expect(text).not.toContain(secret)
    })
  })
}

async function startBroken(db: Central['db']): Promise<Pick<Central, 'app' | 'logged'>> {
  const { buildApp } = await import('../../central/app.ts')
  const logged: Central['logged'] = []
  const log = (event: string, data?: unknown) => void logged.push({ event, data })
  return { app: await buildApp({ db, clock: { now: () => 0 }, ids: { next: nextId }, log }), logged }
}
