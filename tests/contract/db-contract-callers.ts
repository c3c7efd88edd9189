/** Several calls about one case at central (R8.7 to R8.9): over HTTP, in the feed, and under the policies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDirectory } from '../../central/directory/service.ts'
import type { GroupValue } from '../../shared/case/case-record.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import { casePageSchema } from '../../shared/case/case-page.ts'
import type { CaseLine } from '../../shared/case/case-line.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { caseMutation, count, nextId, post, tokenOf, UNIT } = given

export function callerContract(openDb: OpenDb): void {
  describe('several calls about one case', () => {
    let central: given.Central
    let first: given.Desk
    let second: given.Desk
    const tokens = new Map<string, string>()
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await given.addOfEachRole(central.db)
      const numbers = [{ number: '3500201', words: '' }]
      await publishDirectory(
        central.db,
        [{ kind: 'unit', id: UNIT, name: '市城管局', numbers, hours: '', district: null }],
        false,
      )
      for (const role of ['monitor', 'operator', 'unitMember', 'quality'] as const)
        tokens.set(role, (await tokenOf(central.app, role)).token)
      first = await given.signIn(central.app, '1001')
      second = await given.signIn(central.app, '1002')
      tokens.set('first', first.token).set('second', second.token)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    type Who = StaffRole | 'first' | 'second'
    const tokenFor = (who: Who) => must(tokens.get(who), 'a token')
    const step = async (who: Who, caseId: string, one: CaseStep) => {
      const answer = await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step: one }, tokenFor(who))
      return answer.statusCode === 200 ? 'taken' : answer.json<{ code: string; detail?: string }>()
    }
    const page = async (who: Who, caseId: string) =>
      // As the desk reads it.
      casePageSchema.parse(
        (
          await central.app.inject({ url: `/cases/${caseId}`, headers: { authorization: `Bearer ${tokenFor(who)}` } })
        ).json(),
      )
    const find = async (who: Who, query: object) =>
      (await post(central.app, '/cases/find', query, tokenFor(who))).json<{ cases: CaseLine[] }>().cases

    /** A matter that waits for dispatch, of the first desk. */
    async function waiting(phone: string, kind: CaseKind = 'help') {
      const { caseId, callerId, mutation } = given.openCase(phone, '青云小区停水', '第一位')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
      const groups = { ...body.command.groups, classification: { kind, code: '0101' } }
      const opened = { ...mutation, body: { ...body, command: { ...body.command, groups } } }
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const replied = caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply })
      await first.sync([opened, replied])
      return { caseId, callerId, caseNo: body.command.caseNo }
    }

    /** Somebody else calls about it, at the second desk. */
    function callAbout(caseId: string, phone: string, kind: CaseKind = 'help'): Mutation & { callerId: string } {
      const callerId = nextId()
      const groups = {
        ...given.someGroups(callerId, '七栋也停水'),
        classification: { kind, code: null },
        reply: { mode: 'later' as const, text: '', articles: [] },
        particulars: { version: 1, values: {} },
      }
      const command = { type: 'case.call' as const, caseId, callId: `call-${callerId}`, groups }
      const caller = { callerId, name: '第二位', phone }
      const mutation: Mutation = {
        ...{ id: nextId(), at: central.clock.now(), author: '1002', session: null },
        body: { kind: 'case', command, caller },
      }
      return { ...mutation, callerId }
    }

    const answered = async (caseId: string) => {
      await step('monitor', caseId, { type: 'dispatch', unit: UNIT })
      await step('unitMember', caseId, { type: 'sign' })
      expect(await step('unitMember', caseId, { type: 'answer', text: '已恢复供水' })).toBe('taken')
    }
    const visit = (caller?: string): CaseStep => ({
      ...{ type: 'visit', reached: true, solved: true, rating: 5, note: '' },
      ...(caller === undefined ? {} : { caller }),
    })

    it('R8.7 is taken once however often it is sent, and the case comes to the desk that took it', async () => {
      const { caseId } = await waiting('13800130101')
      const { callerId, ...joined } = callAbout(caseId, '13800130102')
      for (const _ of [1, 2, 3]) await second.sync([joined])
      await second.pullAll()
      expect(second.cases.get(caseId)?.filter(({ type }) => type === 'callJoined')).toHaveLength(1)
      expect((await page('second', caseId)).calls).toMatchObject([
        { callerId: null, takenBy: '1001', caller: { name: '第一位' } },
        {
          callerId,
          takenBy: '1002',
          caller: { name: '第二位', phone: '13800130102' },
          text: '七栋也停水',
          owed: false,
        },
      ])
      expect(await count(central.db, 'case_callers where caller_id = $1::uuid', [callerId])).toBe(1)
    })

    it('K8.2 one answer of the unit, a reply for each; the piles count citizens, and it is not settled before', async () => {
      const { caseId } = await waiting('13800130104')
      const { callerId, ...joined } = callAbout(caseId, '13800130105')
      await second.sync([joined])
      const visitsOf = async (who: Who, staffNo: string) => {
        const counts = (
          await central.app.inject({ url: '/cases/counts', headers: { authorization: `Bearer ${tokenFor(who)}` } })
        ).json<{ states: { visits: number }[] }>().states
        const listed = await find(who, { visitsFor: staffNo })
        return [
          counts.reduce((all, { visits }) => all + visits, 0),
          listed.filter((one) => one.caseId === caseId).length,
        ]
      }
      const [before] = await visitsOf('operator', '200')
      await answered(caseId)
      expect(await visitsOf('operator', '200')).toEqual([must(before, 'a count') + 2, 1])
      // Whoever took one of the calls is to visit the other alone.
      expect(await visitsOf('second', '1002')).toEqual([must(before, 'a count') + 1, 1])
      expect(await step('second', caseId, visit(callerId))).toMatchObject({ detail: 'ownCall' })
      expect(await step('second', caseId, visit())).toBe('taken')
      expect(await step('operator', caseId, { type: 'settle' })).toMatchObject({ detail: 'notVisited' })
      expect((await find('operator', { visitsFor: '1002' })).some((one) => one.caseId === caseId)).toBe(false)
      expect(await step('first', caseId, visit(callerId))).toBe('taken')
      // All were called: to be settled by anybody.
      expect((await find('second', { visitsFor: '1002' })).some((one) => one.caseId === caseId)).toBe(true)
      expect(await step('second', caseId, { type: 'settle' })).toBe('taken')
    })

    it('R8.7 she is found by her number, and sees by it how the case stands', async () => {
      const { caseId, caseNo } = await waiting('13800130106')
      const { callerId: _, ...joined } = callAbout(caseId, '13800130107')
      await second.sync([joined])
      expect((await find('operator', { words: '138 0013 0107' })).map((one) => one.caseId)).toEqual([caseId])
      const ofCaller = await post(central.app, '/cases/of-caller', { phone: '+8613800130107' }, tokenFor('operator'))
      expect(ofCaller.json<{ cases: object[] }>().cases).toMatchObject([{ caseId, callerName: '第二位' }])
      const progress = await central.app.inject({
        method: 'POST',
        url: '/progress',
        payload: `caseNo=${caseNo}&digits=0107`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(progress.body).toContain(caseNo)
    })

    it('a unit sees one case with a number of callers', async () => {
      const { caseId } = await waiting('13800130108')
      const { callerId: _, ...joined } = callAbout(caseId, '13800130109')
      await second.sync([joined])
      await step('monitor', caseId, { type: 'dispatch', unit: UNIT })
      expect((await find('unitMember', {})).find((one) => one.caseId === caseId)).toMatchObject({ callers: 2 })
      expect((await page('unitMember', caseId)).calls).toHaveLength(2)
    })

    it('R8.8 a duplicate hands its callers over: one answer, each owed hers, and the page lists it', async () => {
      const [goesOn, duplicate] = [await waiting('13800130110'), await waiting('13800130111')]
      const { callerId, ...joined } = callAbout(duplicate.caseId, '13800130112')
      await second.sync([joined])
      // By the operator who opened it, and by no other.
      expect(await step('second', duplicate.caseId, { type: 'join', into: goesOn.caseId })).toMatchObject({
        code: 'forbidden',
      })
      expect(await step('first', duplicate.caseId, { type: 'join', into: goesOn.caseId })).toBe('taken')
      await answered(goesOn.caseId)
      const { calls, children } = await page('monitor', goesOn.caseId)
      expect(calls.filter(({ owed }) => owed).map(({ callerId: id }) => id)).toEqual([
        null,
        duplicate.callerId,
        callerId,
      ])
      expect(children).toMatchObject([{ caseId: duplicate.caseId, caseNo: duplicate.caseNo }])
      expect((await page('monitor', duplicate.caseId)).calls.some(({ owed }) => owed)).toBe(false)
      await first.pullAll()
      expect(first.cases.get(goesOn.caseId)?.filter(({ type }) => type === 'callJoined')).toHaveLength(2)
    })

    it('R8.9 an event is made by who may, and ends by her word', async () => {
      const { caseId } = await waiting('13800130113')
      const event = { title: '青云小区停水', say: '正在抢修，预计 18 时恢复' }
      expect(await step('first', caseId, { type: 'makeEvent', ...event })).toEqual({
        code: 'forbidden',
        detail: 'makeEvent',
      })
      expect(await step('monitor', caseId, { type: 'makeEvent', ...event })).toBe('taken')
      expect((await find('operator', { words: '青云小区' })).find((one) => one.caseId === caseId)).toMatchObject({
        event,
      })
      expect(await step('monitor', caseId, { type: 'endEvent' })).toBe('taken')
    })

    it('R9.12 K9.4 central looks in all cases for open ones like the one being written: near, of the class or in the words; an event first; nobody’s name', async () => {
      const near = await waiting('13800130120')
      const event = await waiting('13800130121')
      await step('monitor', event.caseId, { type: 'makeEvent', title: '停水', say: '预计 18 时恢复' })
      const query = { caseId: nextId(), code: '0101', district: '蓬江区', address: '', text: '我们青云小区停水了' }
      const similar = async (who: Who, more: object = {}) =>
        (await post(central.app, '/cases/similar', { ...query, ...more }, tokenFor(who))).json<{
          cases?: (CaseLine & { score: number })[]
          code?: string
        }>()
      const { time } = central.clock
      // When these cases were opened.
      central.clock.time = 5000
      const { cases } = await similar('second')
      expect(must(cases, 'cases').map(({ caseId }) => caseId)).toContain(near.caseId)
      expect(cases?.[0]).toMatchObject({ caseId: event.caseId, event: { say: '预计 18 时恢复' }, callers: 1 })
      expect(JSON.stringify(cases)).not.toContain('13800130')
      // What is over, far, or old is not offered; nor is the case itself.
      await step('monitor', event.caseId, { type: 'decline', reason: '重复', channel: '供水热线' })
      expect((await similar('second')).cases?.some(({ caseId }) => caseId === event.caseId)).toBe(false)
      expect((await similar('second', { district: '新会区' })).cases).toEqual([])
      const itself = (await similar('second', { caseId: near.caseId })).cases
      expect(itself?.some(({ caseId }) => caseId === near.caseId)).toBe(false)
      for (const who of ['unitMember', 'quality'] as const) expect(await similar(who)).toEqual({ code: 'forbidden' })
      expect(await similar('second', { text: 'x'.repeat(2001) })).toMatchObject({ code: 'invalidInput' })
      central.clock.time = time
    })

    it('P6 who reports something beside others is told to who took her call and to monitors, under the API as well', async () => {
      const { caseId } = await waiting('13800130114')
      const { callerId, ...joined } = callAbout(caseId, '13800130115', 'report')
      await second.sync([joined])
      const shown = async (who: Who) => (await page(who, caseId)).calls.at(-1)
      expect(await shown('second')).toMatchObject({ caller: { name: '第二位' }, hidden: false })
      expect(await shown('monitor')).toMatchObject({ caller: { name: '第二位' }, hidden: false })
      for (const who of ['first', 'operator', 'quality'] as const)
        expect(await shown(who), who).toMatchObject({ caller: null, hidden: true })
      for (const [who, hits] of [
        ['second', 1],
        ['monitor', 1],
        ['first', 0],
      ] as const) {
        expect(await find(who, { words: '13800130115' }), who).toHaveLength(hits)
        const ofCaller = await post(central.app, '/cases/of-caller', { phone: '13800130115' }, tokenFor(who))
        expect(ofCaller.json<{ cases: object[] }>().cases, who).toHaveLength(hits)
      }
      const told = (await first.pullAll()).flatMap(({ changes }) =>
        changes.flatMap((change) => (change.kind === 'case' && change.caseId === caseId ? change.callers : [])),
      )
      expect(told.map(({ name }) => name)).toEqual(['第一位'])
      const names = async (staffNo: string, role: StaffRole) =>
        (
          await central.db.tx(
            'sanxin_reader',
            (sql) => sql.query('select name from callers where caller_id = $1::uuid', [callerId]),
            { staffNo, role },
          )
        ).length
      expect(await names('1002', 'operator')).toBe(1)
      expect(await names('1001', 'operator')).toBe(0)
      expect(await names('2002', 'quality')).toBe(0)
    })

    it('P6 nor is who called about a report, to who took the report; and what becomes a report after it was joined', async () => {
      const report = await waiting('13800130116', 'report')
      const { callerId, ...joined } = callAbout(report.caseId, '13800130117')
      await second.sync([joined])
      expect((await page('first', report.caseId)).calls.map(({ hidden }) => hidden)).toEqual([false, true])
      expect((await page('second', report.caseId)).calls.map(({ hidden }) => hidden)).toEqual([true, false])
      const under = (staffNo: string) =>
        central.db.tx(
          'sanxin_reader',
          (sql) => sql.query('select name from callers where caller_id = $1::uuid', [callerId]),
          { staffNo, role: 'operator' },
        )
      expect([await under('1002'), await under('1001')].map(({ length }) => length)).toEqual([1, 0])

      const [goesOn, duplicate] = [await waiting('13800130118'), await waiting('13800130119')]
      await step('monitor', duplicate.caseId, { type: 'join', into: goesOn.caseId })
      expect((await page('operator', goesOn.caseId)).calls[1]).toMatchObject({ hidden: false })
      await first.pullAll()
      const base = baseOf(must(first.cases.get(duplicate.caseId), 'its events'))
      const value = { kind: 'report' as const, code: '0101' }
      const edit = {
        type: 'case.edit' as const,
        caseId: duplicate.caseId,
        base,
        edits: [{ group: 'classification' as const, value }],
      }
      await first.sync([caseMutation(edit)])
      expect((await page('operator', goesOn.caseId)).calls[1]).toMatchObject({ caller: null, hidden: true })
      expect((await page('monitor', goesOn.caseId)).calls[1]).toMatchObject({ caller: { name: '第一位' } })
    })

    /** Edits a case of the first desk's upon all that it saw of it. */
    async function editFirst(caseId: string, edit: GroupValue, phone: string | null = null): Promise<void> {
      await first.pullAll()
      const base = baseOf(must(first.cases.get(caseId), 'its events'))
      const mutation = caseMutation({ type: 'case.edit', caseId, base, edits: [edit] })
      const caller = edit.group === 'caller' && phone !== null ? { ...edit.value, name: '第一位', phone } : null
      if (mutation.body.kind !== 'case') throw new Error('no case')
      const { answers } = await first.sync([{ ...mutation, body: { ...mutation.body, caller } }])
      expect(answers).toMatchObject([{ status: 'applied' }])
    }
    const asReport = { group: 'classification' as const, value: { kind: 'report' as const, code: '0101' } }
    const corrected = () => ({ group: 'caller' as const, value: { callerId: nextId() } })
    /** A matter of the first desk's that was joined into another one of its. */
    async function joinedInto(goesOn: string, phone: string) {
      const duplicate = await waiting(phone)
      expect(await step('first', duplicate.caseId, { type: 'join', into: goesOn })).toBe('taken')
      return duplicate
    }

    it('R8.10 a number that is corrected after the case was joined is that of the case that goes on', async () => {
      const goesOn = await waiting('13800130201')
      const { caseId } = await joinedInto(goesOn.caseId, '13800130202')
      await editFirst(caseId, corrected(), '13800130299')
      const shown = (await page('monitor', goesOn.caseId)).calls[1]
      expect(shown).toMatchObject({ caller: { name: '第一位', phone: '13800130299' } })
      const found = await find('operator', { words: '13800130299' })
      expect(found.map((one) => one.caseId).toSorted()).toEqual([goesOn.caseId, caseId].toSorted())
      expect(await find('operator', { words: '13800130202' })).toEqual([])
    })

    it('R8.10 so it is where that one was joined once more', async () => {
      const [last, middle] = [await waiting('13800130205'), await waiting('13800130206')]
      const { caseId } = await joinedInto(middle.caseId, '13800130207')
      await editFirst(caseId, corrected(), '13800130208')
      await editFirst(caseId, asReport)
      expect(await step('first', middle.caseId, { type: 'join', into: last.caseId })).toBe('taken')
      expect((await page('operator', last.caseId)).calls.map(({ hidden }) => hidden)).toEqual([false, false, true])
      expect((await page('monitor', last.caseId)).calls[2]).toMatchObject({ caller: { phone: '13800130208' } })
      await editFirst(caseId, corrected(), '13800130209')
      expect((await page('monitor', last.caseId)).calls[2]).toMatchObject({ caller: { phone: '13800130209' } })
    })

    it('P6 who was corrected, and reports something after that, is hidden in both; who called about hers besides keeps her own kind', async () => {
      const goesOn = await waiting('13800130203')
      const duplicate = await waiting('13800130204')
      const { callerId, ...besides } = callAbout(duplicate.caseId, '13800130205', 'report')
      await second.sync([besides])
      expect(await step('first', duplicate.caseId, { type: 'join', into: goesOn.caseId })).toBe('taken')
      const newer = corrected()
      await editFirst(duplicate.caseId, newer, '13800130298')
      const hiddenTo = async (who: Who) => (await page(who, goesOn.caseId)).calls.map(({ hidden }) => hidden)
      expect(await hiddenTo('operator')).toEqual([false, false, true])
      await editFirst(duplicate.caseId, asReport)
      expect(await hiddenTo('operator')).toEqual([false, true, true])
      expect(await hiddenTo('monitor')).toEqual([false, false, false])
      expect(await find('operator', { words: '13800130298' })).toEqual([])
      const readable = await central.db.tx(
        'sanxin_reader',
        (sql) =>
          sql.query('select name from callers where caller_id = any (array[$1, $2]::uuid[])', [
            duplicate.callerId,
            newer.value.callerId,
          ]),
        { staffNo: '2002', role: 'quality' },
      )
      expect(readable).toEqual([])
      await editFirst(duplicate.caseId, { group: 'classification', value: { kind: 'help', code: '0101' } })
      const kinds = await central.db.tx('owner', (sql) =>
        sql.query<{ kind: string }>('select kind from case_callers where case_id = $1::uuid and caller_id = $2::uuid', [
          goesOn.caseId,
          callerId,
        ]),
      )
      expect(kinds).toEqual([{ kind: 'report' }])
    })

    it('S14.1 R8.10 what becomes a report after it was joined is told to the desks that hold the case that goes on', async () => {
      const goesOn = await waiting('13800130301')
      const { callerId: _, ...besides } = callAbout(goesOn.caseId, '13800130303')
      await second.sync([besides])
      const duplicate = await joinedInto(goesOn.caseId, '13800130302')
      const told = async () =>
        (await second.pullAll()).flatMap(({ changes }) =>
          changes.flatMap((change) =>
            change.kind === 'case' && change.caseId === goesOn.caseId
              ? [change.callers.map(({ callerId }) => callerId).includes(duplicate.callerId)]
              : [],
          ),
        )
      expect((await told()).at(-1)).toBe(true)
      await editFirst(duplicate.caseId, asReport)
      expect(await told()).toEqual([false])
    })

    it('K8.7 who calls again about her own case, in whatever spelling, is one more call and not one more caller', async () => {
      const { caseId } = await waiting('0750-3500401')
      const { callerId: _, ...again } = callAbout(caseId, '3500401')
      const { callerId: other, ...another } = callAbout(caseId, '13800130401')
      const { callerId: __, ...more } = callAbout(caseId, '+86 138 0013 0401')
      // The last two in one batch.
      await second.sync([again])
      await second.sync([another, more])
      await step('monitor', caseId, { type: 'dispatch', unit: UNIT })
      expect((await find('unitMember', {})).find((one) => one.caseId === caseId)).toMatchObject({ callers: 2 })
      await step('unitMember', caseId, { type: 'sign' })
      await step('unitMember', caseId, { type: 'answer', text: '已恢复供水' })
      const { calls } = await page('monitor', caseId)
      expect(calls.map((call) => [call.again, call.owed])).toEqual([
        [false, true],
        [true, false],
        [false, true],
        [true, false],
      ])
      expect(calls.filter(({ owed }) => owed).map(({ callerId }) => callerId)).toEqual([null, other])
    })

    it('K8.7 where a second case of hers is joined she is one caller there', async () => {
      const goesOn = await waiting('13800130402')
      await joinedInto(goesOn.caseId, '138-0013-0402')
      await answered(goesOn.caseId)
      expect((await page('monitor', goesOn.caseId)).calls.map((call) => [call.again, call.owed])).toEqual([
        [false, true],
        [true, false],
      ])
    })

    it('R8.7 of a case that is not here it is set aside word for word', async () => {
      const { callerId: _, ...joined } = callAbout(nextId(), '13800130103')
      // Who had it may have brought it back till then; the last of these tests, for whoever is signed in is so no more.
      central.clock.time += 2 * 86_400_000
      const answer = await second.sync([joined])
      expect(answer.answers).toMatchObject([{ status: 'quarantined', code: 'unknownCase' }])
      expect(await count(central.db, 'quarantine where mutation_id = $1::uuid', [joined.id])).toBe(1)
    })
  })
}
