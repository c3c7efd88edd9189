/** In one call several cases may be recorded: in which one a report was is told to who may know her alone (K10.4). */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrationsFolder } from '../../central/db/migrate.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openSecrecyOffice, type SecrecyOffice } from './secrecy-office.ts'

const { nextId, post, UNIT } = given

export function secretCallContract(openDb: OpenDb): void {
  describe('the call of a report', () => {
    let office: SecrecyOffice
    beforeAll(async () => {
      office = await openSecrecyOffice(await openDb())
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

    it('K8.8 K10.4 who takes out her own call takes no other’s along, whichever call she says it was in', async () => {
      const callId = `call-${nextId()}`
      const report = await office.takeReport('13800130132', callId)
      const open = await office.takeOpenly('13800130133')
      await office.steps(report.caseId, { type: 'join', into: open.caseId }, office.tokenFor('monitor'))
      const beside = office.callAbout(open.caseId, '13800130134', 'report', callId)
      await office.taker.sync([office.hers(office.taker, beside.mutation)])
      const bait = office.callAbout(open.caseId, '13800130135', 'report', callId)
      await office.stranger.sync([office.hers(office.stranger, bait.mutation)])
      await office.steps(
        open.caseId,
        { type: 'takeOut', caller: bait.callerId, reason: '另一件事' },
        office.stranger.token,
      )
      expect((await office.eventsOf(open.caseId)).at(-1)).toMatchObject({ left: [bait.callerId] })
      expect(foldCase(null, open.caseId, await office.eventsOf(open.caseId))?.life.calls).toMatchObject([
        { callerId: report.callerId, from: report.caseId },
        { callerId: beside.callerId },
      ])
      // Nor does what came with a joined case go, by herself.
      const own = { type: 'takeOut', caller: beside.callerId, reason: '另一件事' }
      await office.steps(open.caseId, own, office.taker.token)
      expect((await office.eventsOf(open.caseId)).at(-1)).toMatchObject({ left: [beside.callerId] })
    })

    it('K8.8 who left with a call that was taken out before events said so is written there', async () => {
      const callId = `call-${nextId()}`
      const open = await office.takeOpenly('13800130143')
      const words = ['report', 'report'].map(() => office.callAbout(open.caseId, '13800130144', 'report', callId))
      await office.taker.sync(words.map(({ mutation }) => office.hers(office.taker, mutation)))
      const out = { type: 'takeOut', caller: words[0]?.callerId, reason: '另一件事' }
      await office.steps(open.caseId, out, office.tokenFor('monitor'))
      const last = async () => (await office.eventsOf(open.caseId)).at(-1)
      const said = await last()
      expect(said).toMatchObject({ left: words.map(({ callerId }) => callerId) })
      const migration = await readFile(join(migrationsFolder, '0073-who-left-with-a-call.sql'), 'utf8')
      await office.central.db.tx('owner', async (sql) => {
        await sql.query(`update case_events set data = (data::jsonb - 'left')::json where case_id = $1::uuid`, [
          open.caseId,
        ])
        await sql.script(migration)
      })
      expect(await last()).toEqual(said)
    })

    it('K10.4 K10.5 whoever names who took it as the author is not believed at another desk', async () => {
      const callId = `call-${nextId()}`
      const report = await office.takeReport('13800130136', callId)
      const forged = (mutation: object) => ({
        ...mutation,
        at: office.central.clock.now(),
        author: '1001',
        session: null,
      })
      const guesses = [callId, `call-${nextId()}`].map((one) =>
        office.callAbout(report.caseId, '13800130137', 'report', one),
      )
      await office.stranger.sync(guesses.map(({ mutation }) => forged(mutation)))
      const [guessed, other] = await office.callsOf(report.caseId)
      expect({ ...guessed, ...{ callerId: '', callId } }).toEqual({ ...other, ...{ callerId: '', callId } })
      const callerId = nextId()
      const edit = await office.editCaller(report.caseId, callerId)
      const named = { ...edit.body, caller: { callerId, name: '别人', phone: '13800130138' } }
      await office.stranger.sync([forged({ ...edit, body: named })])
      expect((await office.eventsOf(report.caseId)).at(-1)).toMatchObject({ type: 'lateEditKept' })
      const over = {
        ...edit,
        id: nextId(),
        body: { ...edit.body, caller: { ...named.caller, callerId: report.callerId } },
      }
      expect((await office.stranger.sync([forged(over)])).answers).toMatchObject([{ code: 'strangeCaller' }])
    })

    it('K8.1 what all may know is one call, whoever writes the second word down, proved or not', async () => {
      const callId = `call-${nextId()}`
      const open = await office.takeOpenly('13800130145')
      const [first, more] = [0, 1].map(() => office.callAbout(open.caseId, '', null, callId))
      if (first === undefined || more === undefined) throw new Error('two words')
      await office.taker.sync([office.hers(office.taker, first.mutation)])
      await office.taker.sync([{ ...office.hers(office.taker, more.mutation), author: '1002', session: null }])
      expect(await office.callsOf(open.caseId)).toMatchObject([
        { wantsReply: true },
        { again: true, wantsReply: false },
      ])
    })

    it('K10.3 a hidden second word does not tell that the first one is owed her reply', async () => {
      const callId = `call-${nextId()}`
      const open = await office.takeOpenly('13800130139')
      const [first, more] = ['report', 'report'].map(() =>
        office.callAbout(open.caseId, '13800130140', 'report', callId),
      )
      if (first === undefined || more === undefined) throw new Error('two words')
      await office.taker.sync([first, more].map(({ mutation }) => office.hers(office.taker, mutation)))
      expect(await office.callsOf(open.caseId)).toMatchObject([
        { wantsReply: true },
        { again: true, wantsReply: false },
      ])
      await office.stranger.pullAll()
      const told = must(office.stranger.cases.get(open.caseId), 'its events')
      const words = told.flatMap((event) => (event.type === 'callJoined' ? [event] : []))
      expect(words.map(({ call, groups }) => [call.again, call.wantsReply, groups.reply.mode])).toEqual([
        [undefined, true, 'later'],
        [undefined, false, 'notWanted'],
      ])
    })

    it('K8.7 K10.3 whether a call is rested upon is told by no number of who reports', async () => {
      const open = await office.takeOpenly('13800130141')
      const joined = await office.takeReport('13800130142')
      await office.makeOf(joined.caseId, 'help')
      const bait = office.callAbout(open.caseId, '13800130142')
      await office.stranger.sync([office.hers(office.stranger, bait.mutation)])
      await office.steps(joined.caseId, { type: 'join', into: open.caseId }, office.tokenFor('monitor'))
      await office.makeOf(joined.caseId, 'report')
      const out = { type: 'takeOut', caller: bait.callerId, reason: '另一件事' }
      const answer = await post(
        office.central.app,
        `/cases/${open.caseId}/steps`,
        { id: nextId(), step: out },
        office.stranger.token,
      )
      expect(answer.statusCode, answer.body).toBe(200)
    })
  })
}
