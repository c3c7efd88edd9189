/** In one call several cases may be recorded: in which one a report was is told to who may know her alone (K10.4). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldCase } from '../../shared/case/decide.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import type { OpenEmptyDb } from './open-empty-db.ts'
import * as given from './db-fixture.ts'
import { openSecrecyOffice, type SecrecyOffice } from './secrecy-office.ts'

const { nextId, post, UNIT } = given

export function secretCallContract(openEmptyDb: OpenEmptyDb): void {
  describe('the call of a report', () => {
    let office: SecrecyOffice
    beforeAll(async () => {
      office = await openSecrecyOffice(await openEmptyDb())
    })
    afterAll(() => office.close())

    it('K10.4 by the call in which it was recorded a report stands beside no other case, in no answer', async () => {
      const callId = `call-${nextId()}`
      const report = await office.takeReport('13800130115', callId)
      // She had something else to say in that call, of which all may know who she is.
      const { caseId } = await office.takeOpenly('13800130115', callId)
      const asReport = office.callAbout(caseId, '13800130115', 'report', callId)
      await office.taker.sync([office.hers(office.taker, asReport.mutation)])
      for (const of of [report.caseId, caseId])
        await office.steps(of, { type: 'dispatch', unit: UNIT }, office.tokenFor('monitor'))
      for (const token of [office.stranger.token, office.tokenFor('unitMember'), office.tokenFor('quality')]) {
        expect(JSON.stringify(await office.read(token, report.caseId))).not.toContain(callId)
        const { record, calls } = await office.read(token, caseId)
        expect(record).toMatchObject({ callId, life: { calls: [{ callId: null }] } })
        expect(calls).toMatchObject([
          { callId, hidden: false },
          { callId: null, hidden: true, again: false },
        ])
      }
      const signed = await post(
        office.central.app,
        `/cases/${caseId}/steps`,
        { id: nextId(), step: { type: 'sign' } },
        office.tokenFor('unitMember'),
      )
      expect(signed.statusCode).toBe(200)
      expect(signed.body).not.toContain(callId)
      for (const token of [office.taker.token, office.tokenFor('monitor')]) {
        expect(await office.read(token, report.caseId)).toMatchObject({ record: { callId } })
        expect(await office.read(token, caseId)).toMatchObject({ calls: [{ callId }, { callId }] })
      }
    })

    it('K10.4 nor does a page say that somebody hidden had called before, where that was said before she was', async () => {
      const goesOn = await office.takeOpenly('13800130116')
      const joined = await office.takeReport('13800130116')
      await office.makeOf(joined.caseId, 'help')
      await office.steps(joined.caseId, { type: 'join', into: goesOn.caseId }, office.tokenFor('monitor'))
      const again = async (token: string) => {
        const { record, calls } = await office.read(token, goesOn.caseId)
        return [calls[1]?.again, record.life.calls[0]?.again]
      }
      expect(await again(office.stranger.token)).toEqual([true, true])
      await office.makeOf(joined.caseId, 'report')
      expect(await again(office.stranger.token)).toEqual([false, undefined])
      expect(await again(office.tokenFor('monitor'))).toEqual([true, true])
    })

    it('K10.4 nor by what central sends to desks, of a report, of one that is so by now, and of who called about it', async () => {
      const [callId, again] = [`call-${nextId()}`, `call-${nextId()}`]
      const report = await office.takeReport('13800130123', callId)
      const open = await office.takeOpenly('13800130123', callId)
      const asReport = office.callAbout(open.caseId, '13800130123', 'report', callId)
      const beside = office.callAbout(report.caseId, '13800130124', null, again)
      const became = await office.takeReport('13800130125', again)
      await office.makeOf(became.caseId, 'help')
      await office.taker.sync([asReport, beside].map(({ mutation }) => office.hers(office.taker, mutation)))
      // It was no report as others were told of it first.
      for (const { caseId } of [report, became]) await office.read(office.stranger.token, caseId)
      await office.stranger.pullAll()
      expect(office.stranger.cases.get(became.caseId)?.[0]).toMatchObject({ callId: again })
      await office.makeOf(became.caseId, 'report')
      const told = await office.stranger.pullAll()
      expect(JSON.stringify(told)).not.toContain(again)
      for (const desk of [office.stranger, office.taker]) {
        if (desk === office.taker) await desk.pullAll()
        for (const { caseId } of [report, became]) expect(JSON.stringify(desk.cases.get(caseId))).not.toMatch(/"call-/)
        const [opened, ...more] = must(desk.cases.get(open.caseId), 'its events')
        expect(opened).toMatchObject({ type: 'caseOpened', callId })
        expect(more.at(-1)).toMatchObject({ type: 'callJoined', call: { callerId: asReport.callerId, callId: null } })
      }
      // Central still knows it.
      expect((await office.eventsOf(report.caseId))[0]).toMatchObject({ callId })
    })

    it('K10.4 what the answer to a report tells its own desk is what a pull would', async () => {
      const { caseId } = await office.takeReport('13800130126', `call-${nextId()}`)
      await office.taker.pullAll()
      const told = office.taker.cases.get(caseId)
      office.taker.cursor = 0
      await office.taker.pullAll()
      expect(office.taker.cases.get(caseId)).toEqual(told)
    })

    it('K10.4 who saw a case without its calls has seen it: her words are not kept beside it', async () => {
      const { caseId } = await office.takeReport('13800130127', `call-${nextId()}`)
      await office.read(office.stranger.token, caseId)
      await office.stranger.pullAll()
      const base = baseOf(must(office.stranger.cases.get(caseId), 'its events'))
      const edit = given.editContent(caseId, base, '还在排', '1002')
      await office.stranger.sync([office.hers(office.stranger, edit)])
      expect((await office.eventsOf(caseId)).at(-1)).toMatchObject({ type: 'groupEdited' })
    })

    it('K8.8 K10.4 who leaves with a call that is taken out leaves at desks, too, that do not know the call', async () => {
      const callId = `call-${nextId()}`
      const open = await office.takeOpenly('13800130128')
      const [first, more] = [
        office.callAbout(open.caseId, '13800130129', 'report', callId),
        office.callAbout(open.caseId, '13800130129', 'report', callId),
      ]
      await office.taker.sync([first, more].map(({ mutation }) => office.hers(office.taker, mutation)))
      const out = { type: 'takeOut', caller: first.callerId, reason: '另一件事' }
      await office.steps(open.caseId, out, office.tokenFor('monitor'))
      await office.stranger.pullAll()
      const events = must(office.stranger.cases.get(open.caseId), 'its events')
      expect(JSON.stringify(events)).not.toContain(callId)
      expect(foldCase(null, open.caseId, events)?.life.calls).toEqual([])
    })

    it('K10.4 nor by whether somebody else’s word counts as said in the same call', async () => {
      const callId = `call-${nextId()}`
      const report = await office.takeReport('13800130130', callId)
      const guesses = [callId, `call-${nextId()}`].map((one) =>
        office.callAbout(report.caseId, '13800130131', 'report', one),
      )
      await office.stranger.sync(guesses.map(({ mutation }) => office.hers(office.stranger, mutation)))
      const [guessed, other] = await office.callsOf(report.caseId)
      expect({ ...guessed, ...{ callerId: '', callId } }).toEqual({ ...other, ...{ callerId: '', callId } })
    })
  })
}
