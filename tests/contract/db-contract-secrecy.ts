/** Who reports something is not to be found out by a call about her case, by other letters or an old sign-in (K10, R6.8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectEventsOf } from '../../central/cases/sql.ts'
import type { PageCall } from '../../shared/case/case-calls.ts'
import { wholeGroups, type CaseRecord } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { must } from '../../shared/errors.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import * as given from './db-fixture.ts'
import { startWithRoles } from './roles-fixture.ts'

const { caseMutation, nextId, post, UNIT } = given
const papers = { idCard: '440703199001011234', otherPhone: '13900001111' }

export function secrecyContract(openEmptyDb: OpenEmptyDb): void {
  describe('a report under attack', () => {
    let central: given.Central
    let taker: given.Desk
    let stranger: given.Desk
    let tokenFor: (role: StaffRole) => string
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ central, taker, tokenFor, close } = await startWithRoles(await openEmptyDb()))
      stranger = await given.signInWithTeam(central, 'B', '1002')
    })
    afterAll(() => close())

    const hers = ({ staffNo: author, session }: given.Desk, mutation: Mutation): Mutation => ({
      ...mutation,
      ...{ at: central.clock.now(), author, session },
    })

    async function takeReport(phone: string, callId: string | null = null) {
      const { mutation, ...opened } = given.openCase(phone, '举报某店偷排', '举报人')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open' || body.caller === null) throw new Error('no case')
      const groups = { ...body.command.groups, classification: { kind: 'report' as const, code: '0405' } }
      const whole = { ...body, caller: { ...body.caller, papers }, command: { ...body.command, callId, groups } }
      await taker.sync([
        hers(taker, { ...mutation, body: whole }),
        hers(taker, given.replyLater(opened.caseId, mutation.id)),
      ])
      return opened
    }

    /** Somebody calls about a case, a desk says. */
    function callAbout(caseId: string, phone: string, kind: 'report' | null = null, callId: string | null = null) {
      const callerId = nextId()
      const groups = { ...wholeGroups(given.someGroups(callerId)), classification: { kind, code: null } }
      const reply = { ...groups.reply, mode: 'later' as const }
      const mutation = caseMutation({ type: 'case.call', caseId, callId, groups: { ...groups, reply } })
      return {
        callerId,
        mutation: { ...mutation, body: { ...mutation.body, caller: { callerId, name: '再来电', phone } } },
      }
    }

    const read = async (token: string, caseId: string) =>
      (await central.app.inject({ url: `/cases/${caseId}`, headers: { authorization: `Bearer ${token}` } })).json<{
        record: CaseRecord
        caller: { name: string } | null
        calls: PageCall[]
      }>()
    const eventsOf = async (caseId: string) =>
      (await central.db.tx('sanxin_desk', (sql) => selectEventsOf(sql, [caseId]))).get(caseId) ?? []
    const editCaller = async (caseId: string, callerId: string) =>
      caseMutation({
        ...{ type: 'case.edit', caseId, base: baseOf(await eventsOf(caseId)) },
        edits: [{ group: 'caller', value: { callerId } }],
      })
    const steps = async (caseId: string, step: object, token: string) => {
      const answer = await post(central.app, `/cases/${caseId}/steps`, { id: nextId(), step }, token)
      expect(answer.statusCode, answer.body).toBe(200)
    }

    it('K7.9 K8.1 who calls about a case has none of the papers of who opened it', async () => {
      const { caseId } = await takeReport('13800130101')
      const { callerId, mutation } = callAbout(caseId, '13800130102')
      expect((await stranger.sync([hers(stranger, mutation)])).answers).toMatchObject([{ status: 'applied' }])
      const kept = await central.db.tx('owner', (sql) =>
        sql.query('select name, papers from callers where caller_id = $1::uuid', [callerId]),
      )
      expect(kept).toEqual([{ name: '再来电', papers: {} }])
    })

    it('K10.3 a call with the number of a guess is told as any other', async () => {
      const { caseId } = await takeReport('13800130103')
      const called = [callAbout(caseId, '13800130103'), callAbout(caseId, '13800130104')]
      await stranger.sync(called.map(({ mutation }) => hers(stranger, mutation)))
      const calls = (await eventsOf(caseId)).flatMap((event) => (event.type === 'callJoined' ? [event.call] : []))
      const [guessed, other] = called.map((one) => calls.find(({ callerId }) => callerId === one.callerId))
      expect(guessed).toEqual({ ...other, callerId: guessed?.callerId })
    })

    /** A matter of somebody whom all may know, at another desk. */
    async function takeOpenly(phone: string, callId: string | null = null) {
      const { mutation, ...opened } = given.openCase(phone, '偷排', '来电人')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
      const whole = { ...mutation, body: { ...body, command: { ...body.command, callId } } }
      await stranger.sync([hers(stranger, whole), hers(stranger, given.replyLater(opened.caseId, mutation.id))])
      return opened
    }
    /** Who took it makes of a case a report, or none any more. */
    const makeOf = async (caseId: string, kind: 'help' | 'report') => {
      const edits = [{ group: 'classification' as const, value: { kind, code: '0405' } }]
      const base = baseOf(await eventsOf(caseId))
      const edit = caseMutation({ type: 'case.edit', caseId, base, edits })
      expect((await taker.sync([hers(taker, edit)])).answers).toMatchObject([{ status: 'applied' }])
    }
    const callsOf = async (caseId: string) =>
      (await eventsOf(caseId)).flatMap((event) => (event.type === 'callJoined' ? [event.call] : []))

    it('K10.3 who reports something is not said to be the one who called before, whose name all know', async () => {
      const { caseId } = await takeOpenly('13800130112')
      await taker.sync([hers(taker, callAbout(caseId, '13800130112', 'report').mutation)])
      const joined = await takeReport('13800130112')
      await steps(joined.caseId, { type: 'join', into: caseId }, tokenFor('monitor'))
      const calls = await callsOf(caseId)
      expect(calls).toHaveLength(2)
      for (const call of calls) expect(call).toMatchObject({ kind: 'report', wantsReply: true })
      expect(JSON.stringify(calls)).not.toContain('again')
    })

    it('K10.3 nor is who calls with the number of one whose matter became a report since it was joined', async () => {
      const goesOn = await takeOpenly('13800130113')
      const joined = await takeReport('13800130114')
      await makeOf(joined.caseId, 'help')
      await steps(joined.caseId, { type: 'join', into: goesOn.caseId }, tokenFor('monitor'))
      await makeOf(joined.caseId, 'report')
      const other = await takeOpenly('13800130114')
      await stranger.sync([hers(stranger, callAbout(goesOn.caseId, '13800130114').mutation)])
      await steps(other.caseId, { type: 'join', into: goesOn.caseId }, tokenFor('monitor'))
      expect((await callsOf(goesOn.caseId)).map(({ again, wantsReply }) => [again, wantsReply])).toEqual([
        [undefined, true],
        [undefined, true],
        [true, false],
      ])
    })

    it('K10.3 whose call is taken out of a report, or was one in any word, has a report of her own', async () => {
      const { caseId } = await takeReport('13800130119')
      const open = await takeOpenly('13800130120')
      const unsaid = callAbout(caseId, '13800130121')
      // What she reports she said in the same call, after another matter.
      const callId = `call-${nextId()}`
      const [first, more] = [
        callAbout(open.caseId, '13800130122', null, callId),
        callAbout(open.caseId, '13800130122', 'report', callId),
      ]
      await taker.sync([unsaid, first, more].map(({ mutation }) => hers(taker, mutation)))
      expect(await callsOf(open.caseId)).toMatchObject([{ wantsReply: true }, { kind: 'report', wantsReply: true }])
      for (const [from, { callerId }] of [
        [caseId, unsaid],
        [open.caseId, first],
      ] as const) {
        await steps(from, { type: 'takeOut', caller: callerId, reason: '另一件事' }, tokenFor('monitor'))
        const [own] = await central.db.tx('owner', (sql) =>
          sql.query<{ caseId: string }>('select case_id as "caseId" from cases where caller_id = $1::uuid', [callerId]),
        )
        const page = await read(stranger.token, must(own, 'her own case').caseId)
        expect(page).toMatchObject({
          caller: null,
          record: { secret: true, groups: { classification: { kind: 'report' } } },
        })
      }
      expect(JSON.stringify(await stranger.pullAll())).not.toMatch(/1380013012[12]/)
    })

    it('K10.4 by the call in which it was recorded a report stands beside no other case, in no answer', async () => {
      const callId = `call-${nextId()}`
      const report = await takeReport('13800130115', callId)
      // She had something else to say in that call, of which all may know who she is.
      const { caseId } = await takeOpenly('13800130115', callId)
      const asReport = callAbout(caseId, '13800130115', 'report', callId)
      await taker.sync([hers(taker, asReport.mutation)])
      for (const of of [report.caseId, caseId]) await steps(of, { type: 'dispatch', unit: UNIT }, tokenFor('monitor'))
      for (const token of [stranger.token, tokenFor('unitMember'), tokenFor('quality')]) {
        expect(JSON.stringify(await read(token, report.caseId))).not.toContain(callId)
        const { record, calls } = await read(token, caseId)
        expect(record).toMatchObject({ callId, life: { calls: [{ callId: null }] } })
        expect(calls).toMatchObject([
          { callId, hidden: false },
          { callId: null, hidden: true, again: false },
        ])
      }
      const signed = await post(
        central.app,
        `/cases/${caseId}/steps`,
        { id: nextId(), step: { type: 'sign' } },
        tokenFor('unitMember'),
      )
      expect(signed.statusCode).toBe(200)
      expect(signed.body).not.toContain(callId)
      for (const token of [taker.token, tokenFor('monitor')]) {
        expect(await read(token, report.caseId)).toMatchObject({ record: { callId } })
        expect(await read(token, caseId)).toMatchObject({ calls: [{ callId }, { callId }] })
      }
    })

    it('K10.4 nor does a page say that somebody hidden had called before, where that was said before she was', async () => {
      const goesOn = await takeOpenly('13800130116')
      const joined = await takeReport('13800130116')
      await makeOf(joined.caseId, 'help')
      await steps(joined.caseId, { type: 'join', into: goesOn.caseId }, tokenFor('monitor'))
      const again = async (token: string) => {
        const { record, calls } = await read(token, goesOn.caseId)
        return [calls[1]?.again, record.life.calls[0]?.again]
      }
      expect(await again(stranger.token)).toEqual([true, true])
      await makeOf(joined.caseId, 'report')
      expect(await again(stranger.token)).toEqual([false, undefined])
      expect(await again(tokenFor('monitor'))).toEqual([true, true])
    })

    it.each(['before', 'after'])(
      'K10.3 who called about a report is hidden where it is joined, %s it was one, from the unit too',
      async (when) => {
        const phone = when === 'before' ? '13800130105' : '13800130106'
        const { caseId } = await takeReport(phone)
        if (when === 'before') await makeOf(caseId, 'help')
        await taker.sync([hers(taker, callAbout(caseId, '13800130107').mutation)])
        const into = given.openCase('13800130108', '偷排', '来电人')
        await stranger.sync([
          hers(stranger, into.mutation),
          hers(stranger, given.replyLater(into.caseId, into.mutation.id)),
        ])
        await steps(caseId, { type: 'join', into: into.caseId }, tokenFor('monitor'))
        await steps(into.caseId, { type: 'dispatch', unit: UNIT }, tokenFor('monitor'))
        if (when === 'before') await makeOf(caseId, 'report')
        for (const token of [stranger.token, tokenFor('unitMember')]) {
          const [, ...besides] = (await read(token, into.caseId)).calls
          expect(besides).toHaveLength(2)
          for (const one of besides) expect(one).toMatchObject({ caller: null, hidden: true })
        }
        expect(JSON.stringify(await stranger.pullAll())).not.toContain('13800130107')
      },
    )

    it('K10.5 another’s word on who called is kept beside who reports, in no session put in her place', async () => {
      const { caseId, callerId } = await takeReport('13800130117')
      const callerNow = async () =>
        must(foldCase(null, caseId, await eventsOf(caseId)), 'the case').groups.caller.callerId
      const naming = async (by: given.Desk, id = nextId()) => {
        const edit = hers(by, await editCaller(caseId, id))
        return { ...edit, body: { ...edit.body, caller: { callerId: id, name: '别人', phone: '13800130118' } } }
      }
      const late = await naming(stranger)
      expect((await stranger.sync([late])).answers).toMatchObject([{ status: 'applied' }])
      const choice = async (by: given.Desk) =>
        hers(
          by,
          caseMutation({
            ...{ type: 'case.settle', caseId, base: baseOf(await eventsOf(caseId)) },
            ...{ late: { mutation: late.id, group: 'caller' }, take: true },
          }),
        )
      expect((await stranger.sync([await choice(stranger)])).answers).toMatchObject([
        { status: 'refused', code: 'illegalTransition' },
      ])
      // Into her identity, and beside it, nothing is written either.
      const into = [
        await naming(stranger, callerId),
        await naming(stranger, late.body.kind === 'case' ? late.body.caller?.callerId : ''),
      ]
      for (const one of into)
        expect((await stranger.sync([one])).answers).toMatchObject([{ status: 'quarantined', code: 'strangeCaller' }])
      expect(await callerNow()).toBe(callerId)
      expect(await read(tokenFor('monitor'), caseId)).toMatchObject({ caller: { name: '举报人', papers } })
      // Who took it writes her down anew, also where no sign-in proves it.
      const own = { ...(await naming(taker)), session: null }
      expect((await taker.sync([own])).answers).toMatchObject([{ status: 'applied' }])
      expect(await callerNow()).not.toBe(callerId)
      expect((await taker.sync([await choice(taker)])).answers).toMatchObject([{ status: 'applied' }])
    })

    it('R6.6 an identity is one in whatever letters: what stood before is kept, and it is shown', async () => {
      const { caseId, callerId } = await takeReport('13800130109')
      const capitals = callerId.toUpperCase()
      const edit = hers(taker, await editCaller(caseId, capitals))
      const caller = { callerId: capitals, name: '更正', phone: '13800130110' }
      await taker.sync([{ ...edit, body: { ...edit.body, caller } }])
      expect(await given.count(central.db, 'callers_before where caller_id = $1::uuid', [callerId])).toBe(1)
      expect(await read(tokenFor('monitor'), caseId)).toMatchObject({ caller: { name: '更正' } })
    })

    it('K10.2 a sign-in that is over lifts nothing, whatever the desk says of the time', async () => {
      const old = await given.signInWithTeam(central, 'B', '1001')
      const at = central.clock.now()
      await post(central.app, '/sign-out', {}, old.token)
      central.clock.time += 60_000
      const { caseId } = await takeReport('13800130111')
      const edits = [{ group: 'classification' as const, value: { kind: 'help' as const, code: '0405' } }]
      const lift = caseMutation({ type: 'case.edit', caseId, base: baseOf(await eventsOf(caseId)), edits })
      const { answers } = await old.sync([{ ...lift, at, author: '1001', session: old.session }])
      expect(answers).toMatchObject([{ status: 'applied' }])
      expect(await given.count(central.db, 'mutations where id = $1::uuid and session_checked', [lift.id])).toBe(1)
      expect(await read(stranger.token, caseId)).toMatchObject({ caller: null })
    })
  })
}
