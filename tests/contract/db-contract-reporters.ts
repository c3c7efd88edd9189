/** Who reports something is known to few (P6): through the API, and under it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectEventsOf } from '../../central/cases/sql.ts'
import { wholeGroups, type CallerIdentity } from '../../shared/case/case-record.ts'
import type { Base } from '../../shared/case/commands.ts'
import { baseOf } from '../../shared/case/history.ts'
import { mutationSchema, type Mutation } from '../../shared/sync/protocol.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { startWithRoles } from './roles-fixture.ts'

const { baseAfter, caseMutation, nextId, post, UNIT } = given
const PHONE = '13800130077'

export function reporterContract(openDb: OpenDb): void {
  describe('who reports something', () => {
    let central: given.Central
    let taker: given.Desk
    let caseId: string
    let callerId: string
    let tokenFor: (role: StaffRole) => string
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ central, taker, tokenFor, close } = await startWithRoles(await openDb()))
      ;({ caseId, callerId } = await take())
    })
    afterAll(() => close())

    /** A report that the desk takes and that waits for dispatch. */
    async function take(phone = PHONE) {
      const { mutation, ...opened } = given.openCase(phone, '举报某店偷排', '举报人')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
      const groups = { ...body.command.groups, classification: { kind: 'report' as const, code: '0405' } }
      const report = mutationSchema.parse({
        ...mutation,
        at: central.clock.now(),
        body: { ...body, command: { ...body.command, groups } },
      })
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await taker.sync([report, caseMutation({ type: 'case.reply', caseId: opened.caseId, base, reply })])
      return { ...opened, report, base: { mutation: report.id } }
    }
    const read = async (token: string, of = caseId) =>
      (await central.app.inject({ url: `/cases/${of}`, headers: { authorization: `Bearer ${token}` } })).json<{
        caller: { name: string } | null
        reporterHidden: boolean
      }>()
    const stranger = { staffNo: '1002', role: 'operator' as const }
    const names = (identity: string, actor: { staffNo: string; role: StaffRole; unit?: string }) =>
      central.db.tx(
        'sanxin_reader',
        async (sql) => (await sql.query('select name from callers where caller_id = $1::uuid', [identity])).length,
        actor,
      )
    const historyOf = async (of: string) => {
      const events = (await central.db.tx('sanxin_desk', (sql) => selectEventsOf(sql, [of]))).get(of) ?? []
      return baseOf(events)
    }
    const found = async (path: string, body: object, token: string) =>
      (await post(central.app, path, body, token)).json<{ cases: { caseId: string }[] }>().cases.length

    it('P6 is shown to who took it and to a monitor; to no other operator, not to the unit, not to quality', async () => {
      const dispatch = { id: nextId(), step: { type: 'dispatch', unit: UNIT } }
      expect((await post(central.app, `/cases/${caseId}/steps`, dispatch, tokenFor('monitor'))).statusCode).toBe(200)
      expect(await read(taker.token)).toMatchObject({ caller: { name: '举报人' }, reporterHidden: false })
      expect(await read(tokenFor('monitor'))).toMatchObject({ caller: { name: '举报人' } })
      for (const role of ['operator', 'unitMember', 'quality'] as const)
        expect(await read(tokenFor(role)), role).toMatchObject({ caller: null, reporterHidden: true })
    })

    it('P6 her number finds it for the same and for nobody else; its words find it for all who may read it', async () => {
      for (const [path, body] of [
        ['/cases/of-caller', { phone: PHONE }],
        ['/cases/find', { words: PHONE }],
      ] as const) {
        expect(await found(path, body, taker.token), path).toBe(1)
        expect(await found(path, body, tokenFor('monitor')), path).toBe(1)
        expect(await found(path, body, tokenFor('operator')), path).toBe(0)
      }
      expect(await found('/cases/find', { words: '偷排' }, tokenFor('operator'))).toBe(1)
    })

    it('P6 no desk is told, neither of the team nor one that asked; of any other matter each is', async () => {
      const beside = await given.signInWithTeam(central, 'A', '1002')
      await beside.pullAll()
      expect(beside.cases.has(caseId)).toBe(true)
      const callersTold = async (desk: given.Desk) =>
        (await desk.pullAll()).flatMap(({ changes }) =>
          changes.flatMap((change) => (change.kind === 'case' ? change.callers : [])),
        )
      const fresh = await given.signInWithTeam(central, 'A', '1003')
      expect(await callersTold(fresh)).toEqual([])
      const { mutation } = given.openCase('13800130078', '路灯不亮', '来电人')
      await taker.sync([{ ...mutation, at: central.clock.now() }])
      expect(await callersTold(beside)).toMatchObject([{ name: '来电人' }])
    })

    it('P6 under the API: the policies give the identity to the same alone', async () => {
      expect(await names(callerId, { staffNo: '1001', role: 'operator' })).toBe(1)
      expect(await names(callerId, { staffNo: '1010', role: 'monitor' })).toBe(1)
      expect(await names(callerId, stranger)).toBe(0)
      expect(await names(callerId, { staffNo: '2005', role: 'unitMember', unit: UNIT })).toBe(0)
    })

    /** Somebody else's desk, which reads the report and asks for it again and again. */
    async function signInStranger() {
      const desk = await given.signInWithTeam(central, 'B', stranger.staffNo)
      const hers = (mutation: Mutation) => ({
        ...mutation,
        ...{ at: central.clock.now(), author: desk.staffNo, session: desk.session },
      })
      const opens = (identity: string, caller: CallerIdentity | null = null) => {
        const { mutation, ...opened } = given.openCase()
        const { body } = mutation
        if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
        const groups = { ...body.command.groups, caller: { callerId: identity } }
        return { ...opened, ...hers({ ...mutation, body: { ...body, caller, command: { ...body.command, groups } } }) }
      }
      return { desk, hers, opens }
    }

    it('R6.8 nobody takes who reports something into another case, by whatever command and letters', async () => {
      const { desk, hers, opens } = await signInStranger()
      const own = given.openCase('13800130079', '路灯不亮', '来电人')
      await desk.sync([hers(own.mutation)])
      const posing = { callerId, name: '冒名', phone: '13800130080' }
      const edit = (of: string, named: string) =>
        hers(
          caseMutation({
            ...{ type: 'case.edit', caseId: of, base: baseAfter(own.mutation) },
            edits: [{ group: 'caller', value: { callerId: named } }],
          }),
        )
      const call = hers(
        caseMutation({ type: 'case.call', caseId, callId: null, groups: wholeGroups(given.someGroups(callerId)) }),
      )
      const tried = [
        opens(callerId),
        opens(callerId, posing),
        opens(callerId.toUpperCase()),
        edit(own.caseId, callerId),
        edit(own.caseId, callerId.toUpperCase()),
        call,
      ]
      for (const mutation of tried) {
        const { answers, changes } = await desk.sync([mutation])
        expect(answers).toMatchObject([{ status: 'quarantined', code: 'strangeCaller' }])
        expect(JSON.stringify(changes)).not.toContain(PHONE)
      }
      expect(await names(callerId, stranger)).toBe(0)
      expect(await read(tokenFor('monitor'))).toMatchObject({ caller: { name: '举报人', phone: PHONE } })
    })

    it('R6.8 nor who reports into the case that hers was joined into', async () => {
      const { desk, hers } = await signInStranger()
      const report = await take('13800130081')
      const own = given.openCase('13800130082', '偷排', '来电人')
      await desk.sync([hers(own.mutation), hers(given.replyLater(own.caseId, own.mutation.id))])
      const step = { id: nextId(), step: { type: 'join', into: own.caseId } }
      const joined = await post(central.app, `/cases/${report.caseId}/steps`, step, tokenFor('monitor'))
      expect(joined.statusCode, joined.body).toBe(200)
      const { answers } = await desk.sync([
        hers(
          caseMutation({
            ...{ type: 'case.edit', caseId: own.caseId, base: { mutation: own.mutation.id } },
            edits: [{ group: 'caller', value: { callerId: report.callerId } }],
          }),
        ),
      ])
      expect(answers).toMatchObject([{ status: 'quarantined', code: 'strangeCaller' }])
      expect(await names(report.callerId, stranger)).toBe(0)
    })

    const asHelp = (of: string, base: Base) =>
      caseMutation({
        ...{ type: 'case.edit', caseId: of, base },
        edits: [{ group: 'classification', value: { kind: 'help', code: '0405' } }],
      })
    const seenBy = async (desk: given.Desk, of: { caseId: string; callerId: string }, phone: string) => ({
      page: (await read(desk.token, of.caseId)).caller !== null,
      told: JSON.stringify(await desk.pullAll()).includes(phone),
      ofNumber: await found('/cases/of-caller', { phone }, desk.token),
      found: await found('/cases/find', { words: phone }, desk.token),
      below: await names(of.callerId, stranger),
    })
    const nothing = { page: false, told: false, ofNumber: 0, found: 0, below: 0 }

    it('K10.1 who makes another kind of a report learns no name by it; nor who says that she took it', async () => {
      const { desk, hers } = await signInStranger()
      const phone = '13800130083'
      const report = await take(phone)
      await read(desk.token, report.caseId)
      const { answers } = await desk.sync([hers(asHelp(report.caseId, await historyOf(report.caseId)))])
      expect(answers).toMatchObject([{ status: 'applied' }])
      expect(await seenBy(desk, report, phone)).toEqual(nothing)
      // Whose session is not hers may be anybody: in the words of who took it nothing is told either.
      const again = await historyOf(report.caseId)
      const posing = caseMutation({
        ...{ type: 'case.edit', caseId: report.caseId, base: again },
        edits: [{ group: 'classification', value: { kind: 'complaint', code: '0405' } }],
      })
      expect((await desk.sync([posing])).answers).toMatchObject([{ status: 'applied' }])
      expect(await seenBy(desk, report, phone)).toEqual(nothing)
      expect(await read(taker.token, report.caseId)).toMatchObject({ caller: { name: '举报人' } })
      // She goes on as a report where the case is joined into another.
      const into = given.openCase('13800130084', '偷排', '来电人')
      await desk.sync([hers(into.mutation), hers(given.replyLater(into.caseId, into.mutation.id))])
      const step = { id: nextId(), step: { type: 'join', into: into.caseId } }
      const joined = await post(central.app, `/cases/${report.caseId}/steps`, step, tokenFor('monitor'))
      expect(joined.statusCode, joined.body).toBe(200)
      expect(await seenBy(desk, report, phone)).toEqual(nothing)
    })

    it('K10.2 who took it, signed in as herself, or a monitor lifts that: then she is known as in any other case', async () => {
      const { desk } = await signInStranger()
      const phone = '13800130085'
      const report = await take(phone)
      await read(desk.token, report.caseId)
      const asIs = asHelp(report.caseId, await historyOf(report.caseId))
      const mine = { ...asIs, at: central.clock.now(), session: taker.session }
      expect((await taker.sync([mine])).answers).toMatchObject([{ status: 'applied' }])
      expect(await seenBy(desk, report, phone)).toEqual({ page: true, told: true, ofNumber: 1, found: 1, below: 1 })
    })

    it('K10.1 where report and correction come at once, and are told without being read again, nobody is told either', async () => {
      const beside = await given.signInWithTeam(central, 'A', '1002')
      await beside.pullAll()
      const phone = '13800130086'
      const { mutation, caseId: of } = given.openCase(phone, '举报某店偷排', '举报人')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
      const groups = { ...body.command.groups, classification: { kind: 'report' as const, code: '0405' } }
      const opened = { ...mutation, at: central.clock.now(), body: { ...body, command: { ...body.command, groups } } }
      const { changes } = await taker.sync([opened, asHelp(of, { mutation: mutation.id })])
      expect(JSON.stringify(changes)).not.toContain(phone)
      expect(JSON.stringify(await beside.pullAll())).not.toContain(phone)
    })
  })
}
