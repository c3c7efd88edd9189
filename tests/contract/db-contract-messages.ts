/** Messages to citizens (M1 …): what they are told, when, and that none is lost or sent twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateChannels } from '../../central/outbox/sql.ts'
import type { GroupValue } from '../../shared/case/case-record.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openMessageOffice, type MessageOffice } from './message-office.ts'

const visit = { type: 'visit', reached: true, solved: true, rating: 5, note: '' } as const

export function messageContract(openDb: OpenDb): void {
  describe('messages to citizens', () => {
    let office: MessageOffice
    beforeAll(async () => {
      office = await openMessageOffice(await openDb())
    })
    afterAll(() => office.close())
    beforeEach(async () => {
      office.gatewayAnswers(() => ({ became: 'sent' }))
      await office.worker.round()
      office.sent.length = 0
    })

    it('M1.1 she is told the number and the day when her matter is taken, and the words when it is answered', async () => {
      const { take, worker, sent, rowsOf, answerBy } = office
      const { caseId, caseNo } = await take()
      await worker.round()
      expect(sent).toMatchObject([{ to: '+8613800138000', kind: 'accepted' }])
      expect(sent[0]?.text).toBe(
        `【12345】您反映的事项已受理，工单编号${caseNo}，12月7日（含当日）前答复。查询进度：https://12345.example/progress`,
      )
      await answerBy(caseId)
      await worker.round()
      expect(sent[1]).toMatchObject({ kind: 'answered' })
      expect(sent[1]?.text).toMatch(
        /^【12345】工单\S+已由承办单位答复：路灯已修好 请评价：https:\/\/12345.example\/rate\/[\w-]{22} 也可直接回复1至5评价/,
      )
      // What was sent is not kept.
      expect(await rowsOf(caseId)).toMatchObject([
        { kind: 'accepted', status: 'sent', data: null },
        { kind: 'answered', status: 'sent', data: null },
      ])
    })

    it('M1.2 a reply at once is sent in its words; who wants none is told nothing', async () => {
      await office.take('13800138001', 'atOnce', { words: '8 路在东门站下车' })
      const { caseId } = await office.take('13800138002', 'notWanted')
      await office.worker.round()
      expect(office.sent.map(({ text }) => text)).toEqual([expect.stringContaining('已答复：8 路在东门站下车')])
      expect(await office.rowsOf(caseId)).toEqual([])
    })

    it('M1.3 settled, she is asked to rate, unless she has; not accepted and extended are told', async () => {
      const { take, answerBy, tryStep, worker, sent, centreSteps } = office
      const [rated, unrated, declined, extended] = [await take(), await take(), await take(), await take()]
      for (const { caseId } of [rated, unrated]) await answerBy(caseId)
      await centreSteps(rated.caseId, visit)
      await centreSteps(unrated.caseId, { ...visit, rating: null })
      for (const { caseId } of [rated, unrated]) await centreSteps(caseId, { type: 'settle' })
      await centreSteps(declined.caseId, { type: 'decline', reason: '已进入诉讼', channel: '人民法院' })
      await centreSteps(extended.caseId, { type: 'dispatch', unit: given.UNIT })
      const cookie = await office.signIn()
      await office.steps(cookie, extended.caseId, { type: 'sign' })
      await office.steps(cookie, extended.caseId, { type: 'askExtension', days: 3, reason: '等配件' })
      await centreSteps(extended.caseId, { type: 'grantExtension', days: 3 })
      expect((await tryStep(extended.caseId, { type: 'settle' })).statusCode).toBe(409)
      await worker.round()
      const told = (kind: string) => sent.filter((one) => one.kind === kind).map(({ text }) => text)
      expect(told('settled')).toEqual([expect.stringContaining(`工单${unrated.caseNo}已办结。请评价：`)])
      expect(told('declined')[0]).toContain('不予受理：已进入诉讼。请向人民法院反映。')
      expect(told('extended')[0]).toContain(`工单${extended.caseNo}的答复期限经批准延长至12月10日（含当日）`)
    })

    it('M1.4 what is days old is no news; where the centre sends no messages none are kept', async () => {
      const { caseId, mutation } = given.openCase()
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await office.desk.sync([mutation, given.caseMutation({ type: 'case.reply', caseId, base, reply })])
      expect(await office.rowsOf(caseId)).toEqual([])
      await office.central.db.tx('owner', (sql) => updateChannels(sql, false))
      expect(await office.rowsOf((await office.take()).caseId)).toEqual([])
      await office.central.db.tx('owner', (sql) => updateChannels(sql, true))
    })

    it('M1.5 the fact and what it owes are one: sent again it owes once, refused it owes nothing', async () => {
      const taken = await office.take()
      await office.desk.sync(taken.mutations)
      expect(await office.rowsOf(taken.caseId)).toHaveLength(1)
      expect((await office.tryStep(taken.caseId, { type: 'settle' })).statusCode).toBe(409)
      expect(await office.rowsOf(taken.caseId)).toHaveLength(1)
    })

    it('M1.6 who called besides is told, too, under the number that she knows; hers is a report, and no word is said', async () => {
      const { take, centreSteps, answerBy, worker, sent } = office
      const [goesOn, joined] = [await take('13800138020'), await take('13800138021')]
      const secret = await take('13800138022', 'later', { kind: 'report' })
      await worker.round()
      sent.length = 0
      for (const { caseId } of [joined, secret]) await centreSteps(caseId, { type: 'join', into: goesOn.caseId })
      await answerBy(goesOn.caseId)
      await worker.round()
      const textTo = (to: string) =>
        must(
          sent.find((one) => one.to === to),
          to,
        ).text
      expect(sent).toHaveLength(3)
      expect(textTo('+8613800138020')).toContain(`工单${goesOn.caseNo}已由承办单位答复：路灯已修好 请评价：`)
      expect(textTo('+8613800138021')).toContain(`工单${joined.caseNo}已由承办单位答复：路灯已修好 请评价：`)
      expect(textTo('+8613800138022')).toContain(`工单${secret.caseNo}已由承办单位答复，详情请拨打12345。请评价：`)
      expect(textTo('+8613800138022')).not.toContain('路灯')
    })

    it('M2.2 R8.10 who was corrected since her case was joined is written to as such; what became a report meanwhile has no word', async () => {
      const { take, centreSteps, answerBy, worker, sent, desk } = office
      const [goesOn, joined] = [await take('13800138030'), await take('13800138031')]
      await centreSteps(joined.caseId, { type: 'join', into: goesOn.caseId })
      const edit = async (value: GroupValue, caller: { name: string; phone: string } | null = null) => {
        await desk.pullAll()
        const base = baseOf(must(desk.cases.get(joined.caseId), 'its events'))
        const one = given.caseMutation({ type: 'case.edit', caseId: joined.caseId, base, edits: [value] })
        if (one.body.kind !== 'case' || value.group !== 'caller') return desk.sync([one])
        return desk.sync([{ ...one, body: { ...one.body, caller: caller && { ...value.value, ...caller } } }])
      }
      const asReport = { group: 'classification' as const, value: { kind: 'report' as const, code: '0101' } }
      await edit({ group: 'caller', value: { callerId: given.nextId() } }, { name: '她', phone: '13800138032' })
      await answerBy(goesOn.caseId)
      // Between what is owed and what is sent.
      await edit(asReport)
      await worker.round()
      const to = (phone: string) => sent.filter((one) => one.to === phone && one.kind === 'answered')
      expect(to('+8613800138031')).toEqual([])
      expect(to('+8613800138032')).toMatchObject([
        { text: expect.stringContaining(`工单${joined.caseNo}已由承办单位答复，详情请拨打12345。请评价：`) },
      ])
      // From now on no word of it is kept either.
      await centreSteps(goesOn.caseId, { type: 'rehandle', reason: '未解决' })
      await office.steps(await office.signIn(), goesOn.caseId, { type: 'answer', text: '已重新铺设' })
      const kept = (await office.rowsOf(goesOn.caseId)).filter(({ data }) => JSON.stringify(data).includes('重新铺设'))
      expect(kept).toHaveLength(1)
    })

    it('M2.2 of a report neither message nor table has a word', async () => {
      const { caseId } = await office.take('13800138003', 'later', { kind: 'report' })
      await office.answerBy(caseId, '已立案查处某公司')
      expect(JSON.stringify(await office.rowsOf(caseId))).not.toContain('立案')
      await office.worker.round()
      expect(office.sent).toHaveLength(2)
      // Nor is she sent to the page of G5, which tells nobody of it.
      expect(JSON.stringify(office.sent)).not.toMatch(/立案|路灯|举报|progress/)
    })

    it('M5.1 no landline and no withheld number is written to; what she was not told in the call is owed by voice', async () => {
      const [landline, withheld] = [await office.take('0750-3500123'), await office.take('')]
      for (const { caseId } of [landline, withheld]) await office.answerBy(caseId)
      await office.worker.round()
      expect(office.sent).toEqual([])
      expect(await office.rowsOf(landline.caseId)).toMatchObject([
        { kind: 'accepted', status: 'skipped', reason: 'notMobile' },
        { kind: 'answered', status: 'byVoice', reason: 'notMobile' },
      ])
      expect(await office.rowsOf(withheld.caseId)).toMatchObject([{ status: 'skipped', reason: 'noNumber' }, {}])
      const owed = must(
        (await office.list('by-voice')).find(({ caseId }) => caseId === landline.caseId),
        'owed by voice',
      )
      const settle = (reason: string) =>
        given.post(office.central.app, `/messages/${owed.id}/settle`, { reason }, office.monitor)
      expect((await settle(' ')).statusCode).toBe(400)
      expect((await settle('已电话告知')).statusCode).toBe(200)
      expect((await settle('已电话告知')).statusCode).toBe(404)
      expect((await office.list('by-voice')).map(({ id }) => id)).not.toContain(owed.id)
      // Whoever was visited has heard the answer.
      const visited = await office.take('0750-3500124')
      await office.answerBy(visited.caseId)
      await office.worker.round()
      const isListed = async () => (await office.list('by-voice')).some(({ caseId }) => caseId === visited.caseId)
      expect(await isListed()).toBe(true)
      await office.centreSteps(visited.caseId, visit)
      await office.centreSteps(visited.caseId, { type: 'settle' })
      expect(await isListed()).toBe(false)
    })

    it('M5.2 who wants no messages gets none from then on, in any spelling of her number, until she wants them again', async () => {
      const wish = (wanted: boolean) =>
        given.post(office.central.app, '/messages/wish', { phone: '+86 138 0013 8004', wanted }, office.desk.token)
      expect((await wish(false)).statusCode).toBe(200)
      const { caseId } = await office.take('13800138004')
      await office.worker.round()
      expect(await office.rowsOf(caseId)).toMatchObject([{ status: 'skipped', reason: 'wish' }])
      await wish(true)
      await office.take('13800138004')
      await office.worker.round()
      expect(office.sent).toHaveLength(1)
    })

    it('M4.2 a gateway that fails is tried again ever later, then it is dead, listed, and sent again by a person', async () => {
      const { central, worker, rowsOf, list } = office
      const { caseId } = await office.take('13800138005')
      let asked = 0
      office.gatewayAnswers(() => {
        asked += 1
        return { became: 'failed', reason: 'http503', again: true }
      })
      const nextAt = async () => {
        const rows = await central.db.tx('owner', (sql) =>
          sql.query<{ next: number }>('select next_at as next from outbox where case_id = $1::uuid', [caseId]),
        )
        return must(rows[0], 'a row').next
      }
      const waits: number[] = []
      for (let tries = 1; tries < 8; tries += 1) {
        await worker.round()
        const next = await nextAt()
        waits.push((next - central.clock.time) / 1000)
        central.clock.time = next - 1
        await worker.round()
        expect(asked).toBe(tries)
        central.clock.time = next
      }
      expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920])
      expect((await rowsOf(caseId))[0]).toMatchObject({ status: 'pending', tries: 7 })
      await worker.round()
      const dead = must(
        (await list('dead')).find((one) => one.caseId === caseId),
        'on the list',
      )
      expect(dead).toMatchObject({ kind: 'accepted', reason: 'http503', tries: 8 })
      expect(JSON.stringify(dead)).not.toContain('138')
      office.gatewayAnswers(() => ({ became: 'sent' }))
      const again = () => given.post(central.app, `/messages/${dead.id}/again`, {}, office.monitor)
      expect((await again()).statusCode).toBe(200)
      expect((await again()).statusCode).toBe(404)
      await worker.round()
      expect(office.sent.map(({ id }) => id)).toEqual([dead.id])
      expect(await list('dead')).toEqual([])
    })

    it('M4.3 of one case one goes after the other; what is refused for good is dead at once and lets the next go on', async () => {
      const { caseId } = await office.take('13800138006')
      await office.answerBy(caseId)
      office.gatewayAnswers(({ kind }) =>
        kind === 'accepted' ? { became: 'failed', reason: 'timeout', again: true } : { became: 'sent' },
      )
      await office.worker.round()
      expect(await office.rowsOf(caseId)).toMatchObject([{ tries: 1 }, { status: 'pending', tries: 0 }])
      office.gatewayAnswers(({ kind }) =>
        kind === 'accepted' ? { became: 'failed', reason: 'http422', again: false } : { became: 'sent' },
      )
      office.central.clock.time += 60_000
      await office.worker.round()
      expect(await office.rowsOf(caseId)).toMatchObject([{ status: 'dead', reason: 'http422' }, { status: 'sent' }])
    })

    it('M4.2 what its carrier cannot read is dead after as many tries, and lets the next go on', async () => {
      const { caseId } = await office.take('13800138016')
      const spoilt = (kind: string) =>
        office.central.db.tx('owner', (sql) =>
          sql.query(`update outbox set kind = $2::text where case_id = $1::uuid`, [caseId, kind]),
        )
      await spoilt('unheardOf')
      for (let tries = 1; tries <= 8; tries += 1) {
        await office.worker.round()
        office.central.clock.time += 24 * 3_600_000
      }
      expect(await office.rowsOf(caseId)).toMatchObject([{ status: 'dead', reason: 'unreadable', tries: 8 }])
    })

    it('M4.4 many workers send each once; one that dies in the middle loses nothing and keeps the id', async () => {
      const cases = []
      for (let made = 0; made < 12; made += 1) cases.push(await office.take(`1380013${8100 + made}`))
      const workers = [office.newWorker(), office.newWorker(), office.newWorker()]
      await Promise.all(workers.map((each) => each.round()))
      await office.worker.round()
      expect(new Set(office.sent.map(({ id }) => id)).size).toBe(12)
      expect(office.sent).toHaveLength(12)

      const { caseId } = await office.take('13800138007')
      const [held, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
      office.gatewayAnswers(async ({ id }) => {
        reached.resolve(id)
        await held.promise
        return { became: 'sent' }
      })
      const dying = office.newWorker().round()
      const id = await reached.promise
      office.gatewayAnswers(() => ({ became: 'sent' }))
      await office.worker.round()
      expect((await office.rowsOf(caseId))[0]).toMatchObject({ status: 'pending', tries: 1 })
      office.central.clock.time += 60_000
      await office.worker.round()
      expect((await office.rowsOf(caseId))[0]).toMatchObject({ id, status: 'sent', tries: 2 })
      // What the first one learns now changes nothing.
      held.resolve()
      await dying
      expect((await office.rowsOf(caseId))[0]).toMatchObject({ status: 'sent', tries: 2 })
      expect(office.sent.slice(12).map((one) => one.id)).toEqual([id, id])
    })

    it('M6.1 no log line has a number or a word of a message', async () => {
      const text = JSON.stringify(office.central.logged)
      expect(text).toContain('carried')
      expect(text).not.toMatch(/1380013|已受理|路灯|rate\/|12345/)
    })
  })
}
