/** The citizen's own word on the matter (M7): by the link of a message, or in reply to it; by nobody else. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RATE_MS } from '../../central/messages/carrier.ts'
import { signedHeaders } from '../../central/outbox/signature.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { INBOUND_SECRET, openMessageOffice, type MessageOffice } from './message-office.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const visit = { type: 'visit', reached: true, solved: true, rating: null, note: '' } as const

export function ratingContract(openDb: OpenDb): void {
  describe('ratings by message', () => {
    let office: MessageOffice
    let made = 0
    beforeAll(async () => {
      office = await openMessageOffice(await openDb())
    })
    afterAll(() => office.close())
    beforeEach(() => void (office.sent.length = 0))

    /** A case that was answered, whose citizen has the message; each of another number. */
    async function answered() {
      made += 1
      const phone = `139${String(made).padStart(8, '0')}`
      const { caseId, caseNo } = await office.take(phone)
      await office.answerBy(caseId)
      await office.worker.round()
      return { caseId, caseNo, phone, token: office.lastToken() }
    }
    const look = (token: string, from = '203.0.113.9') =>
      office.central.app.inject({ url: `/rate/${token}`, headers: { 'x-forwarded-for': from } })
    const rate = (token: string, rating: string, text = '') =>
      office.central.app.inject({
        ...{ method: 'POST', url: `/rate/${token}`, headers: FORM },
        payload: new URLSearchParams({ rating, text }).toString(),
      })
    const lastStep = async (caseId: string) => {
      await office.desk.pullAll()
      return office.desk.cases.get(caseId)?.at(-1)
    }
    const owed = async () =>
      (
        await office.central.app.inject({
          url: '/ratings/owed',
          headers: { authorization: `Bearer ${office.monitor}` },
        })
      ).json<{ cases: { caseId: string; rating: number }[] }>().cases
    let inbound = 0
    const reply = (from: string, text: string, id = `in-${(inbound += 1)}`, secret = INBOUND_SECRET) => {
      const body = JSON.stringify({ from, text })
      const timestamp = Math.floor(office.central.clock.time / 1000)
      return office.central.app.inject({
        ...{ method: 'POST', url: '/messages/inbound', payload: body },
        headers: { 'content-type': 'application/json', ...signedHeaders(secret, { id, timestamp, body }) },
      })
    }

    it('M7.1 by the link she rates the matter, as a step of hers in its history, and the link is used up', async () => {
      const { caseId, caseNo, phone, token } = await answered()
      const { statusCode, body, headers } = await look(token)
      expect(statusCode).toBe(200)
      expect(body).toContain('<form method="post"')
      for (const secret of [caseNo, phone, '路灯', '<script', token]) expect(body).not.toContain(secret)
      expect(headers['content-security-policy']).toContain(`default-src 'none'`)
      expect(headers['referrer-policy']).toBe('no-referrer')
      // A telephone that looks the link up uses nothing up; neither does a form without an answer.
      expect((await look(token)).statusCode).toBe(200)
      expect((await rate(token, '6')).statusCode).toBe(400)
      const rated = await rate(token, '5', ' 修得快\u0000 ')
      expect([rated.statusCode, rated.body.includes('感谢您的评价')]).toEqual([200, true])
      expect(await lastStep(caseId)).toMatchObject({
        ...{ type: 'caseStepped', by: 'citizen', unit: null, state: 'answered' },
        step: { type: 'rate', rating: 5 },
      })
      for (const gone of [await look(token), await rate(token, '1')]) expect(gone.statusCode).toBe(404)
      // It stands for the visit.
      expect((await office.tryStep(caseId, { type: 'settle' })).statusCode).toBe(200)
    })

    it('M7.3 nobody of the house and of a unit types it, whoever she is', async () => {
      const { caseId } = await answered()
      const step = { type: 'rate', rating: 5, text: '' } as const
      for (const role of staffRoles) {
        const { token } = await given.tokenOf(office.central.app, role)
        expect((await office.tryStep(caseId, step, token)).statusCode, role).toBe(403)
      }
      expect(await office.tryStep(caseId, step, office.desk.token)).toMatchObject({ statusCode: 403 })
      expect((await office.steps(await office.signIn(), caseId, step)).json()).toEqual({
        ...{ code: 'forbidden', detail: 'rate' },
      })
      expect(await lastStep(caseId)).toMatchObject({ step: { type: 'answer' } })
    })

    it('M7.4 a bad one is owed a visit, on the monitor’s list, also when it was settled, until she was spoken with', async () => {
      const [open, settled] = [await answered(), await answered()]
      await office.centreSteps(settled.caseId, visit)
      await office.centreSteps(settled.caseId, { type: 'settle' })
      await office.worker.round()
      const sorry = await rate(open.token, '1', '没有修好')
      expect(sorry.body).toContain('我们会与您联系')
      await rate(settled.token, '2')
      expect((await owed()).filter(({ caseId }) => [open.caseId, settled.caseId].includes(caseId))).toMatchObject([
        { caseId: open.caseId, rating: 1, state: 'answered' },
        { caseId: settled.caseId, rating: 2, state: 'settled' },
      ])
      expect((await office.tryStep(open.caseId, { type: 'settle' })).json()).toMatchObject({ detail: 'notVisited' })
      await office.centreSteps(settled.caseId, visit)
      await office.centreSteps(open.caseId, { type: 'rehandle', reason: '市民不满意' })
      expect(await owed()).toEqual([])
      expect((await office.tryStep(open.caseId, { type: 'settle' })).statusCode).toBe(409)
    })

    it('M7.5 she rates once: two at once are one, and what was rated at the visit is rated', async () => {
      const { caseId, token } = await answered()
      const both = await Promise.all([rate(token, '4'), rate(token, '3')])
      expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 404])
      await office.desk.pullAll()
      const rated = office.desk.cases
        .get(caseId)
        ?.filter((one) => one.type === 'caseStepped' && one.step.type === 'rate')
      expect(rated).toHaveLength(1)
      const visited = await answered()
      await office.centreSteps(visited.caseId, { ...visit, rating: 3 })
      const late = await rate(visited.token, '5')
      expect([late.statusCode, late.body.includes('已经评价过')]).toEqual([409, true])
    })

    it('M7.9 each who called and was told rates for herself, once; of a bad one she is called, whoever else was content', async () => {
      const { take, answerBy, centreSteps, worker, sent } = office
      const [goesOn, joined] = [await take('13890000001'), await take('13890000002')]
      const third = await take('13890000003')
      await worker.round()
      for (const { caseId } of [joined, third]) await centreSteps(caseId, { type: 'join', into: goesOn.caseId })
      await answerBy(goesOn.caseId)
      await worker.round()
      const tokenTo = (phone: string) =>
        /\/rate\/([\w-]+)/.exec(sent.findLast(({ to }) => to === `+86${phone}`)?.text ?? '')?.[1] ?? ''
      expect((await rate(tokenTo('13890000001'), '5')).statusCode).toBe(200)
      expect((await rate(tokenTo('13890000002'), '1', '我家还没亮')).body).toContain('我们会与您联系')
      const calls = async () => {
        await office.desk.pullAll()
        const events = office.desk.cases.get(goesOn.caseId) ?? []
        return events.flatMap((event) => (event.type === 'callJoined' ? [event.call] : []))
      }
      const [hers, others] = await calls()
      expect(await lastStep(goesOn.caseId)).toMatchObject({
        ...{ by: 'citizen', step: { type: 'rate', rating: 1, text: '我家还没亮', caller: hers?.callerId } },
      })
      expect((await rate(tokenTo('13890000002'), '5')).statusCode).toBe(404)
      expect((await reply('13890000003', '4 可以')).json()).toEqual({ outcome: 'rated' })
      expect(await lastStep(goesOn.caseId)).toMatchObject({ step: { rating: 4, caller: others?.callerId } })
      // Of two who are content nobody is to be called; of the third a visit is owed, which the list says with her number.
      const mine = async () => (await owed()).filter(({ caseId }) => caseId === goesOn.caseId)
      expect(await mine()).toEqual([
        expect.objectContaining({ callerId: hers?.callerId, rating: 1, phone: '138****0002', state: 'answered' }),
      ])
      expect((await office.tryStep(goesOn.caseId, { type: 'settle' })).json()).toMatchObject({ detail: 'notVisited' })
      await centreSteps(goesOn.caseId, { ...visit, caller: hers?.callerId })
      expect(await mine()).toEqual([])
      await centreSteps(goesOn.caseId, { type: 'settle' })
      sent.length = 0
      await worker.round()
      expect(sent.filter(({ kind }) => kind === 'settled')).toEqual([])
    })

    it('M7.9 settled, who has not rated yet is asked to, and nobody else; who left the case rates it no more', async () => {
      const { take, answerBy, centreSteps, worker, sent } = office
      const [goesOn, joined, gone] = [await take('13890000011'), await take('13890000012'), await take('13890000013')]
      await worker.round()
      for (const { caseId } of [joined, gone]) await centreSteps(caseId, { type: 'join', into: goesOn.caseId })
      await answerBy(goesOn.caseId)
      await worker.round()
      const token = /\/rate\/([\w-]+)/.exec(sent.findLast(({ to }) => to === '+8613890000013')?.text ?? '')?.[1] ?? ''
      await rate(token, '1')
      expect((await owed()).map(({ caseId }) => caseId)).toContain(goesOn.caseId)
      await centreSteps(gone.caseId, { type: 'unjoin', reason: '不是同一处' })
      expect((await owed()).map(({ caseId }) => caseId)).not.toContain(goesOn.caseId)
      await office.desk.pullAll()
      const [call] = (office.desk.cases.get(goesOn.caseId) ?? []).flatMap((one) =>
        one.type === 'callJoined' ? [one.call] : [],
      )
      await centreSteps(goesOn.caseId, { ...visit, rating: 5 })
      await centreSteps(goesOn.caseId, { ...visit, caller: call?.callerId })
      await centreSteps(goesOn.caseId, { type: 'settle' })
      sent.length = 0
      await worker.round()
      expect(sent.filter(({ kind }) => kind === 'settled').map(({ to }) => to)).toEqual(['+8613890000012'])
    })

    it('M7.6 in reply to the message one digit rates the newest matter that she was asked about, each reply once', async () => {
      const { caseId, phone } = await answered()
      expect((await reply(phone, '好的')).json()).toEqual({ outcome: 'ignored' })
      expect((await reply(`+86${phone}`, ' ４ 很快', 'once')).json()).toEqual({ outcome: 'rated' })
      expect(await lastStep(caseId)).toMatchObject({ by: 'citizen', step: { type: 'rate', rating: 4, text: '很快' } })
      expect((await reply(`+86${phone}`, ' ４ 很快', 'once')).json()).toEqual({ outcome: 'rated' })
      expect((await reply(phone, '1')).json()).toEqual({ outcome: 'ignored' })
      for (const text of ['6', '45', '1234', ''])
        expect((await reply(phone, text)).json()).toEqual({ outcome: 'ignored' })
    })

    it('M7.7 TD in reply ends the messages; what nobody signed, or long ago, is refused and changes nothing', async () => {
      const { phone } = await answered()
      expect((await reply(phone, '5', 'x', 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(401)
      const body = JSON.stringify({ from: phone, text: '5' })
      const timestamp = Math.floor(office.central.clock.time / 1000) - 301
      const old = await office.central.app.inject({
        ...{ method: 'POST', url: '/messages/inbound', payload: body },
        headers: { 'content-type': 'application/json', ...signedHeaders(INBOUND_SECRET, { id: 'x', timestamp, body }) },
      })
      expect(old.statusCode).toBe(401)
      expect((await reply(phone, 'td')).json()).toEqual({ outcome: 'noMessages' })
      const { caseId } = await office.take(phone)
      await office.worker.round()
      expect(await office.rowsOf(caseId)).toMatchObject([{ status: 'skipped', reason: 'wish' }])
      expect(await given.count(office.central.db, `no_messages where by is null`)).toBe(1)
    })

    it('M7.8 a flood is told to wait, nobody else is, and the next minute is answered', async () => {
      const flood = await Promise.all(Array.from({ length: 70 }, () => look('x', '198.51.100.7')))
      expect(flood.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10)
      expect((await look('x')).statusCode).toBe(404)
      office.central.clock.time += 60_000
      expect((await look('x')).statusCode).toBe(404)
    })

    it('M7.2 the token is in the message alone, ends after fifteen days, and unknown, used and old ones look alike', async () => {
      const { token } = await answered()
      const rows = await office.central.db.tx('owner', (sql) =>
        sql.query(
          'select rating_tokens::text, rating_asks::text, outbox::text from rating_tokens, rating_asks, outbox',
        ),
      )
      expect(JSON.stringify(rows)).not.toContain(token)
      expect(JSON.stringify(office.central.logged)).not.toContain(token)
      office.central.clock.time += RATE_MS
      const bodies = []
      for (const one of [token, 'x'.repeat(22), 'x', '%3Cscript%3E', 'x'.repeat(90)]) {
        const answer = await look(one)
        expect(answer.statusCode, one).toBe(404)
        bodies.push(answer.body.replace(/nonce="[^"]*"/g, ''))
      }
      expect(new Set(bodies).size).toBe(1)
    })
  })
}
