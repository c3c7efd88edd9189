/** What a citizen may see of her case (G): by its number and the last digits of her phone, and no more than it must. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDirectory } from '../../central/directory/service.ts'
import { LOCK_MS, TRIES } from '../../central/people/lockout.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { caseMutation, count, nextId, post, UNIT } = given

export function progressContract(openDb: OpenDb): void {
  describe('progress for citizens', () => {
    let central: given.Central
    let desk: given.Desk
    let token: string
    beforeAll(async () => {
      central = await given.startCentral(await openDb(), { trustedProxies: '127.0.0.1/32' })
      await given.addOfEachRole(central.db)
      const numbers = [{ number: '3500201', words: '' }]
      const unit = { kind: 'unit' as const, id: UNIT, name: '市城管局', numbers, hours: '', district: null }
      await publishDirectory(central.db, [unit], false)
      token = (await given.tokenOf(central.app, 'monitor')).token
      desk = await given.signIn(central.app, '1001')
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    /** A matter that waits for dispatch. */
    async function waiting(phone: string, kind: CaseKind = 'help'): Promise<{ caseId: string; caseNo: string }> {
      const { caseId, mutation } = given.openCase(phone, '店名叫老王烧烤，油烟扰民', '王小姐')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
      const { command } = body
      const groups = { ...command.groups, classification: { kind, code: '0101' } }
      const at = central.clock.now()
      const opened = { ...mutation, at, body: { ...body, command: { ...command, groups } } }
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await desk.sync([opened, caseMutation({ type: 'case.reply', caseId, base, reply }, '1001', at)])
      return { caseId, caseNo: command.caseNo }
    }
    /** Somebody else calls about it. */
    const callAbout = (caseId: string, phone: string, kind: CaseKind = 'help') => {
      const callerId = nextId()
      const groups = {
        ...given.someGroups(callerId, '也扰到我了'),
        classification: { kind, code: null },
        reply: { mode: 'later' as const, text: '', articles: [] },
        particulars: { version: 1, values: {} },
      }
      const command = { type: 'case.call' as const, caseId, callId: `call-${callerId}`, groups }
      const body = { kind: 'case' as const, command, caller: { callerId, name: '第二位', phone } }
      return desk.sync([{ id: nextId(), at: central.clock.now(), author: '1001', session: null, body }])
    }
    const ask = (caseNo: string, digits: string, from = '203.0.113.9') =>
      central.app.inject({
        method: 'POST',
        url: '/progress',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from },
        payload: new URLSearchParams({ caseNo, digits }).toString(),
      })
    const step = async (caseId: string, one: CaseStep) =>
      expect((await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step: one }, token)).statusCode).toBe(
        200,
      )

    it('G1 with number and digits she sees where it stands and since when, however they are typed', async () => {
      const { caseId, caseNo } = await waiting('138 0013 2210')
      const first = await ask(caseNo, '2210')
      expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
      expect(first.body).toContain('已受理，正在转交承办单位')
      await step(caseId, { type: 'dispatch', unit: UNIT })
      expect((await ask(` ${caseNo.toLowerCase()} `, '２２１０')).body).toContain('承办单位办理中')
    })

    it('G2 no name, no number, no word of the case and no unit is on the page; nothing of it may be kept or framed', async () => {
      const { caseId, caseNo } = await waiting('13800132211')
      await step(caseId, { type: 'dispatch', unit: UNIT })
      const { body, headers } = await ask(caseNo, '2211')
      for (const secret of ['王小姐', '13800132211', '138****', '烧烤', '油烟', '市城管局', UNIT, caseId])
        expect(body, secret).not.toContain(secret)
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' })
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    })

    it('G3 wrong digits, a number that is none, and a case without a phone look alike', async () => {
      const [{ caseNo }, { caseNo: withheld }] = [await waiting('13800132212'), await waiting('')]
      const answers = [await ask(caseNo, '0000'), await ask('JM20261123-A1-9999', '2212'), await ask(withheld, '0000')]
      answers.push(await ask('<script>alert(1)</script>', '2212'), await ask(caseNo, ''))
      const [first] = answers
      for (const { statusCode, body } of answers) {
        expect(statusCode).toBe(404)
        expect(body).toContain('没有查到')
        expect(body).not.toContain('<script')
      }
      expect(first?.body).toContain(`value="${caseNo}"`)
    })

    it('G4 guessed at, a number is locked for all, also for the right digits, and is free again after a while', async () => {
      const { caseNo } = await waiting('13800132213')
      for (let tried = 0; tried < TRIES; tried += 1) expect((await ask(caseNo, '0000')).statusCode).toBe(404)
      const locked = await ask(caseNo, '2213')
      expect([locked.statusCode, locked.body.includes('15 分钟后再试')]).toEqual([423, true])
      central.clock.time += LOCK_MS
      expect((await ask(caseNo, '2213')).statusCode).toBe(200)
      expect(await count(central.db, 'sign_in_tries where staff_no = $1::text', [`case:${caseNo}`])).toBe(0)
    })

    it('G4 a right answer gives back its own try alone: whoever is right about himself guesses no further at another', async () => {
      const { caseId, caseNo } = await waiting('13800132214')
      await callAbout(caseId, '13800132215')
      for (let tried = 1; tried < TRIES; tried += 1) expect((await ask(caseNo, '0000')).statusCode).toBe(404)
      for (const digits of ['2215', '2214']) expect((await ask(caseNo, digits)).statusCode).toBe(200)
      expect((await ask(caseNo, '0001')).statusCode).toBe(404)
      expect((await ask(caseNo, '2215')).statusCode).toBe(423)
    })

    it('G5 of a report nobody is told that it is there: right digits are as wrong ones, and as a number that is none', async () => {
      const { caseId, caseNo } = await waiting('13800132216', 'report')
      await callAbout(caseId, '13800132217')
      const alike = (body: string, asked: string) => body.replaceAll(asked, '').replaceAll(/nonce="[^"]*"/g, '')
      const answers = [await ask(caseNo, '2216'), await ask(caseNo, '2217'), await ask(caseNo, '0000')]
      const none = await ask('JM20261123-A1-9998', '2216')
      for (const { statusCode, body } of answers) {
        expect(statusCode).toBe(404)
        expect(body).toContain('举报')
        expect(body).toContain('请拨打 12345')
        expect(alike(body, caseNo)).toBe(alike(none.body, 'JM20261123-A1-9998'))
      }
      for (const digits of ['2216', '0000']) expect((await ask(caseNo, digits)).statusCode).toBe(404)
      expect((await ask(caseNo, '2216')).statusCode).toBe(423)
    })

    it('G5 who reports something beside others sees nothing by her digits, and they see what they saw', async () => {
      const { caseId, caseNo } = await waiting('13800132218')
      await callAbout(caseId, '13800132219', 'report')
      expect((await ask(caseNo, '2219')).statusCode).toBe(404)
      expect((await ask(caseNo, '2218')).statusCode).toBe(200)
    })

    it('G4 a flood is told to wait, nobody else is, and the next minute is answered', async () => {
      const flood = await Promise.all(Array.from({ length: 70 }, () => ask('none', '0000', '198.51.100.7')))
      expect(flood.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10)
      expect((await ask('none', '0000')).statusCode).toBe(404)
      central.clock.time += 60_000
      expect((await ask('none', '0000')).statusCode).toBe(404)
      const large = await ask('x'.repeat(5000), '0000')
      expect(large.statusCode).toBe(413)
    })

    it('G1 asked by a browser without anything, the page is a form that works without a script', async () => {
      const { statusCode, body } = await central.app.inject('/progress')
      expect(statusCode).toBe(200)
      expect(body).toContain('<form method="post" action="/progress"')
      expect(body).not.toContain('<script')
    })
  })
}
