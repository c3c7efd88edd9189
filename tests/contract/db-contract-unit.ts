/** The page of the member units at central (U): its session, drafts, files and deputies, over HTTP. */
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDirectory } from '../../central/directory/service.ts'
import { hashPassword } from '../../central/people/hash-password.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { insertStaff } from '../../central/people/sql.ts'
import type { CaseStep } from '../../shared/case/life.ts'
import type { Attachment } from '../../shared/unit/attachment.ts'
import type { Draft, UnitWork } from '../../shared/unit/unit-page.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import * as given from './db-fixture.ts'

const { nextId, post, staffNoOf, tokenOf, UNIT } = given
const OTHER = '市水务局'
const PAGE = { host: 'localhost', origin: 'http://localhost', 'x-sanxin-page': '1' }
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(40, 1)])

export function unitContract(openEmptyDb: OpenEmptyDb): void {
  describe('the page of the member units', () => {
    let central: given.Central
    let monitor: string
    const mine = staffNoOf('unitMember')
    beforeAll(async () => {
      central = await given.startCentral(await openEmptyDb())
      await given.addOfEachRole(central.db)
      const numbers = [{ number: '3500201', words: '' }]
      const entries = [UNIT, OTHER].map((name) => ({
        kind: 'unit' as const,
        id: name,
        name,
        numbers,
        hours: '',
        district: null,
      }))
      await publishDirectory(central.db, entries, false)
      const passwordHash = await hashPassword(DEMO_PASSWORD)
      const person = (staffNo: string, unit: string) => ({
        ...{ staffNo, name: `经办 ${staffNo}`, role: 'unitMember' as const, unit },
        ...{ passwordHash, totpSecret: null, line: null },
      })
      await central.db.tx('sanxin_people', async (sql) => {
        for (const one of [person('3001', UNIT), person('3002', OTHER)]) await insertStaff(sql, one)
      })
      monitor = (await tokenOf(central.app, 'monitor')).token
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    const tried = (payload: object, headers: Record<string, string> = PAGE) =>
      central.app.inject({ method: 'POST', url: '/unit/sign-in', payload, headers })
    const cookieOf = (answer: LightMyRequestResponse) => String(answer.headers['set-cookie']).split(';')[0] ?? ''
    const signIn = async (staffNo = mine) => {
      const answer = await tried({ staffNo, password: DEMO_PASSWORD })
      expect(answer.statusCode, answer.body).toBe(200)
      return cookieOf(answer)
    }
    type Asked = {
      method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
      payload?: object | Buffer
      headers?: Record<string, string>
    }
    const ask = (cookie: string, url: string, { method = 'GET', payload, headers = {} }: Asked = {}) =>
      central.app.inject({
        ...{ method, url, headers: { ...PAGE, cookie, ...headers } },
        ...(payload === undefined ? {} : { payload }),
      })
    const said = (answer: LightMyRequestResponse) => [answer.statusCode, answer.json<object>()]

    /** A case that UNIT has in hand. */
    async function inHand(): Promise<string> {
      const desk = await given.signIn(central.app, '1001')
      const { caseId, mutation } = given.openCase()
      const reply = { mode: 'later' as const, text: '', articles: [] }
      await desk.sync([
        mutation,
        given.caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply }),
      ])
      await centreSteps(caseId, { type: 'dispatch', unit: UNIT })
      await steps(await signIn(), caseId, { type: 'sign' })
      return caseId
    }
    const centreSteps = async (caseId: string, step: CaseStep) => {
      const answer = await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step }, monitor)
      expect(answer.statusCode, answer.body).toBe(200)
    }
    const steps = (cookie: string, caseId: string, step: CaseStep) =>
      ask(cookie, `/cases/${caseId}/steps`, { method: 'POST', payload: { id: nextId(), step } })
    const put = (cookie: string, caseId: string, bytes: Buffer, name = '现场.png', id = nextId()) =>
      ask(cookie, `/cases/${caseId}/attachments/${id}`, {
        method: 'PUT',
        payload: bytes,
        headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
      })
    const files = async (cookie: string, caseId: string) =>
      (await ask(cookie, `/cases/${caseId}/attachments`)).json<{ attachments: Attachment[] }>().attachments
    const drafts = async (cookie: string, caseId: string) =>
      (await ask(cookie, `/unit/drafts/${caseId}`)).json<{ drafts: Draft[] }>().drafts

    it('U1 the session is an HttpOnly, SameSite=Strict cookie and stands in no answer; over https it is Secure and this host’s', async () => {
      const plain = await tried({ staffNo: mine, password: DEMO_PASSWORD })
      expect(said(plain)).toEqual([200, {}])
      expect(plain.headers['set-cookie']).toMatch(/^sanxin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
      const https = { ...PAGE, host: 'hotline.example', origin: 'https://hotline.example' }
      const secure = await tried({ staffNo: mine, password: DEMO_PASSWORD }, https)
      expect(secure.headers['set-cookie']).toMatch(
        /^__Host-sanxin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      )
      expect(said(await ask(cookieOf(plain), '/unit/me'))).toEqual([
        200,
        { staffNo: mine, name: 'unitMember', unit: UNIT },
      ])
    })

    it('U2 without https nobody signs in from another machine, and a cookie of there opens nothing', async () => {
      const far = { ...PAGE, host: 'hotline.example', origin: 'http://hotline.example' }
      expect(said(await tried({ staffNo: mine, password: DEMO_PASSWORD }, far))).toEqual([
        403,
        { code: 'forbidden', detail: 'foreignPage' },
      ])
      const cookie = await signIn()
      const answer = await central.app.inject({ url: '/unit/me', headers: { host: 'hotline.example', cookie } })
      expect(answer.statusCode).toBe(401)
    })

    it('U3 no page of others changes anything in her name: not without the header, not from another origin', async () => {
      const caseId = await inHand()
      const cookie = await signIn()
      const step = { id: nextId(), step: { type: 'answer', text: '假的' } }
      const from = (headers: Record<string, string>) =>
        central.app.inject({
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
        expect(said(await tried({ staffNo: staffNoOf(role), password: DEMO_PASSWORD }))).toEqual([
          403,
          { code: 'forbidden' },
        ])
      for (let guess = 0; guess < 5; guess += 1)
        expect(said(await tried({ staffNo: '3002', password: 'wrong' }))).toEqual([401, { code: 'wrongPassword' }])
      expect(said(await tried({ staffNo: '3002', password: DEMO_PASSWORD }))).toEqual([
        423,
        { code: 'lockedOut', detail: '15' },
      ])
      central.clock.time += 16 * 60_000
      await signIn('3002')
    })

    it('U5 who signed out is nobody with the old cookie', async () => {
      const cookie = await signIn()
      const out = await ask(cookie, '/unit/sign-out', { method: 'POST' })
      expect(out.headers['set-cookie']).toContain('Max-Age=0')
      expect((await ask(cookie, '/unit/me')).statusCode).toBe(401)
    })

    it('U6 words that were begun are hers alone, outlive the session, and are gone with the step that says them', async () => {
      const caseId = await inHand()
      const [first, colleague] = [await signIn(), await signIn('3001')]
      const keep = (cookie: string, text: string, kind = 'answer') =>
        ask(cookie, `/unit/drafts/${caseId}/${kind}`, { method: 'PUT', payload: { text } })
      expect((await keep(first, '已到现\u0000场')).statusCode).toBe(200)
      expect((await keep(colleague, '我也在写')).statusCode).toBe(200)
      await ask(first, '/unit/sign-out', { method: 'POST' })
      const again = await signIn()
      expect(await drafts(again, caseId)).toMatchObject([{ kind: 'answer', text: '已到现\ufffd场' }])
      expect((await steps(colleague, caseId, { type: 'answer', text: '已修好' })).statusCode).toBe(200)
      // The second one to answer is told how it stands, and her words are still there.
      expect(said(await steps(again, caseId, { type: 'answer', text: '晚了' }))).toEqual([
        409,
        { code: 'illegalTransition', detail: 'answered' },
      ])
      expect(await drafts(again, caseId)).toHaveLength(1)
      expect(await drafts(colleague, caseId)).toEqual([])
      expect((await keep(again, '')).statusCode).toBe(200)
      expect(await drafts(again, caseId)).toEqual([])
    })

    it('U7 who is of another unit keeps nothing there; five megabytes are refused, and nothing of them is said', async () => {
      const caseId = await inHand()
      const cookie = await signIn('3002')
      const url = `/unit/drafts/${caseId}/answer`
      expect(said(await ask(cookie, url, { method: 'PUT', payload: { text: '偷写' } }))).toEqual([
        404,
        { code: 'notFound' },
      ])
      expect(said(await steps(cookie, caseId, { type: 'answer', text: '代答' }))).toEqual([404, { code: 'notFound' }])
      expect(said(await put(cookie, caseId, PNG))).toEqual([404, { code: 'notFound' }])
      const huge = '长'.repeat(1_700_000)
      const own = await signIn()
      const tooLarge = [413, { code: 'invalidInput', detail: 'tooLarge' }]
      expect(said(await ask(own, url, { method: 'PUT', payload: { text: huge } }))).toEqual(tooLarge)
      expect(said(await steps(own, caseId, { type: 'answer', text: huge }))).toEqual(tooLarge)
      expect(said(await steps(own, caseId, { type: 'answer', text: '长'.repeat(10_001) }))).toEqual([
        400,
        { code: 'invalidInput', detail: 'step.text' },
      ])
    })

    it('U8 words of a case that left the unit are still hers to read', async () => {
      const caseId = await inHand()
      const cookie = await signIn()
      const url = `/unit/drafts/${caseId}/answer`
      await ask(cookie, url, { method: 'PUT', payload: { text: '写到一半' } })
      await centreSteps(caseId, { type: 'redispatch', unit: OTHER, reason: '改派' })
      expect(await drafts(cookie, caseId)).toMatchObject([{ text: '写到一半' }])
      expect((await ask(cookie, url, { method: 'PUT', payload: { text: '还写' } })).statusCode).toBe(404)
    })

    it('U9 a file is taken by its bytes, under a safe name, and goes along with the answer', async () => {
      const caseId = await inHand()
      const cookie = await signIn()
      const id = nextId()
      const name = '../../etc/\u202Egnp.照片.exe'
      const first = await put(cookie, caseId, PNG, name, id)
      expect(first.json()).toMatchObject({ name: 'gnp.照片.exe.png', type: 'image/png', size: 48, sentAt: null })
      // Sent again it is there once; other bytes under its id are not taken.
      expect((await put(cookie, caseId, PNG, name, id)).statusCode).toBe(200)
      expect(said(await put(cookie, caseId, Buffer.concat([PNG, PNG]), name, id))).toEqual([
        400,
        { code: 'invalidInput', detail: 'id' },
      ])
      expect(await files(cookie, caseId)).toHaveLength(1)
      const refused = (detail: string) => [400, { code: 'invalidInput', detail }]
      expect(said(await put(cookie, caseId, Buffer.from('<script>1</script>'), '照片.png'))).toEqual(
        refused('foreignType'),
      )
      expect(said(await put(cookie, caseId, Buffer.from('MZ\u0090\u0000'), '说明.pdf'))).toEqual(refused('foreignType'))
      expect(said(await put(cookie, caseId, Buffer.alloc(0)))).toEqual(refused('empty'))
      expect(said(await put(cookie, caseId, Buffer.alloc(11 * 1024 * 1024, 0xff)))).toEqual([
        413,
        { code: 'invalidInput', detail: 'tooLarge' },
      ])

      // Before it is sent, the centre does not see it; afterwards whoever reads the case does.
      const seen = async () =>
        (
          await central.app.inject({
            url: `/cases/${caseId}/attachments`,
            headers: { authorization: `Bearer ${monitor}` },
          })
        ).json<{ attachments: Attachment[] }>().attachments.length
      expect(await seen()).toBe(0)
      await steps(cookie, caseId, { type: 'answer', text: '见照片' })
      expect(await seen()).toBe(1)
      const got = await ask(cookie, `/cases/${caseId}/attachments/${id}`)
      expect(got.rawPayload.equals(PNG)).toBe(true)
      expect(got.headers).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': `attachment; filename="file"; filename*=UTF-8''gnp.${encodeURIComponent('照片')}.exe.png`,
        'cache-control': 'no-store',
      })
      // What was sent is not taken back, and who is of another unit sees none of it.
      const url = `/cases/${caseId}/attachments/${id}`
      expect((await ask(cookie, url, { method: 'DELETE' })).statusCode).toBe(404)
      const other = await signIn('3002')
      expect((await ask(other, url)).statusCode).toBe(404)
      expect(await files(other, caseId)).toEqual([])
    })

    it('U9 a unit that takes part sees what was sent, not what the one that leads is still writing', async () => {
      const caseId = await inHand()
      const [lead, part] = [await signIn(), await signIn('3002')]
      await steps(lead, caseId, { type: 'invite', units: [OTHER] })
      await put(lead, caseId, PNG)
      await put(part, caseId, PNG)
      expect(await files(part, caseId)).toMatchObject([{ unit: OTHER }])
      await steps(part, caseId, { type: 'contribute', text: '水管已修' })
      expect((await files(lead, caseId)).map(({ unit, sentAt }) => [unit, sentAt === null])).toEqual([
        [UNIT, true],
        [OTHER, false],
      ])
    })

    it('U10 a file that was not sent is taken back; more than twenty are not taken', async () => {
      const caseId = await inHand()
      const cookie = await signIn()
      const ids = Array.from({ length: 20 }, () => nextId())
      for (const id of ids) expect((await put(cookie, caseId, PNG, 'a.png', id)).statusCode).toBe(200)
      expect(said(await put(cookie, caseId, PNG))).toEqual([400, { code: 'invalidInput', detail: 'tooMany' }])
      expect((await ask(cookie, `/cases/${caseId}/attachments/${ids[0]}`, { method: 'DELETE' })).statusCode).toBe(200)
      expect((await put(cookie, caseId, PNG)).statusCode).toBe(200)
    })

    it('U11 beside the cases: what was given back, who signed, who is of the unit, who stands in; of its own unit alone', async () => {
      const [kept, back] = [await inHand(), await inHand()]
      const cookie = await signIn()
      await steps(cookie, back, { type: 'return', reason: '不属我局' })
      const work = async (as: string) => (await ask(as, '/unit/work')).json<UnitWork>()
      const own = await work(cookie)
      expect(own.returned[0]).toMatchObject({ caseId: back, by: mine, reason: '不属我局' })
      expect(own.signers.find(({ caseId }) => caseId === kept)).toMatchObject({ staffNo: mine })
      expect(own.members.map(({ staffNo }) => staffNo)).toEqual([mine, '3001'])
      const other = await work(await signIn('3002'))
      expect(other.returned).toEqual([])
      expect(other.signers.map(({ caseId }) => caseId)).not.toContain(kept)
      expect(other.members.map(({ staffNo }) => staffNo)).toEqual(['3002'])
    })

    it('U12 who stands in is of the same unit, for days in their order; it ends by her word', async () => {
      const cookie = await signIn()
      const name = (deputy: string, fromDay = '2026-11-23', untilDay = '2026-11-30') =>
        ask(cookie, '/unit/deputy', { method: 'PUT', payload: { deputy, fromDay, untilDay } })
      const refused = (detail: string) => [400, { code: 'invalidInput', detail }]
      expect(said(await name('3002'))).toEqual(refused('deputy'))
      expect(said(await name(mine))).toEqual(refused('deputy'))
      expect(said(await name('3001', '2026-11-30', '2026-11-23'))).toEqual(refused('days'))
      expect(said(await name('3001', '2026-11-23', '2028-11-23'))).toEqual(refused('days'))
      expect((await name('3001')).statusCode).toBe(200)
      const deputies = async (as: string) => (await ask(as, '/unit/work')).json<UnitWork>().deputies
      expect(await deputies(await signIn('3001'))).toEqual([
        { staffNo: mine, deputy: '3001', fromDay: '2026-11-23', untilDay: '2026-11-30' },
      ])
      expect(await deputies(await signIn('3002'))).toEqual([])
      expect((await ask(cookie, '/unit/deputy', { method: 'DELETE' })).statusCode).toBe(200)
      expect(await deputies(cookie)).toEqual([])
    })

    it('U13 under the API: the role of the page reads and writes for nobody nothing, for another unit nothing', async () => {
      const caseId = await inHand()
      await put(await signIn(), caseId, PNG)
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
          const rows = await central.db.tx('sanxin_unit', (sql) => sql.query(`select * from ${table}`), actor)
          // Of an operator's session no unit is ever set; the files' policy goes by the case, which she sees not.
          expect(rows, `${table} for ${JSON.stringify(actor)}`).toEqual([])
        }
      for (const text of [
        'select * from staff',
        'select * from callers',
        'select * from case_events',
        'update attachments set sent_at = 1',
      ])
        await expect(central.db.tx('sanxin_unit', (sql) => sql.query(text))).rejects.toThrow(/permission denied/)
    })

    it('U14 the page is answered with a policy that lets only its own scripts and styles in, a new nonce each time', async () => {
      const answer = await central.app.inject({ url: '/unit/' })
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      })
      expect((await central.app.inject({ url: '/unit/assets/..%2f..%2fpackage.json' })).statusCode).toBe(404)
    })
  })
}
