/** Who reports something is not to be found out by a call about her case, by other letters or an old sign-in (K10, R6.8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldCase } from '../../shared/case/decide.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openSecrecyOffice, papers, type SecrecyOffice } from './secrecy-office.ts'

const { caseMutation, nextId, post } = given

export function secrecyContract(openDb: OpenDb): void {
  describe('a report under attack', () => {
    let office: SecrecyOffice
    beforeAll(async () => {
      office = await openSecrecyOffice(await openDb())
    })
    afterAll(() => office.close())

    it('K7.9 K8.1 who calls about a case has none of the papers of who opened it', async () => {
      const { caseId } = await office.takeReport('13800130101')
      const { callerId, mutation } = office.callAbout(caseId, '13800130102')
      expect((await office.stranger.sync([office.hers(office.stranger, mutation)])).answers).toMatchObject([
        { status: 'applied' },
      ])
      const kept = await office.central.db.tx('owner', (sql) =>
        sql.query('select name, papers from callers where caller_id = $1::uuid', [callerId]),
      )
      expect(kept).toEqual([{ name: '再来电', papers: {} }])
    })

    it('K10.3 a call with the number of a guess is told as any other', async () => {
      const { caseId } = await office.takeReport('13800130103')
      const called = [office.callAbout(caseId, '13800130103'), office.callAbout(caseId, '13800130104')]
      await office.stranger.sync(called.map(({ mutation }) => office.hers(office.stranger, mutation)))
      const calls = (await office.eventsOf(caseId)).flatMap((event) =>
        event.type === 'callJoined' ? [event.call] : [],
      )
      const [guessed, other] = called.map((one) => calls.find(({ callerId }) => callerId === one.callerId))
      expect(guessed).toEqual({ ...other, callerId: guessed?.callerId })
    })

    it('K10.3 who reports something is not said to be the one who called before, whose name all know', async () => {
      const { caseId } = await office.takeOpenly('13800130112')
      await office.taker.sync([office.hers(office.taker, office.callAbout(caseId, '13800130112', 'report').mutation)])
      const joined = await office.takeReport('13800130112')
      await office.steps(joined.caseId, { type: 'join', into: caseId }, office.tokenFor('monitor'))
      const calls = await office.callsOf(caseId)
      expect(calls).toHaveLength(2)
      for (const call of calls) expect(call).toMatchObject({ kind: 'report', wantsReply: true })
      expect(JSON.stringify(calls)).not.toContain('again')
    })

    it('K10.3 nor is who calls with the number of one whose matter became a report since it was joined', async () => {
      const goesOn = await office.takeOpenly('13800130113')
      const joined = await office.takeReport('13800130114')
      await office.makeOf(joined.caseId, 'help')
      await office.steps(joined.caseId, { type: 'join', into: goesOn.caseId }, office.tokenFor('monitor'))
      await office.makeOf(joined.caseId, 'report')
      const other = await office.takeOpenly('13800130114')
      await office.stranger.sync([
        office.hers(office.stranger, office.callAbout(goesOn.caseId, '13800130114').mutation),
      ])
      await office.steps(other.caseId, { type: 'join', into: goesOn.caseId }, office.tokenFor('monitor'))
      expect((await office.callsOf(goesOn.caseId)).map(({ again, wantsReply }) => [again, wantsReply])).toEqual([
        [undefined, true],
        [undefined, true],
        [true, false],
      ])
    })

    it('K10.3 whose call is taken out of a report, or was one, has a report of her own; what she said openly beside it stays', async () => {
      const { caseId } = await office.takeReport('13800130119')
      const open = await office.takeOpenly('13800130120')
      const unsaid = office.callAbout(caseId, '13800130121')
      // What she reports she said in the same call, after another matter.
      const callId = `call-${nextId()}`
      const [first, more] = [
        office.callAbout(open.caseId, '13800130122', null, callId),
        office.callAbout(open.caseId, '13800130122', 'report', callId),
      ]
      await office.taker.sync([unsaid, first, more].map(({ mutation }) => office.hers(office.taker, mutation)))
      expect(await office.callsOf(open.caseId)).toMatchObject([
        { wantsReply: true },
        { kind: 'report', wantsReply: true },
      ])
      for (const [from, { callerId }] of [
        [caseId, unsaid],
        [open.caseId, more],
      ] as const) {
        await office.steps(from, { type: 'takeOut', caller: callerId, reason: '另一件事' }, office.tokenFor('monitor'))
        const [own] = await office.central.db.tx('owner', (sql) =>
          sql.query<{ caseId: string }>('select case_id as "caseId" from cases where caller_id = $1::uuid', [callerId]),
        )
        const page = await office.read(office.stranger.token, must(own, 'her own case').caseId)
        expect(page).toMatchObject({
          caller: null,
          record: { secret: true, groups: { classification: { kind: 'report' } } },
        })
      }
      expect(await office.callsOf(open.caseId)).toMatchObject([
        { callerId: first.callerId },
        { callerId: more.callerId },
      ])
      expect(foldCase(null, open.caseId, await office.eventsOf(open.caseId))?.life.calls).toMatchObject([
        { callerId: first.callerId },
      ])
      expect(JSON.stringify(await office.stranger.pullAll())).not.toContain('13800130121')
    })

    it.each(['before', 'after'])(
      'K10.3 who called about a report is hidden where it is joined, %s it was one, from the unit too',
      async (when) => {
        const phone = when === 'before' ? '13800130105' : '13800130106'
        const { caseId } = await office.takeReport(phone)
        if (when === 'before') await office.makeOf(caseId, 'help')
        await office.taker.sync([office.hers(office.taker, office.callAbout(caseId, '13800130107').mutation)])
        const into = given.openCase('13800130108', '偷排', '来电人')
        await office.stranger.sync([
          office.hers(office.stranger, into.mutation),
          office.hers(office.stranger, given.replyLater(into.caseId, into.mutation.id)),
        ])
        await office.steps(caseId, { type: 'join', into: into.caseId }, office.tokenFor('monitor'))
        await office.steps(into.caseId, { type: 'dispatch', unit: given.UNIT }, office.tokenFor('monitor'))
        if (when === 'before') await office.makeOf(caseId, 'report')
        for (const token of [office.stranger.token, office.tokenFor('unitMember')]) {
          const [, ...besides] = (await office.read(token, into.caseId)).calls
          expect(besides).toHaveLength(2)
          for (const one of besides) expect(one).toMatchObject({ caller: null, hidden: true })
        }
        expect(JSON.stringify(await office.stranger.pullAll())).not.toContain('13800130107')
      },
    )

    it('K10.5 another’s word on who called is kept beside who reports, in no session put in her place', async () => {
      const { caseId, callerId } = await office.takeReport('13800130117')
      const callerNow = async () =>
        must(foldCase(null, caseId, await office.eventsOf(caseId)), 'the case').groups.caller.callerId
      const naming = async (by: given.Desk, id = nextId()) => {
        const edit = office.hers(by, await office.editCaller(caseId, id))
        return { ...edit, body: { ...edit.body, caller: { callerId: id, name: '别人', phone: '13800130118' } } }
      }
      const late = await naming(office.stranger)
      expect((await office.stranger.sync([late])).answers).toMatchObject([{ status: 'applied' }])
      const choice = async (by: given.Desk) =>
        office.hers(
          by,
          caseMutation({
            ...{ type: 'case.settle', caseId, base: baseOf(await office.eventsOf(caseId)) },
            ...{ late: { mutation: late.id, group: 'caller' }, take: true },
          }),
        )
      expect((await office.stranger.sync([await choice(office.stranger)])).answers).toMatchObject([
        { status: 'refused', code: 'illegalTransition' },
      ])
      // Into her identity, and beside it, nothing is written either.
      const into = [
        await naming(office.stranger, callerId),
        await naming(office.stranger, late.body.kind === 'case' ? late.body.caller?.callerId : ''),
      ]
      for (const one of into)
        expect((await office.stranger.sync([one])).answers).toMatchObject([
          { status: 'quarantined', code: 'strangeCaller' },
        ])
      expect(await callerNow()).toBe(callerId)
      expect(await office.read(office.tokenFor('monitor'), caseId)).toMatchObject({
        caller: { name: '举报人', papers },
      })
      // Who took it writes her down anew, also where no sign-in proves it.
      const own = { ...(await naming(office.taker)), session: null }
      expect((await office.taker.sync([own])).answers).toMatchObject([{ status: 'applied' }])
      expect(await callerNow()).not.toBe(callerId)
      expect((await office.taker.sync([await choice(office.taker)])).answers).toMatchObject([{ status: 'applied' }])
    })

    it('R6.6 an identity is one in whatever letters: what stood before is kept, and it is shown', async () => {
      const { caseId, callerId } = await office.takeReport('13800130109')
      const capitals = callerId.toUpperCase()
      const edit = office.hers(office.taker, await office.editCaller(caseId, capitals))
      const caller = { callerId: capitals, name: '更正', phone: '13800130110' }
      await office.taker.sync([{ ...edit, body: { ...edit.body, caller } }])
      expect(await given.count(office.central.db, 'callers_before where caller_id = $1::uuid', [callerId])).toBe(1)
      expect(await office.read(office.tokenFor('monitor'), caseId)).toMatchObject({ caller: { name: '更正' } })
    })

    it('K10.2 a sign-in that is over lifts nothing, whatever the desk says of the time', async () => {
      const old = await given.signInWithTeam(office.central, 'B', '1001')
      const at = office.central.clock.now()
      await post(office.central.app, '/sign-out', {}, old.token)
      office.central.clock.time += 60_000
      const { caseId } = await office.takeReport('13800130111')
      const edits = [{ group: 'classification' as const, value: { kind: 'help' as const, code: '0405' } }]
      const lift = caseMutation({ type: 'case.edit', caseId, base: baseOf(await office.eventsOf(caseId)), edits })
      const { answers } = await old.sync([{ ...lift, at, author: '1001', session: old.session }])
      expect(answers).toMatchObject([{ status: 'applied' }])
      expect(await given.count(office.central.db, 'mutations where id = $1::uuid and session_checked', [lift.id])).toBe(
        1,
      )
      expect(await office.read(office.stranger.token, caseId)).toMatchObject({ caller: null })
    })
  })
}
