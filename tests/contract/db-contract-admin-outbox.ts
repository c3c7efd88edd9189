/** What could not be sent, on the administration's pages (AD6): listed with numbers masked, and sent again by a person. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outboxPageSchema, type Again, type OutboxPage, type ShownOwed } from '../../shared/admin/outbox-page.ts'
import { must } from '../../shared/errors.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openMessageOffice, type MessageOffice } from './message-office.ts'

export function adminOutboxContract(openDb: OpenDb): void {
  describe('the administration: what could not be sent', () => {
    let office: MessageOffice
    let administrator: string
    beforeAll(async () => {
      office = await openMessageOffice(await openDb())
      administrator = (await given.tokenOf(office.central.app, 'administrator')).token
    })
    afterAll(() => office.close())

    const read = async (token = administrator): Promise<OutboxPage> => {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await office.central.app.inject({ url: '/admin/outbox', headers })
      expect(answer.statusCode, answer.body).toBe(200)
      for (const never of ['13800138', '路灯', '来电人']) expect(answer.body).not.toContain(never)
      return outboxPageSchema.strict().parse(answer.json())
    }
    const again = async (wanted: Again, token = administrator) => {
      const answer = await given.post(office.central.app, '/admin/outbox/again', wanted, token)
      return [answer.statusCode, answer.json<unknown>()]
    }
    /** A message that the gateway refused for good. */
    async function refused(phone: string, kind: 'help' | 'report' = 'help'): Promise<ShownOwed> {
      const { caseNo } = await office.take(phone, 'later', { kind })
      office.gatewayAnswers(() => ({ became: 'failed', reason: 'http422', again: false }))
      await office.worker.round()
      office.gatewayAnswers(() => ({ became: 'sent' }))
      return must(
        (await read()).troubled.find((one) => one.caseNo === caseNo),
        'on the list',
      )
    }

    it('AD6.1 what is dead says why, since when and how often it was tried, and for whom with the middle of her number hidden', async () => {
      const { clock } = office.central
      expect(await refused('13800138021')).toMatchObject({
        ...{ channel: 'message', kind: 'accepted', status: 'dead', reason: 'http422', tries: 1, receiver: null },
        ...{ phone: '138****8021', at: expect.any(Number), doneAt: clock.time, nextAt: null },
      })
      expect((await read()).dead).toEqual([{ channel: 'message', kind: 'accepted', number: 1, again: 1 }])
      const { caseNo } = await office.take('13800138022')
      office.gatewayAnswers(() => ({ became: 'failed', reason: 'timeout', again: true }))
      await office.worker.round()
      expect((await read()).troubled.find((one) => one.caseNo === caseNo)).toMatchObject({
        ...{ status: 'pending', reason: 'timeout', tries: 1, doneAt: null, nextAt: clock.time + 30_000 },
      })
      office.gatewayAnswers(() => ({ became: 'sent' }))
      clock.time += 60_000
      await office.worker.round()
      expect((await read()).troubled.map((one) => one.caseNo)).not.toContain(caseNo)
    })

    it('AD6.2 of a report the number is told to nobody who may not know who reports, masked neither', async () => {
      const { caseNo, phone } = await refused('13800138023', 'report')
      expect(phone).toBe(null)
      const seen = (await read(office.monitor)).troubled.find((one) => one.caseNo === caseNo)
      expect(seen?.phone).toBe('138****8023')
    })

    it('AD6.3 one is sent again, or all of a kind; each stands in the audit, and what is not dead is not found', async () => {
      const { central, worker, sent } = office
      const one = await refused('13800138024')
      const before = (await read()).dead.find(({ kind }) => kind === 'accepted')?.number ?? 0
      expect(before).toBe(3)
      expect(await again({ channel: 'message', id: one.id })).toEqual([200, { number: 1 }])
      expect(await again({ channel: 'message', id: one.id })).toEqual([404, { code: 'notFound' }])
      sent.length = 0
      await worker.round()
      expect(sent.map(({ id }) => id)).toEqual([one.id])
      expect(await again({ channel: 'message', kind: 'answered' })).toEqual([404, { code: 'notFound' }])
      expect(await again({ channel: 'message', kind: 'accepted' })).toEqual([200, { number: before - 1 }])
      await worker.round()
      expect(sent).toHaveLength(before)
      expect((await read()).dead).toEqual([])
      const audit = await central.db.tx('owner', (sql) =>
        sql.query(`select actor, object, detail from audit where action = 'message.again' order by seq`),
      )
      const actor = given.staffNoOf('administrator')
      expect(audit).toEqual([
        { actor, object: one.id, detail: {} },
        { actor, object: null, detail: { kind: 'accepted', number: before - 1 } },
      ])
    })

    it('AD6.6 an answer that another one took the place of is not sent again, by itself or with all; it says so', async () => {
      const { sent, worker } = office
      const { caseId, caseNo } = await office.take('13800138027')
      await worker.round()
      office.gatewayAnswers(() => ({ became: 'failed', reason: 'http422', again: false }))
      await office.answerBy(caseId, '下周修')
      await worker.round()
      await office.centreSteps(caseId, { type: 'sendBack', reason: '没有说明' })
      const listed = async () =>
        (await read()).troubled.filter((one) => one.caseNo === caseNo).map(({ id, superseded }) => ({ id, superseded }))
      const [old] = await listed()
      expect(old?.superseded).toBe(false)
      office.central.clock.time += 60_000
      await office.steps(await office.signIn(), caseId, { type: 'answer', text: '已修好' })
      await worker.round()
      office.gatewayAnswers(() => ({ became: 'sent' }))
      const both = await listed()
      expect(both).toMatchObject([{ id: old?.id, superseded: true }, { superseded: false }])
      expect((await read()).dead).toEqual([{ channel: 'message', kind: 'answered', number: 2, again: 1 }])
      const id = must(old, 'the older one').id
      expect(await again({ channel: 'message', id })).toEqual([409, { code: 'outdated' }])
      const byMonitor = await given.post(office.central.app, `/messages/${id}/again`, {}, office.monitor)
      expect(byMonitor.statusCode).toBe(409)
      sent.length = 0
      expect(await again({ channel: 'message', kind: 'answered' })).toEqual([200, { number: 1 }])
      await worker.round()
      expect(sent.map(({ text }) => /答复：(\S+)/.exec(text)?.[1])).toEqual(['已修好'])
      expect(await listed()).toEqual([{ id, superseded: true }])
      expect(await again({ channel: 'message', kind: 'answered' })).toEqual([404, { code: 'notFound' }])
    })

    it('AD6.7 what was given up leaves the list when she was told by telephone, with a word on it, in the audit', async () => {
      const { id } = await refused('13800138028')
      const settle = async (token: string) =>
        (await given.post(office.central.app, `/messages/${id}/settle`, { reason: '上午电话告知' }, token)).statusCode
      const listed = async () => (await read()).troubled.some((one) => one.id === id)
      expect(await settle(office.desk.token)).toBe(403)
      expect(await listed()).toBe(true)
      expect(await settle(administrator)).toBe(200)
      expect(await listed()).toBe(false)
      expect(await settle(administrator)).toBe(404)
      const actor = given.staffNoOf('administrator')
      expect(
        await given.count(office.central.db, `audit where action = 'message.settled' and actor = $1 and object = $2`, [
          actor,
          id,
        ]),
      ).toBe(1)
      expect(await again({ channel: 'message', id })).toEqual([404, { code: 'notFound' }])
    })

    it('AD6.4 events to systems are of who manages those: the monitor sees none and sends none again', async () => {
      const { app, db } = office.central
      const hook = await given.post(app, '/systems/webhooks', { url: 'https://above.example/x?k=1' }, administrator)
      const { webhookId } = hook.json<{ webhookId: string }>()
      await office.take('13800138025')
      await db.tx('owner', (sql) =>
        sql.query(`update outbox set status = 'dead', reason = 'http410', done_at = 5 where target = $1::text`, [
          webhookId,
        ]),
      )
      const events = (page: OutboxPage) => page.troubled.filter(({ channel }) => channel === 'webhook')
      const mine = events(await read())
      expect(mine.length).toBeGreaterThan(1)
      for (const one of mine) expect([one.receiver, one.phone]).toEqual(['above.example', null])
      expect(events(await read(office.monitor))).toEqual([])
      const wanted = { channel: 'webhook', kind: 'case.opened' } as const
      expect(await again(wanted, office.monitor)).toEqual([404, { code: 'notFound' }])
      expect(await again(wanted)).toEqual([200, { number: 1 }])
      expect(await given.count(db, `audit where action = 'webhook.again'`)).toBe(1)
    })

    it('AD6.5 what is owed by voice, and bad ratings that nobody acted on, are listed for administrators and monitors', async () => {
      const landline = await office.take('07503500123')
      await office.answerBy(landline.caseId)
      const rated = await office.take('13800138026')
      await office.answerBy(rated.caseId)
      await office.worker.round()
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const payload = new URLSearchParams({ rating: '1', text: '' }).toString()
      await office.central.app.inject({
        ...{ method: 'POST', url: `/rate/${office.lastToken()}`, headers: form, payload },
      })
      for (const token of [administrator, office.monitor]) {
        const { byVoice, ratings } = await read(token)
        expect(byVoice).toMatchObject([
          { caseNo: landline.caseNo, kind: 'answered', status: 'byVoice', reason: 'notMobile', phone: '0750-***0123' },
        ])
        expect(ratings).toMatchObject([{ caseNo: rated.caseNo, rating: 1, phone: '138****8026' }])
      }
    })
  })
}
