/** A wrong joining is undone (R8.11): whoever called about something else has a case of her own again, and the other one owes her nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SHIFT_MS } from '../../central/cases/scopes.ts'
import { lastNumbered } from '../../central/cases/sql.ts'
import { casePageSchema } from '../../shared/case/case-page.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import type { CaseLine } from '../../shared/case/case-line.ts'
import { shippedForm } from '../../shared/case/form.ts'
import { matterOfCase, score as scoreOf } from '../../shared/case/form-check.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { must } from '../../shared/errors.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import { callAbout as callOf } from './call-fixture.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { plansOf } from './explain.ts'
import { openUnitOffice, type UnitOffice } from './unit-office.ts'

const { nextId, post, UNIT } = given

export function undoContract(openDb: OpenDb): void {
  describe('a wrong joining', () => {
    let office: UnitOffice
    let first: given.Desk
    let second: given.Desk
    beforeAll(async () => {
      office = await openUnitOffice(await openDb())
      first = await given.signIn(office.central.app, '1001')
      second = await given.signIn(office.central.app, '1002')
    })
    afterAll(() => office.close())

    const step = async (token: string, caseId: string, one: CaseStep, id = nextId()) => {
      const answer = await post(office.central.app, `/cases/${caseId}/steps`, { id, step: one }, token)
      return answer.statusCode === 200 ? 'taken' : answer.json<{ code: string; detail?: string }>()
    }
    const page = async (token: string, caseId: string) => {
      const headers = { authorization: `Bearer ${token}` }
      return casePageSchema.parse((await office.central.app.inject({ url: `/cases/${caseId}`, headers })).json())
    }
    const find = async (token: string, query: object) =>
      (await post(office.central.app, '/cases/find', query, token)).json<{ cases: CaseLine[] }>().cases

    /** A matter that waits for dispatch, of the first desk. */
    async function waiting(phone: string): Promise<string> {
      const { caseId, mutation } = given.openCase(phone)
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await first.sync([mutation, given.caseMutation({ type: 'case.reply', caseId, base, reply })])
      return caseId
    }
    /** Somebody calls the second desk, which makes it one more call of this case. */
    async function callAbout(caseId: string, phone: string, kind: CaseKind = 'help'): Promise<string> {
      const { callerId, mutation } = callOf(caseId, phone, { kind })
      await second.sync([mutation])
      return callerId
    }

    it('R8.11 a call that is taken out is a case of its own, once, with her words and her wish; the other owes her nothing', async () => {
      const caseId = await waiting('13800130301')
      const caller = await callAbout(caseId, '13800130302')
      const out = { type: 'takeOut', caller, reason: '说的是井盖' } as const
      // The case is hers, the call is not.
      expect(await step(first.token, caseId, out)).toEqual({ code: 'illegalTransition', detail: 'otherCall' })
      const id = nextId()
      expect(await step(second.token, caseId, out, id)).toBe('taken')
      expect(await step(second.token, caseId, out, id)).toBe('taken')
      expect((await page(office.monitor, caseId)).calls).toHaveLength(1)
      const [own, ...none] = await find(office.monitor, { words: '13800130302' })
      expect(none).toEqual([])
      expect(own).toMatchObject({
        state: 'toDispatch',
        summary: '井盖丢了',
        openedAt: 2000,
        openedBy: '1002',
        callers: 1,
      })
      expect(own?.caseNo).toMatch(/^JM\d{8}-00-0001$/)
      expect((await page(second.token, own?.caseId ?? '')).caller).toMatchObject({
        name: '第二位',
        phone: '13800130302',
      })
      // Both desks follow it, and it is found by its words.
      await second.pullAll()
      expect(second.cases.get(own?.caseId ?? '')?.[0]?.type).toBe('caseOpened')
      expect((await find(office.monitor, { words: '井盖' })).map((one) => one.caseId)).toContain(own?.caseId)
      await office.centreSteps(caseId, { type: 'dispatch', unit: UNIT })
      await office.steps(await office.signIn(), caseId, { type: 'sign' })
      await office.steps(await office.signIn(), caseId, { type: 'answer', text: '已修好' })
      expect((await page(office.monitor, caseId)).calls.filter(({ owed }) => owed)).toHaveLength(1)
      const another = await waiting('13800130303')
      const next = await callAbout(another, '13800130304')
      expect(await step(office.monitor, another, { ...out, caller: next })).toBe('taken')
      expect((await find(office.monitor, { words: '13800130304' }))[0]?.caseNo).toMatch(/-00-0002$/)
    })

    it('R5.20 a central that was set back gives no number of its own that it may have given that day', async () => {
      const { clock, db } = office.central
      const setBack = (at: number) =>
        db.tx('owner', (sql) => sql.query('update feed_head set epoch_at = $1::bigint', [at]))
      const taken = async (phone: string) => {
        const caseId = await waiting('13800130321')
        const out = { type: 'takeOut', caller: await callAbout(caseId, phone), reason: '说的是井盖' } as const
        expect(await step(office.monitor, caseId, out)).toBe('taken')
        return Number((await find(office.monitor, { words: phone }))[0]?.caseNo.split('-').at(-1))
      }
      const before = await taken('13800130322')
      expect(before).toBeLessThan(600)
      // It is ten in the morning, or some minutes later.
      await setBack(clock.now())
      const after = await taken('13800130323')
      expect(after).toBeGreaterThan(600)
      expect(await taken('13800130324')).toBe(after + 1)
      await setBack(clock.now() - 86_400_000)
      expect(await taken('13800130325')).toBe(after + 2)
      await setBack(0)
    })

    it('R8.11 a team that follows the case follows what was taken out of it, as long; how complete that is, is reckoned', async () => {
      const opener = await given.signInWithTeam(office.central, 'A', '1003')
      const colleague = await given.signInWithTeam(office.central, 'A', '1004')
      const { caseId, mutation } = given.openCase('13800130331')
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const later = (one: { caseId: string; mutation: Mutation }) =>
        given.caseMutation({ type: 'case.reply', caseId: one.caseId, base: { mutation: one.mutation.id }, reply })
      const { time } = office.central.clock
      await opener.sync([{ ...mutation, at: time }, later({ caseId, mutation })])
      const caller = await callAbout(caseId, '13800130332')
      await colleague.pullAll()
      const out = (who: string) => ({ type: 'takeOut', caller: who, reason: '说的是井盖' }) as const
      expect(await step(second.token, caseId, out(caller))).toBe('taken')
      await colleague.pullAll()
      const [own] = await find(office.monitor, { words: '13800130332' })
      expect(colleague.cases.has(own?.caseId ?? '')).toBe(true)
      const { score, record } = await page(office.monitor, own?.caseId ?? '')
      const hers = { callerId: caller, name: '第二位', phone: '13800130332' }
      expect(score).toBe(scoreOf(shippedForm, matterOfCase(record, hers)))
      // Where the shift of that one is over, nobody is told.
      const old = given.openCase('13800130334')
      const MINUTE = 60_000
      await opener.sync([{ ...old.mutation, at: time - SHIFT_MS + MINUTE }, later(old)])
      const late = await callAbout(old.caseId, '13800130333')
      office.central.clock.time += MINUTE
      expect(await step(second.token, old.caseId, out(late))).toBe('taken')
      await colleague.pullAll()
      const [lateOne] = await find(office.monitor, { words: '13800130333' })
      expect([lateOne?.state, colleague.cases.has(lateOne?.caseId ?? '')]).toEqual(['toDispatch', false])
    })

    it('R8.11 P6 who reported something is told to no desk by the history of the case that she left', async () => {
      const caseId = await waiting('13800130305')
      const caller = await callAbout(caseId, '13800130306', 'report')
      expect(await step(office.monitor, caseId, { type: 'takeOut', caller, reason: '是举报' })).toBe('taken')
      const told = JSON.stringify(await first.pullAll())
      expect(told).not.toContain('13800130306')
      expect(await find(first.token, { words: '13800130306' })).toEqual([])
      // Joined once more she is its caller again.
      await callAbout(caseId, '13800130307')
      expect((await page(office.monitor, caseId)).calls).toHaveLength(2)
    })

    it('R8.11 a joining is undone while the case that goes on is open: each has its own callers again', async () => {
      const [goesOn, duplicate] = [await waiting('13800130308'), await waiting('13800130309')]
      const besides = await callAbout(duplicate, '13800130310')
      expect(await step(office.monitor, duplicate, { type: 'join', into: goesOn })).toBe('taken')
      expect((await page(office.monitor, goesOn)).calls).toHaveLength(3)
      const undo = { type: 'unjoin', reason: '不是同一处' } as const
      // A monitor joined it: its operator does not take that back.
      expect(await step(first.token, duplicate, undo)).toEqual({ code: 'forbidden', detail: 'unjoin' })
      expect(await step(office.monitor, goesOn, { type: 'takeOut', caller: besides, reason: 'x' })).toMatchObject({
        detail: 'joinedCase',
      })
      expect(await step(office.monitor, duplicate, undo)).toBe('taken')
      expect((await page(office.monitor, goesOn)).calls).toHaveLength(1)
      const back = await page(office.monitor, duplicate)
      expect([back.record.state, back.calls.length]).toEqual(['toDispatch', 2])
      for (const [phone, caseId] of [
        ['13800130309', duplicate],
        ['13800130310', duplicate],
      ] as const)
        expect((await find(office.monitor, { words: phone })).map((one) => one.caseId)).toEqual([caseId])
      // Joined once more, by who opened it, and undone by her; not once the other one is answered for.
      expect(await step(first.token, duplicate, { type: 'join', into: goesOn })).toBe('taken')
      expect((await page(office.monitor, goesOn)).calls).toHaveLength(3)
      expect(await step(first.token, duplicate, undo)).toBe('taken')
      expect(await step(first.token, duplicate, { type: 'join', into: goesOn })).toBe('taken')
      expect(await step(office.monitor, goesOn, { type: 'decline', reason: 'x', channel: 'y' })).toBe('taken')
      expect(await step(office.monitor, duplicate, undo)).toMatchObject({ detail: 'intoEnded' })
    })

    /** What the desk is told of the callers of this case now: their numbers. */
    async function numbersTold(desk: given.Desk, caseId: string): Promise<string[]> {
      const changes = (await desk.pullAll()).flatMap(({ changes: some }) => some)
      const last = changes.findLast((change) => change.kind === 'case' && change.caseId === caseId)
      return last?.kind === 'case' ? last.callers.map(({ phone }) => phone) : []
    }

    it('R8.11 who left a case is told with it to no desk any more', async () => {
      const [goesOn, duplicate] = [await waiting('13800130311'), await waiting('13800130312')]
      await callAbout(goesOn, '13800130313')
      expect(await step(office.monitor, duplicate, { type: 'join', into: goesOn })).toBe('taken')
      expect(await numbersTold(second, goesOn)).toEqual(['13800130311', '13800130313', '13800130312'])
      expect(await step(office.monitor, duplicate, { type: 'unjoin', reason: '不是同一处' })).toBe('taken')
      expect(await numbersTold(second, goesOn)).toEqual(['13800130311', '13800130313'])
    })

    it('R8.11 P6 whose own case became a report meanwhile is as secret where it is joined once more', async () => {
      const [goesOn, duplicate] = [await waiting('13800130314'), await waiting('13800130315')]
      await callAbout(goesOn, '13800130316')
      const join = { type: 'join', into: goesOn } as const
      expect(await step(office.monitor, duplicate, join)).toBe('taken')
      expect(await step(office.monitor, duplicate, { type: 'unjoin', reason: '不是同一处' })).toBe('taken')
      const value = { kind: 'report' as const, code: '0405' }
      await first.pullAll()
      const base = baseOf(must(first.cases.get(duplicate), 'a case of the desk'))
      const edits = [{ group: 'classification' as const, value }]
      await first.sync([given.caseMutation({ type: 'case.edit', caseId: duplicate, base, edits })])
      expect((await page(office.monitor, duplicate)).record.groups.classification).toEqual(value)
      await second.pullAll()
      expect(await step(office.monitor, duplicate, join)).toBe('taken')
      expect(await numbersTold(second, goesOn)).toEqual(['13800130314', '13800130316'])
      expect(await find(second.token, { words: '13800130315' })).toEqual([])
      expect((await page(second.token, goesOn)).calls.map(({ hidden }) => hidden)).toEqual([false, false, true])
    })

    it('R8.11 a call upon which a later one of the same number rests goes after that one, also with its case', async () => {
      const [goesOn, duplicate] = [await waiting('13800130321'), await waiting('13800130322')]
      const one = await callAbout(goesOn, '13800130323')
      const two = await callAbout(goesOn, '13800130323')
      const out = (caller: string) => ({ type: 'takeOut', caller, reason: '说的是井盖' }) as const
      expect(await step(second.token, goesOn, out(one))).toMatchObject({ detail: 'calledAgain' })
      expect(await step(second.token, goesOn, out(two))).toBe('taken')
      expect(await step(second.token, goesOn, out(one))).toBe('taken')
      expect(await step(office.monitor, duplicate, { type: 'join', into: goesOn })).toBe('taken')
      const later = await callAbout(goesOn, '13800130322')
      const undo = { type: 'unjoin', reason: '不是同一处' } as const
      expect(await step(office.monitor, duplicate, undo)).toMatchObject({ detail: 'calledAgain' })
      expect(await step(second.token, goesOn, out(later))).toBe('taken')
      expect(await step(office.monitor, duplicate, undo)).toBe('taken')
    })

    it('R8.11 all who came with a case go back with it, those too whom another one had brought to it', async () => {
      const [goesOn, middle, deep] = [
        await waiting('13800130317'),
        await waiting('13800130318'),
        await waiting('13800130319'),
      ]
      await callAbout(deep, '13800130320')
      expect(await step(office.monitor, deep, { type: 'join', into: middle })).toBe('taken')
      expect(await step(office.monitor, middle, { type: 'join', into: goesOn })).toBe('taken')
      expect((await page(office.monitor, goesOn)).calls).toHaveLength(4)
      expect(await step(office.monitor, middle, { type: 'unjoin', reason: '不是同一处' })).toBe('taken')
      expect((await page(office.monitor, goesOn)).calls).toHaveLength(1)
      expect((await page(office.monitor, middle)).calls).toHaveLength(3)
      expect((await find(office.monitor, { words: '13800130320' })).map((one) => one.caseId)).not.toContain(goesOn)
      expect(await step(office.monitor, deep, { type: 'unjoin', reason: '不是同一处' })).toBe('taken')
      expect((await page(office.monitor, middle)).calls).toHaveLength(1)
      expect((await page(office.monitor, deep)).calls).toHaveLength(2)
    })

    it('R8.11 the next number of central’s own is looked for by an index, however many cases there are', async () => {
      const plan = await office.central.db.tx('owner', async (sql) => {
        await sql.query(
          `insert into cases (case_id, case_no, state, content, caller_id, opened_at, opened_by, revision, bytes)
           select gen_random_uuid(), 'JM20250101-' || case when n % 100 = 0 then '00' else 'A1' end || '-' || (10000 + n),
             'settled', '', gen_random_uuid(), 0, '1001', 1, 1 from generate_series(1, 20000) as n`,
        )
        await sql.script('analyze cases; set local role sanxin_desk')
        return plansOf(sql, async (explained) => {
          expect(await lastNumbered(explained, 'JM20250101-00-')).toBe(30_000)
          expect(await lastNumbered(explained, 'JM20250102-00-')).toBe(0)
        })
      })
      expect(plan).toContain('cases_numbered_here')
      expect(plan).not.toContain('Seq Scan')
    })
  })
}
