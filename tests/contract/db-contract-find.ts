/** Lists of cases (R9): found by words and filters, in pages, each reader's own; deadlines counted centrally. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameRules, shippedRules } from '../../central/cases/deadline-rules.ts'
import { recount } from '../../central/cases/recount.ts'
import { selectFound } from '../../central/cases/find-sql.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import {
  caseQuerySchema,
  type CaseCounts,
  type CaseList,
  type CaseQuery,
  type MemberUnit,
} from '../../shared/case/case-line.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { must } from '../../shared/errors.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { caseMutation, count, nextId, post, tokenOf, UNIT } = given
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const unitEntry = (id: string, name: string): DirectoryEntry => ({
  ...{ kind: 'unit', id, name, numbers: [{ number: '3500201', words: '' }], hours: '', district: null },
})

export function findContract(openDb: OpenDb): void {
  describe('lists of cases', () => {
    let central: given.Central
    let desk: given.Desk
    const tokens = new Map<StaffRole, string>()
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await given.addOfEachRole(central.db)
      await publishDirectory(central.db, [unitEntry(UNIT, '市城管局'), unitEntry('U-SW', '市水务局')], false)
      await signInAll()
      desk = await given.signIn(central.app, '1001')
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    /** Once more after the clock went on: sessions end after hours. */
    async function signInAll(): Promise<void> {
      for (const role of ['monitor', 'operator', 'unitMember', 'quality', 'administrator'] as const)
        tokens.set(role, (await tokenOf(central.app, role)).token)
    }

    /** A matter that waits for dispatch, taken by the desk now. */
    async function waiting(text: string, phone = '13800138000'): Promise<string> {
      const { caseId, mutation } = given.openCase(phone, text)
      const at = central.clock.now()
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const replied = caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply }, '1001', at)
      await desk.sync([{ ...mutation, at }, replied])
      return caseId
    }
    const step = async (role: StaffRole, caseId: string, taken: CaseStep) => {
      const answer = await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step: taken }, tokenFor(role))
      expect(answer.statusCode, answer.body).toBe(200)
    }
    const tokenFor = (role: StaffRole) => must(tokens.get(role), 'a token')
    const get = async <T>(role: StaffRole, url: string) =>
      (await central.app.inject({ url, headers: { authorization: `Bearer ${tokenFor(role)}` } })).json<T>()
    const find = async (role: StaffRole, query: Partial<CaseQuery>) =>
      (await post(central.app, '/cases/find', query, tokenFor(role))).json<CaseList>()
    const idsOf = ({ cases }: CaseList) => cases.map(({ caseId }) => caseId)

    it('R9.1 words are found in content and address, two characters are enough, and only where they stand together', async () => {
      const stop = await waiting('体育馆公交站的站牌倒了')
      const apart = await waiting('公园里交通不便，没有交车的地方')
      expect(idsOf(await find('operator', { words: '公交' }))).toEqual([stop])
      expect(idsOf(await find('operator', { words: '站牌 体育' }))).toEqual([stop])
      expect(idsOf(await find('operator', { words: '交通' }))).toEqual([apart])
      for (const none of ['，', '路', '没有这样的词'])
        expect(idsOf(await find('operator', { words: none })), none).toEqual([])
      // One character beside a word narrows it down; of figures and letters the beginning is enough.
      expect(idsOf(await find('operator', { words: '站牌 倒' }))).toEqual([stop])
      expect(idsOf(await find('operator', { words: '站牌 修' }))).toEqual([])
      const lamp = await waiting('编号 DG20451 的路灯 7 天不亮')
      expect(idsOf(await find('operator', { words: 'dg204' }))).toEqual([lamp])
      const [first] = (await find('operator', { words: '公交站' })).cases
      expect(first).toMatchObject({
        caseId: stop,
        state: 'toDispatch',
        kind: 'help',
        summary: '体育馆公交站的站牌倒了',
      })
      // By its number, and by the beginning of it.
      const caseNo = must(first, 'a case').caseNo
      expect(idsOf(await find('quality', { words: caseNo }))).toEqual([stop])
      expect(idsOf(await find('quality', { words: caseNo.slice(0, 14).toLowerCase() }))).toContain(stop)
      // What was edited is found by what stands now.
      await desk.pullAll()
      await desk.sync([given.editContent(stop, baseOf(desk.cases.get(stop) ?? []), '站牌已经扶起来了')])
      expect(idsOf(await find('operator', { words: '公交' }))).toEqual([])
      expect(idsOf(await find('operator', { words: '扶起' }))).toEqual([stop])
    })

    it('R9.2 a caller’s number finds her cases, in any spelling, for who may see it; for others it is words', async () => {
      const hers = await waiting('井盖松动', '0750-3512345')
      expect(idsOf(await find('monitor', { words: '3512345' }))).toEqual([hers])
      expect(idsOf(await find('operator', { words: '+86 750 3512345' }))).toEqual([hers])
      expect(idsOf(await find('quality', { words: '3512345' }))).toEqual([])
      const before = await count(central.db, `audit where action = 'cases.found'`)
      await find('operator', { words: '井盖' })
      expect(await count(central.db, `audit where action = 'cases.found' and detail::text not like '%井盖%'`)).toBe(
        before + 1,
      )
    })

    it('R9.3 a unit finds and counts its own cases alone, also by words of others', async () => {
      const own = await waiting('路面塌陷一处')
      const others = await waiting('路面塌陷两处')
      await step('monitor', own, { type: 'dispatch', unit: UNIT })
      await step('monitor', others, { type: 'dispatch', unit: 'U-SW' })
      expect(idsOf(await find('unitMember', { words: '路面塌陷' }))).toEqual([own])
      expect(idsOf(await find('unitMember', {}))).toEqual([own])
      expect(idsOf(await find('unitMember', { unit: 'U-SW' }))).toEqual([])
      expect((await get<CaseCounts>('unitMember', '/cases/counts')).states).toEqual([
        { state: 'toSign', cases: 1, amber: 0, red: 0, asked: 0, own: 0, returned: 0, visits: 0 },
      ])
      await step('monitor', others, { type: 'invite', units: [UNIT] })
      expect(idsOf(await find('unitMember', { words: '路面塌陷' })).toSorted()).toEqual([own, others].toSorted())
      expect(await find('administrator', {})).toEqual({ code: 'forbidden' })
    })

    it('R9.4 page by page each comes once, by the newest and by what is due first', async () => {
      const mine = []
      for (let one = 0; one < 5; one += 1) {
        central.clock.time += one === 2 ? 0 : HOUR_MS
        mine.push(await waiting('绿化带积水'))
      }
      for (const order of ['newest', 'due'] as const) {
        const pages: CaseList[] = []
        do {
          const after = pages.at(-1)?.next ?? null
          pages.push(await find('operator', { words: '绿化带积水', order, limit: 2, after }))
        } while (must(pages.at(-1), 'a page').next !== null)
        expect(pages.map(({ cases }) => cases.length)).toEqual([2, 2, 1])
        const ids = pages.flatMap(idsOf)
        expect(ids.toSorted()).toEqual(mine.toSorted())
        if (order === 'newest') expect(ids[0]).toBe(mine[4])
      }
    })

    it('R9.5 the deadline that stands is counted, colours the counts, and follows the steps', async () => {
      const caseId = await waiting('空调外机噪音')
      const opened = central.clock.now()
      const line = async () => must((await find('monitor', { words: '空调外机' })).cases[0], 'the case')
      expect((await line()).deadline).toMatchObject({ phase: 'sign', rule: 'sign', provisional: false })
      await step('monitor', caseId, { type: 'dispatch', unit: UNIT })
      await step('unitMember', caseId, { type: 'sign' })
      const { deadline } = await line()
      expect(deadline).toMatchObject({ phase: 'answer', rule: 'help.answer' })
      const due = must(deadline?.due, 'a due moment')
      expect(due).toBeGreaterThan(opened + 10 * DAY_MS)
      const inHand = async () =>
        (await get<CaseCounts>('monitor', '/cases/counts')).states.find(({ state }) => state === 'inHand')
      expect(await inHand()).toMatchObject({ cases: 1, amber: 0, red: 0 })
      central.clock.time = due - HOUR_MS
      await signInAll()
      expect(await inHand()).toMatchObject({ amber: 1, red: 0 })
      await step('unitMember', caseId, { type: 'askExtension', days: 3, reason: '等配件' })
      central.clock.time = due
      expect(await inHand()).toMatchObject({ amber: 0, red: 1, asked: 1 })
      expect(idsOf(await find('monitor', { states: ['inHand'], due: 'red' }))).toEqual([caseId])
      expect(idsOf(await find('monitor', { asked: true }))).toEqual([caseId])
      await step('monitor', caseId, { type: 'grantExtension', days: 3 })
      expect((await line()).deadline?.due).toBeGreaterThan(due + 2 * DAY_MS)
      await step('monitor', caseId, { type: 'suspend', reason: '等待鉴定' })
      expect((await line()).deadline).toMatchObject({ due: null, amber: null })
      const read = await get<{ deadlines: { answer: { span: object } } }>('monitor', `/cases/${caseId}`)
      expect(read.deadlines.answer.span).toEqual({ workingDays: 10 })
      await step('unitMember', caseId, { type: 'answer', text: '已维修' })
      expect((await line()).deadline).toBeNull()
    })

    it('R9.9 what a unit gave back is found and counted while it waits for another; what is not one’s own call likewise', async () => {
      const back = await waiting('树木倒伏')
      const fresh = await waiting('树木倒伏')
      await step('monitor', back, { type: 'dispatch', unit: UNIT })
      await step('unitMember', back, { type: 'return', reason: '不属本单位' })
      expect(idsOf(await find('monitor', { words: '树木倒伏', returned: true }))).toEqual([back])
      const toDispatch = async (role: 'monitor' | 'operator') =>
        (await get<CaseCounts>(role, '/cases/counts')).states.find(({ state }) => state === 'toDispatch')
      const before = must(await toDispatch('monitor'), 'some to dispatch')
      expect(before.returned).toBe(1)
      const [line] = (await find('operator', { words: '树木倒伏' })).cases
      const openedBy = must(line, 'a case').openedBy
      expect(idsOf(await find('operator', { words: '树木倒伏', notOpenedBy: openedBy }))).toEqual([])
      expect(idsOf(await find('operator', { words: '树木倒伏', notOpenedBy: '9999' })).toSorted()).toEqual(
        [back, fresh].toSorted(),
      )
      const ofAuthor = await central.app.inject({
        url: '/cases/counts',
        headers: { authorization: `Bearer ${(await given.signIn(central.app, '1001')).token}` },
      })
      expect(ofAuthor.json<CaseCounts>().states).toContainEqual({ ...before, own: before.cases })
      expect((await toDispatch('operator'))?.own).toBe(0)
      await step('monitor', back, { type: 'dispatch', unit: 'U-SW' })
      expect(idsOf(await find('monitor', { words: '树木倒伏', returned: true }))).toEqual([])
    })

    it('R9.10 that a case is printed is audited, also in vain, and a unit prints its own alone', async () => {
      await signInAll()
      const caseId = await waiting('井盖缺失')
      const printed = (role: StaffRole, id: string) =>
        post(central.app, `/cases/${id}/printed`, {}, tokenFor(role)).then(({ statusCode }) => statusCode)
      const entries = (where: string) => count(central.db, `audit where action = 'case.printed' and ${where}`)
      expect(await printed('operator', caseId)).toBe(200)
      expect(await printed('unitMember', caseId)).toBe(404)
      expect(await printed('operator', nextId())).toBe(404)
      expect(await printed('administrator', caseId)).toBe(403)
      expect(await entries(`object = '${caseId}' and detail::text like '%"found":true%'`)).toBe(1)
      expect(await entries(`detail::text like '%"found":false%'`)).toBe(2)
    })

    it('R9.11 a search is taken away whole as a table, callers as the role sees them, and the audit says by whom', async () => {
      await signInAll()
      for (let n = 0; n < 3; n += 1) await waiting(`=cmd|导出,"第${n}件"`, '13900139000')
      const exported = (role: StaffRole, query: object) => post(central.app, '/cases/export', query, tokenFor(role))
      const entries = (where: string) => count(central.db, `audit where action = 'cases.exported' and ${where}`)
      const whole = await exported('monitor', { words: '导出', limit: 1 })
      const lines = whole.body.split('\r\n')
      expect([whole.statusCode, lines.length, lines.at(-1)]).toEqual([200, 5, ''])
      expect(lines[0]?.startsWith('\uFEFF工单号,')).toBe(true)
      const cells = lines.slice(1, 4).map((line) => /"'=cmd\|导出,""第\d件""",.*,13900139000$/.test(line))
      expect(cells).toEqual([true, true, true])
      const book = await post(central.app, '/cases/export?as=xlsx', { words: '导出' }, tokenFor('monitor'))
      const { 'content-type': type } = book.headers
      expect([book.statusCode, type, book.rawPayload.toString('latin1', 0, 2)]).toEqual([
        ...[200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
      ])
      const odd = await post(central.app, '/cases/export?as=pdf', {}, tokenFor('monitor'))
      expect(odd.statusCode).toBe(400)
      const masked = (await exported('quality', { words: '导出', states: ['toDispatch'] })).body
      expect([masked.includes('13900139000'), masked.includes('139****9000')]).toEqual([false, true])
      for (const role of ['operator', 'unitMember'] as const) expect((await exported(role, {})).statusCode).toBe(403)
      expect(await entries(`detail::text like '%"cases":3%'`)).toBe(3)
      expect(await entries(`detail::text like '%"states,words"%'`)).toBe(2)
      expect(await entries(`detail::text like '%导出%'`)).toBe(0)
    })

    it('R9.6 another table counts anew what is open, and nothing of what is not', async () => {
      const open = await waiting('消防通道堵塞')
      const dueOf = async (words: string) => (await find('monitor', { words })).cases[0]?.deadline?.due ?? null
      const before = must(await dueOf('消防通道'), 'a deadline')
      const table = shippedRules.table.map((row) => ({ ...row, span: { minutes: 60 } }))
      const other = nameRules({ table, days: shippedRules.days }, 'another')
      const logged: unknown[] = []
      await recount(
        central.db,
        async () => other,
        (event, data) => void logged.push([event, data]),
        () => false,
      )
      expect(await dueOf('消防通道')).toBeLessThan(before)
      expect(await count(central.db, 'cases where case_id = $1::uuid and due_by = $2::text', [open, other.name])).toBe(
        1,
      )
      expect(await count(central.db, `cases where due_by = $1::text and state = 'answered'`, [other.name])).toBe(0)
      expect(logged).toMatchObject([['deadlinesRecounted', { cases: expect.any(Number) }]])
      await recount(
        central.db,
        async () => shippedRules,
        () => undefined,
        () => false,
      )
      expect(await dueOf('消防通道')).toBe(before)
    })

    it('R9.1 a rare word by the index, a frequent one by walking the list: both find the same, filtered and page by page', async () => {
      const context = { now: 0, onlyUnit: null, reportsOf: null, phoneKey: null }
      for (const query of [
        { words: '路' },
        { words: '绿化带 积水', limit: 2 },
        { words: '绿化带', order: 'due' as const, limit: 3 },
        { words: '路面', unit: UNIT, states: ['toSign' as const] },
      ]) {
        const asked = caseQuerySchema.parse(query)
        const [byIndex, byWalk] = await Promise.all(
          [1000, -1].map((rare) => central.db.tx('sanxin_find', (sql) => selectFound(sql, asked, context, rare))),
        )
        expect(byWalk, query.words).toEqual(byIndex)
      }
    })

    it('R9.6 a row whose events tell no case holds up nothing: the rest is counted, once through', async () => {
      const open = await waiting('天桥电梯停用')
      await central.db.tx('owner', (sql) =>
        sql.query(
          `insert into cases (case_id, case_no, state, content, caller_id, opened_at, opened_by, revision, bytes)
           values ('00000000-0000-4000-8000-000000000001', 'JM20261123-ZZ-0001', 'toDispatch', '', gen_random_uuid(), 0, '1001', 1, 0)`,
        ),
      )
      const other = nameRules(shippedRules, 'once more')
      const quiet = () => undefined
      await recount(
        central.db,
        async () => other,
        quiet,
        () => false,
      )
      expect(await count(central.db, 'cases where case_id = $1::uuid and due_by = $2::text', [open, other.name])).toBe(
        1,
      )
      await recount(
        central.db,
        async () => shippedRules,
        quiet,
        () => false,
      )
    })

    it('R9.7 whoever is signed in may know the units, and nobody the colleagues by this way', async () => {
      const colleague: DirectoryEntry = {
        ...{ kind: 'colleague', id: 'C-1', name: '同事', staffNo: '1001', extension: '1001', team: null, role: null },
      }
      await publishDirectory(central.db, [colleague], false)
      const { units } = await get<{ units: MemberUnit[] }>('unitMember', '/units')
      expect(units.map(({ id }) => id).toSorted()).toEqual([UNIT, 'U-SW'].toSorted())
    })

    it('R9.8 a strange question is refused by name, and takes nothing with it', async () => {
      for (const [query, detail] of [
        [{ words: '好'.repeat(101) }, 'words'],
        [{ limit: 1000 }, 'limit'],
        [{ states: ['gone'] }, 'states.0'],
      ] as const) {
        const answer = await post(central.app, '/cases/find', query, tokenFor('operator'))
        expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'invalidInput', detail }])
      }
      // Signs that mean something to a search are words like any.
      for (const words of [`'; drop table cases --`, '% _', `a' & !b | c:*`, '\\', '路\u0000灯'])
        expect((await find('operator', { words })).cases, words).toBeInstanceOf(Array)
      // What PostgreSQL cannot hold is found nowhere, and breaks nothing.
      const odd = 'U\u0000\ud800'
      for (const query of [
        { unit: odd },
        { openedBy: odd },
        { notOpenedBy: odd },
        { visitsFor: odd },
        { after: { key: 1, caseNo: odd } },
      ]) {
        const answer = await post(central.app, '/cases/find', query, tokenFor('monitor'))
        expect(answer.statusCode, JSON.stringify(query)).toBe(200)
      }
      expect((await post(central.app, '/cases/export', { unit: odd }, tokenFor('monitor'))).statusCode).toBe(200)
    })
  })
}
