/** A desk is a device (H16): enrolled once, and each mutation under its author's name whoever sends it. */
import { describe, expect, it } from 'vitest'
import { enrolDesk } from '../../central/ops/enrol.ts'
import { CODE_MS, createDevices, WRONG_A_MINUTE } from '../../central/devices/service.ts'
import { enrolResponseSchema, PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import * as given from './db-fixture.ts'

const { count, editContent, enrol, nextId, openCase, post, postAs, signIn, signInAt } = given

export function deviceContract(centralOf: () => given.Central): void {
  describe('a desk is a device', () => {
    const devices = () => createDevices(centralOf().db, centralOf().clock)
    const newCode = async () => (await devices().newCode('三楼 12 号')).code
    const tryCode = (code: string, storeId = nextId()) =>
      centralOf().app.inject({ method: 'POST', url: '/enrol', payload: { code, storeId } })
    const syncOf = (device: string, storeId: string, mutations: unknown[] = [], last: string | null = null) =>
      postAs(
        centralOf().app,
        '/sync',
        { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last, mutations },
        device,
      )
    const minuteLater = () => void (centralOf().clock.time += 60_000)
    const owner = <Row>(text: string) => centralOf().db.tx('owner', (sql) => sql.query<Row>(text))

    it('H16.1 an administrator’s code, in any spelling, makes a desk a device; only hashes are stored', async () => {
      const code = await newCode()
      expect(code).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/)
      const storeId = nextId()
      const body = enrolResponseSchema.parse(
        (await tryCode(` ${code.toLowerCase().replace('-', '')} `, storeId)).json(),
      )
      expect(body.deskCode).toMatch(/^[A-Z][1-9]$/)
      expect((await syncOf(`${body.deviceId}.${body.secret}`, storeId)).statusCode).toBe(200)
      const stored = JSON.stringify([await owner('select * from devices'), await owner('select * from enrolments')])
      expect(stored).toContain('三楼 12 号')
      for (const secret of [body.secret, code, code.replace('-', '')]) expect(stored).not.toContain(secret)
    })

    it('H16.2 a wrong, a used and an expired code look alike, and one code lets one desk in', async () => {
      const code = await newCode()
      const both = await Promise.all([tryCode(code), tryCode(code)])
      expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401])
      const late = await newCode()
      centralOf().clock.time += CODE_MS
      for (const wrong of ['AAAAA-AAAAA', '𠮷\u0000', code, late]) {
        const answer = await tryCode(wrong)
        expect([answer.statusCode, answer.json()]).toEqual([401, { code: 'wrongCode' }])
      }
      expect((await tryCode('')).json()).toEqual({ code: 'invalidInput', detail: 'code' })
      minuteLater()
    })

    it('H16.3 after ten wrong codes in a minute even a right one waits, also when they come at once', async () => {
      const tries = await Promise.all(Array.from({ length: 2 * WRONG_A_MINUTE }, () => tryCode('AAAAA-AAAAB')))
      expect(tries.filter(({ statusCode }) => statusCode === 401)).toHaveLength(WRONG_A_MINUTE)
      const right = await newCode()
      const early = await tryCode(right)
      expect([early.statusCode, early.json()]).toEqual([429, { code: 'tooMany' }])
      minuteLater()
      expect((await tryCode(right)).statusCode).toBe(200)
      // Right ones do not count.
      for (let time = 0; time < WRONG_A_MINUTE; time += 1) await enrol(centralOf().app)
      expect((await tryCode('AAAAA-AAAAB')).json()).toEqual({ code: 'wrongCode' })
      minuteLater()
    })

    it('H16.4 nobody signs in or syncs but at a device, and a person’s token is none', async () => {
      const { app } = centralOf()
      const desk = await signIn(app)
      const signInBody = { staffNo: '1001', password: 'sanxin-demo', storeId: desk.storeId }
      const bare = await app.inject({ method: 'POST', url: '/sign-in', payload: signInBody })
      expect([bare.statusCode, bare.json()]).toEqual([401, { code: 'deviceUnknown' }])
      expect((await post(app, '/sync', {}, desk.token)).json()).toEqual({ code: 'deviceUnknown' })
      expect((await postAs(app, '/cases/of-caller', { phone: '1' }, desk.device)).json()).toEqual({
        code: 'notSignedIn',
      })
      const [deviceId = ''] = desk.device.split('.')
      expect((await syncOf(`${deviceId}.${'x'.repeat(43)}`, desk.storeId)).json()).toEqual({ code: 'deviceUnknown' })
    })

    it('H16.5 a revoked desk is unknown at once, and its people with it; enrolled anew it sends what it kept', async () => {
      const { app } = centralOf()
      const desk = await signIn(app, '1002')
      const { caseId, mutation } = openCase()
      await desk.sync([{ ...mutation, author: '1002', session: desk.session }])
      const [deviceId = ''] = desk.device.split('.')
      const asked = { name: '', team: null, revoke: deviceId, list: false }
      expect(await enrolDesk(devices(), asked)).toEqual([{ event: 'revoked', deviceId }])
      expect(await enrolDesk(devices(), asked)).toBeNull()
      expect((await syncOf(desk.device, desk.storeId)).json()).toEqual({ code: 'deviceUnknown' })
      expect((await post(app, '/cases/of-caller', { phone: '1' }, desk.token)).json()).toEqual({ code: 'notSignedIn' })
      const listed = await enrolDesk(devices(), { name: '', team: null, revoke: null, list: true })
      expect(listed?.find((one) => 'deviceId' in one && one.deviceId === deviceId)).toMatchObject({
        revokedAt: centralOf().clock.time,
      })

      const kept = { ...editContent(caseId, { revision: 1 }, '停用前写的', '1002'), session: desk.session }
      const anew = await enrol(app, desk.storeId, await newCode())
      const answer = (await syncOf(anew, desk.storeId, [kept], desk.last)).json<{ answers: object[] }>()
      expect(answer.answers).toMatchObject([{ id: kept.id, status: 'applied', revision: 2 }])
      // The session was hers, at another device: taken, and marked.
      expect(await count(centralOf().db, 'mutations where id = $1::uuid and not session_checked', [kept.id])).toBe(1)
    })

    it('H16.6 what the last operator left unsent is sent after the next has signed in, under its author’s name', async () => {
      const { app, db } = centralOf()
      const first = await signIn(app, '1003')
      const { caseId, mutation } = openCase()
      const at = centralOf().clock.time
      const left = { ...mutation, at, author: '1003', session: first.session }
      await post(app, '/sign-out', {}, first.token)
      const next = await signInAt(app, first.device, '1004', first.storeId)
      const own = { ...editContent(caseId, { mutation: left.id }, '接班后补充', '1004'), at, session: next.session }
      expect((await next.sync([left, own])).answers).toMatchObject([{ status: 'applied' }, { status: 'applied' }])
      expect(await count(db, 'mutations where case_id = $1::uuid and session_checked', [caseId])).toBe(2)
      const by = await owner<{ by: string }>(`select by from case_events where case_id = '${caseId}' order by revision`)
      expect(by.map((row) => row.by)).toEqual(['1003', '1004'])
    })

    it('H16.7 work under another’s name is set aside word for word and stops nothing; an unknown session is taken', async () => {
      const { app, db } = centralOf()
      const desk = await signIn(app, '1005')
      const forged = { ...openCase().mutation, author: '1006', session: desk.session }
      const at = centralOf().clock.time
      const honest = { ...openCase().mutation, at, author: '1005', session: desk.session }
      const offline = { ...openCase().mutation, at, author: '1006', session: nextId() }
      const { answers } = await desk.sync([forged, honest, offline])
      expect(answers).toMatchObject([
        { status: 'quarantined', code: 'strangeAuthor' },
        { status: 'applied' },
        { status: 'applied' },
      ])
      const [row] = await db.tx('owner', (sql) =>
        sql.query<{ raw: string }>('select raw from quarantine where mutation_id = $1::uuid', [forged.id]),
      )
      expect(JSON.parse(row?.raw ?? '')).toEqual(forged)
      const checked = await db.tx('owner', (sql) =>
        sql.query('select session_checked as yes from mutations where id in ($1::uuid, $2::uuid) order by id', [
          honest.id,
          offline.id,
        ]),
      )
      expect(checked).toEqual([{ yes: true }, { yes: false }])
    })
  })
}
