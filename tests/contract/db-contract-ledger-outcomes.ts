/** What came of each call (E3 to E6): told by desks, owed, paid back, listed and settled. */
import { describe, expect, it } from 'vitest'
import { selectTold } from '../../central/ledger/outcome-sql.ts'
import { rekey } from '../../central/numbers/service.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import { OUTCOME_MS, SILENT_MS } from '../../shared/ledger/outcome.ts'
import { publishArticles } from '../../central/kb/service.ts'
import { callAbout } from './call-fixture.ts'
import { listen, openLive } from './db-contract-live.ts'
import * as given from './db-fixture.ts'
import type { Ledger } from './ledger-fixture.ts'

const { count, post } = given

const rest = { family: 'f', body: 'b', source: 's', unit: 'u', district: null, questions: [] }
const article = { id: 'KB-L11', version: 1, title: 't', validUntil: '2027-01-01', ...rest }

export function outcomeContract(ledgerOf: () => Ledger): void {
  describe('has what came of each call', () => {
    it('E5 a leg without an outcome is listed ten minutes after its end, the oldest first', async () => {
      const { central, ask, open, openLegs, tell, endedLeg } = ledgerOf()
      const first = endedLeg('older', '13800000001')
      await tell(endedLeg('newer', '13800000002').map((event) => ({ ...event, at: event.at + 1 })))
      await tell(first)
      const now = central.clock.time
      const young = endedLeg('too-young', '13800000003').map((event) => ({ ...event, at: event.at + 60_001 }))
      await tell(young)
      const listed = (await openLegs()).filter((name) => ['older', 'newer', 'too-young'].includes(name))
      expect(listed).toEqual(['older', 'newer'])
      const { open: counted } = (await ask('monitor', '/ledger/open')).body
      expect(counted).toBe((await open()).length)
      central.clock.time = now + 1
      expect(await openLegs()).toContain('too-young')
    })

    it('E5 a leg of which the exchange never told the end is listed when nothing was heard of it for four hours', async () => {
      const { central, openLegs, tell } = ledgerOf()
      const at = central.clock.time
      await tell([{ kind: 'began', leg: 'power-cut', at, number: '13800000004', called: '12345' }])
      central.clock.time = at + SILENT_MS
      expect(await openLegs()).not.toContain('power-cut')
      central.clock.time += 1
      expect(await openLegs()).toContain('power-cut')
      await ledgerOf().signInAll()
    })

    it('E5 what is told late, of days gone by, has not fallen silent: its end may stand in the next batch', async () => {
      const { central, ask, openLegs, tell } = ledgerOf()
      const began = central.clock.time - SILENT_MS - 60_000
      const leg = 'told-late'
      await tell([{ kind: 'began', leg, at: began, number: '', called: '12345' }])
      expect(await openLegs()).not.toContain(leg)
      await tell([
        { kind: 'spoke', leg, line: 'told-late-line', extension: '1003', at: began + 10_000 },
        { kind: 'ended', leg, at: began + 60_000, by: 'citizen' },
      ])
      expect(await openLegs()).toContain(leg)
      const span = `from=${began}&until=${began + 1}`
      expect((await ask('monitor', `/ledger?${span}`)).body.rows).toMatchObject([
        { leg, ending: 'answered', outcome: null },
      ])
    })

    it('E3 a case, the operator’s word, and whom she was put through to, as the desk tells them', async () => {
      const { central, ask, desk, openLegs, tell, told, rowOf, endedLeg, over } = ledgerOf()
      const opened = given.openCase('13800000005')
      const { body } = opened.mutation
      if (body.kind === 'case' && body.command.type === 'case.open') body.command.callId = 'case'
      for (const name of ['case', 'silent', 'handed']) await tell(endedLeg(name, '13800000005', true))
      expect(await openLegs()).toEqual(expect.arrayContaining(['case', 'silent', 'handed']))
      await desk.sync([opened.mutation])
      await told(
        { callId: 'silent', kind: 'settled', at: central.clock.time, outcome: 'silent', caseId: null },
        over('handed', 'transferred'),
      )
      expect(await rowOf('case')).toMatchObject({ outcome: 'newCase', caseId: opened.caseId, staffNo: '1003' })
      // Whose number stands beside a report would be known by it.
      const from = central.clock.time - 3_600_000
      const { rows } = (await ask('quality', `/ledger?from=${from}&until=${central.clock.time}`)).body
      const numbers = ['case', 'silent'].map((name) => rows.find((row) => row.leg === name)?.number)
      expect(numbers).toEqual(['***', '138****0005'])
      expect(await rowOf('silent')).toMatchObject({ outcome: 'silent', caseId: null })
      expect(await rowOf('handed')).toMatchObject({ outcome: 'handedOver' })
      expect(await openLegs()).not.toEqual(expect.arrayContaining(['silent']))
    })

    it('E12 a call that is taken out of the case that it was joined to opened one of its own, whenever it was settled', async () => {
      const { central, tokens, desk, tell, told, rowOf, endedLeg } = ledgerOf()
      const { caseId, mutation } = given.openCase('13800000021')
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await desk.sync([mutation, given.caseMutation({ type: 'case.reply', caseId, base, reply })])
      const [before, after, stays] = [
        callAbout(caseId, '13800000022'),
        callAbout(caseId, '13800000023'),
        callAbout(caseId, '13800000024'),
      ]
      for (const { callId, mutation: call } of [before, after, stays]) {
        await desk.sync([call])
        await told({ callId, kind: 'settled', at: central.clock.time, outcome: 'joinedCase', caseId })
      }
      for (const { callId } of [before, stays]) await tell(endedLeg(callId, '13800000022', true))
      expect(await rowOf(before.callId)).toMatchObject({ outcome: 'joinedCase', caseId })
      const ownOf = async ({ callerId: caller, callId }: typeof before) => {
        const step = { type: 'takeOut', caller, reason: '说的是井盖' } as const
        const taken = await post(
          central.app,
          `/cases/${caseId}/steps`,
          { id: given.nextId(), step },
          tokens.get('monitor') ?? '',
        )
        expect(taken.statusCode, taken.body).toBe(200)
        const own = 'select case_id as id from cases where call_id = $1::text'
        return (await central.db.tx('owner', (sql) => sql.query<{ id: string }>(own, [callId])))[0]?.id
      }
      const [own, late] = [await ownOf(before), await ownOf(after)]
      // The other one is told of by the exchange only now.
      await tell(endedLeg(after.callId, '13800000023', true))
      expect(await rowOf(before.callId)).toMatchObject({ outcome: 'newCase', caseId: own })
      expect(await rowOf(after.callId)).toMatchObject({ outcome: 'newCase', caseId: late })
      expect(await rowOf(stays.callId)).toMatchObject({ outcome: 'joinedCase', caseId })
      expect(new Set([caseId, own, late]).size).toBe(3)
    })

    it('E3 a case of hers that the desk which answered amended about then, and no other one', async () => {
      const { central, desk, openLegs, tell, told, rowOf, endedLeg, offered, over, answered } = ledgerOf()
      const [hers, others] = [given.openCase('13800000006'), given.openCase('13800000007')]
      await desk.sync([hers.mutation, others.mutation])
      await tell(endedLeg('amended', '0086-13800000006', true))
      await told(offered('amended', '13800000006'), answered('amended'), over('amended', 'completed'))
      const edit = ({ caseId, mutation }: given.Opened, at: number) => ({
        ...given.editContent(caseId, given.baseAfter(mutation), `补充 ${at}`, '1003'),
        at,
      })
      const duringIt = central.clock.time - OUTCOME_MS - 60_000
      await desk.sync([edit(others, duringIt)])
      expect(await openLegs()).toContain('amended')
      await desk.sync([edit(hers, duringIt)])
      expect(await rowOf('amended')).toMatchObject({ outcome: 'caseAmended', caseId: hers.caseId })
    })

    it('E4 who gave up is owed a call: tried in vain it stays, reached it leaves, by whatever number', async () => {
      const { open, openLegs, tell, told, rowOf, endedLeg, dialled, over, answered } = ledgerOf()
      for (const [name, number] of [
        ['by-number', '13800000008'],
        ['paid-back', '13800000009'],
        ['in-vain', '13800000010'],
      ] as const)
        await tell(endedLeg(name, number))
      const owed = async () => (await openLegs()).filter((one) => ['by-number', 'paid-back', 'in-vain'].includes(one))
      await told(dialled('try', '0086 138 0000 0008'), over('try', 'failed'))
      expect(await owed()).toHaveLength(3)
      expect((await open()).find((row) => row.leg === 'by-number')?.tries).toBe(1)
      await told(dialled('reached', '13800000008'), answered('reached'), over('reached', 'completed'))
      expect(await owed()).not.toContain('by-number')
      expect(await rowOf('by-number')).toMatchObject({ outcome: 'calledBack', tries: 1 })
      await told(dialled('elsewhere', '07503500123', 'paid-back'), answered('elsewhere'))
      expect(await owed()).toEqual(['in-vain'])
      for (const name of ['one', 'two', 'three']) await told(dialled(name, '13800000010'), over(name, 'missed'))
      expect(await owed()).toEqual([])
      expect(await rowOf('in-vain')).toMatchObject({ outcome: 'notReached', tries: 3 })
    })

    it('E4 a newer call of hers stands for the older; a number that was withheld cannot be called', async () => {
      const { openLegs, tell, rowOf, endedLeg } = ledgerOf()
      await tell(endedLeg('twice-1', '13800000011').map((event) => ({ ...event, at: event.at - 100_000 })))
      await tell(endedLeg('twice-2', '13800000011'))
      await tell(endedLeg('withheld', ''))
      expect((await openLegs()).filter((name) => name.startsWith('twice'))).toEqual(['twice-2'])
      expect(await rowOf('twice-1')).toMatchObject({ outcome: 'calledAgain' })
      expect(await rowOf('withheld')).toMatchObject({ outcome: 'cannotCallBack' })
    })

    it('E4 another area code means the local numbers of the ledger anew, and she is still the same citizen', async () => {
      const { central, told, openLegs, tell, endedLeg, dialled, answered } = ledgerOf()
      await tell(endedLeg('local', '3500123'))
      const by = { actor: 'ops:test', at: 1000 }
      const moved = await rekey(central.db, '755', by)
      expect(moved).toMatchObject({ ok: true, value: { legs: 1 } })
      await told(dialled('local-back', '0755-3500123'), answered('local-back'))
      expect(await openLegs()).not.toContain('local')
      await rekey(central.db, '750', by)
    })

    it('E6 what can have no other outcome the monitor settles, with a reason, once, and nobody else', async () => {
      const { central, tokens, openLegs, tell, rowOf, endedLeg } = ledgerOf()
      await tell(endedLeg('by-hand', '13800000012'))
      const settle = (role: StaffRole, reason = '线路测试') =>
        post(central.app, '/ledger/settle', { exchange: 'hall', leg: 'by-hand', reason }, tokens.get(role) ?? '')
      for (const role of ['quality', 'auditor', 'operator'] as const)
        expect((await settle(role)).statusCode, role).toBe(403)
      expect((await settle('monitor', ' ')).statusCode).toBe(400)
      expect((await settle('monitor')).statusCode).toBe(200)
      expect((await settle('monitor')).statusCode).toBe(404)
      expect(await openLegs()).not.toContain('by-hand')
      expect(await rowOf('by-hand')).toMatchObject({
        ...{ outcome: 'settledByHand', settledBy: given.staffNoOf('monitor'), reason: '线路测试' },
      })
      expect(await count(central.db, `audit where action = 'ledger.settled' and object = 'by-hand'`)).toBe(1)
    })

    it('L11 tells monitors alone how many calls are open: at once, as calls pass their ten minutes, until they sign out', async () => {
      const { central, tell, endedLeg } = ledgerOf()
      const node = await given.startCentral(central.db, { live: { openMs: 20, pollMs: 20 } })
      node.clock.time = central.clock.time
      const url = await listen(node)
      const hear = async (staffNo: string) => {
        const desk = await given.signIn(node.app, staffNo)
        const live = await openLive(url)
        live.send({ type: 'hello', device: desk.device, token: desk.token, storeId: desk.storeId })
        expect(await live.next()).toMatchObject({ type: 'welcome' })
        return { desk, live }
      }
      const operator = await hear('1004')
      const { desk, live } = await hear(given.staffNoOf('monitor'))
      const first = (await live.next()) as { type: string; open: number }
      expect(first).toEqual({ type: 'ledger', open: first.open })
      await tell(endedLeg('passes', '13800000016').map((event) => ({ ...event, at: node.clock.time - 60_000 })))
      node.clock.time += OUTCOME_MS
      expect(await live.next()).toEqual({ type: 'ledger', open: first.open + 1 })
      await given.post(node.app, '/sign-out', {}, desk.token)
      await tell(endedLeg('unheard', '13800000017').map((event) => ({ ...event, at: event.at - OUTCOME_MS })))
      // What is told next to both is of the feed: neither heard of the ledger before.
      await operator.desk.sync([given.openCase().mutation])
      expect(await operator.live.next()).toMatchObject({ type: 'changed' })
      await publishArticles(central.db, [article])
      expect(await live.next()).toMatchObject({ type: 'changed' })
      await node.app.close()
    })

    it('E6 the monitor names the outcome, or the case by its number; what nobody may name, and no such case, is refused', async () => {
      const { central, tokens, desk, openLegs, tell, rowOf, endedLeg } = ledgerOf()
      await tell([...endedLeg('named', '13800000013', true), ...endedLeg('linked', '13800000014', true)])
      const settle = async (word: object) => {
        const answer = await post(
          central.app,
          '/ledger/settle',
          { exchange: 'hall', ...word },
          tokens.get('monitor') ?? '',
        )
        return { status: answer.statusCode, ...answer.json<{ code?: string; detail?: string }>() }
      }
      const forged = { leg: 'named', outcome: 'newCase', reason: '已办' }
      expect(await settle(forged)).toMatchObject({ status: 400 })
      expect(await settle({ leg: 'named', outcome: 'silent', reason: '录音里没有人声' })).toMatchObject({ status: 200 })
      expect(await rowOf('named')).toMatchObject({ outcome: 'silent', reason: '录音里没有人声', caseId: null })
      const { mutation, caseId } = given.openCase('13800000015')
      await desk.sync([mutation])
      const caseNo =
        mutation.body.kind === 'case' && mutation.body.command.type === 'case.open' ? mutation.body.command.caseNo : ''
      const unknown = await settle({ leg: 'linked', caseNo: `${caseNo}9` })
      expect(unknown).toMatchObject({ status: 404, code: 'notFound', detail: 'unknownCase' })
      expect(await openLegs()).toContain('linked')
      expect(await settle({ leg: 'linked', caseNo: caseNo.toLowerCase() })).toMatchObject({ status: 200 })
      const settledBy = given.staffNoOf('monitor')
      expect(await rowOf('linked')).toMatchObject({ outcome: 'caseAmended', caseId, settledBy, reason: null })
      expect(await settle({ leg: 'linked', caseNo })).toMatchObject({ status: 404, detail: 'unknownLeg' })
    })

    it('E6 of what came later only the same number’s is read, however many calls there were', async () => {
      const { central, tell, endedLeg } = ledgerOf()
      await tell(endedLeg('long-ago', '13800000018'))
      const undone = new Error('nothing of it stays')
      let fetched = Number.NaN
      const looking = central.db.tx('sanxin_ledger', async (sql) => {
        await sql.query(
          `insert into ledger (exchange, leg, number, phone_key, called, began_at, seen_at, heard_at, ended_at, ending)
           select 'hall', 'later-' || n, n, 'later-' || n, '', $1::bigint + n, $1, $1, $1::bigint + n, 'answered'
           from generate_series(1, 2000) n`,
          [central.clock.time],
        )
        const read = async () => {
          const [row] = await sql.query<{ n: string }>(
            `select pg_stat_get_xact_tuples_fetched('ledger'::regclass) as n`,
          )
          return Number(row?.n)
        }
        // As of a table of years, which nobody reads from end to end.
        await sql.query('set local enable_seqscan = off')
        const before = await read()
        expect(await selectTold(sql, [{ exchange: 'hall', leg: 'long-ago' }])).toMatchObject([{ others: [] }])
        fetched = (await read()) - before
        throw undone
      })
      await expect(looking).rejects.toBe(undone)
      expect(fetched).toBeLessThan(10)
    })
  })
}
