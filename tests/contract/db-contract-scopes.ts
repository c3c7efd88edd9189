/** What a desk holds (R5.4, R5.10 …), and a file that is a copy (H14.4). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASKED_MS, SHIFT_MS } from '../../central/cases/scopes.ts'
import { deskCodeOf } from '../../central/people/desk-code.ts'
import { renewEpoch } from '../../central/feed/sql.ts'
import { readCase } from '../../central/cases/service.ts'
import { must } from '../../shared/errors.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { count, editContent, openCase, post, signIn } = given

export function scopeContract(openDb: OpenDb): void {
  describe('scopes', () => {
    let central: given.Central
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    /** A case of now: the shift goes by when it was opened. */
    const opened = () => {
      const { mutation, ...rest } = openCase()
      return { ...rest, mutation: { ...mutation, at: central.clock.time } }
    }
    const inTeam = (team: string, staffNo: string) => given.signInWithTeam(central, team, staffNo)

    it('R5.10 desks of one team follow what each of them opens, as long as the shift lasts; others do not', async () => {
      const [one, other, stranger, alone] = [
        await inTeam('A', '1001'),
        await inTeam('A', '1002'),
        await inTeam('B', '1003'),
        await signIn(central.app, '1004'),
      ]
      for (const desk of [one, other, stranger, alone]) await desk.pullAll()
      const { caseId, mutation } = opened()
      await one.sync([mutation])
      await one.sync([editContent(caseId, { mutation: mutation.id }, '第二版')])
      for (const desk of [other, stranger, alone]) await desk.pullAll()
      expect([other, stranger, alone].map((desk) => desk.cases.has(caseId))).toEqual([true, false, false])
      expect(other.cases.get(caseId)).toHaveLength(2)

      central.clock.time += SHIFT_MS
      await one.sync([editContent(caseId, { mutation: mutation.id }, '下一班')])
      for (const desk of [one, other]) await desk.pullAll()
      // Over for the team, told with the next change; her own it stays.
      expect([one, other].map((desk) => desk.cases.get(caseId)?.length)).toEqual([3, undefined])
      const { head } = await one.sync().then(async () => ({ head: await count(central.db, 'feed') }))
      await one.sync([editContent(caseId, { mutation: mutation.id }, '再下一班')])
      expect((await count(central.db, 'feed')) - head).toBe(1)
    })

    it('R5.10 what a desk opened long ago and brings back is no longer the shift’s', async () => {
      const [one, other] = [await inTeam('A', '1001'), await inTeam('A', '1002')]
      for (const desk of [one, other]) await desk.pullAll()
      const { caseId, mutation } = openCase()
      await one.sync([mutation])
      await other.pullAll()
      expect(other.cases.has(caseId)).toBe(false)
    })

    it('R5.11 what was asked for at a desk comes to it for a day, and then leaves with the next change', async () => {
      const [owner, asking] = [await signIn(central.app, '1001'), await signIn(central.app, '1002')]
      const { caseId, mutation } = openCase('0750-3511111')
      await owner.sync([mutation])
      await asking.pullAll()
      expect(asking.cases.has(caseId)).toBe(false)
      await post(central.app, '/cases/of-caller', { phone: '+86 750 3511111' }, asking.token)
      await asking.pullAll()
      expect(asking.cases.get(caseId)).toHaveLength(1)
      // Asked again it is not told again.
      const before = await count(central.db, 'feed')
      await post(central.app, '/cases/of-caller', { phone: '07503511111' }, asking.token)
      expect(await count(central.db, 'feed')).toBe(before)

      central.clock.time += ASKED_MS
      await owner.sync([editContent(caseId, { mutation: mutation.id }, '第二版')])
      const { changes } = await asking.sync()
      expect(changes).toMatchObject([{ kind: 'caseLeft', caseId }])
      expect(await count(central.db, 'case_scopes where case_id = $1::uuid', [caseId])).toBe(1)
      // A hand in it makes it her own.
      await asking.sync([editContent(caseId, { revision: 2 }, '第三版', '1002')])
      central.clock.time += ASKED_MS
      await owner.sync([editContent(caseId, { mutation: mutation.id }, '第四版')])
      await asking.pullAll()
      expect(asking.cases.get(caseId)?.length).toBeGreaterThan(2)
    })

    it('R5.11 who reads without a desk follows nothing', async () => {
      const { caseId, mutation } = openCase()
      await (await signIn(central.app)).sync([mutation])
      await readCase(central, caseId, given.monitor)
      expect(await count(central.db, 'case_scopes where case_id = $1::uuid', [caseId])).toBe(1)
    })

    it('R5.12 a desk that begins anew is given what it follows now, not what it followed long ago', async () => {
      const desk = await signIn(central.app, '1005')
      const [old, young] = [openCase(), openCase()]
      await desk.sync([old.mutation])
      central.clock.time += 31 * 24 * 3_600_000
      await (await signIn(central.app, '1006')).sync([openCase().mutation])
      const again = await signIn(central.app, '1005', desk.storeId)
      await again.sync([young.mutation])
      await central.db.tx('owner', (sql) => renewEpoch(sql, 0))
      await again.pullAll()
      again.cases.clear()
      await again.pullAll()
      const anew = await signIn(central.app, '1005', desk.storeId)
      await anew.pullAll()
      expect([...anew.cases.keys()]).toEqual([young.caseId])
      // It changes: it comes.
      await again.sync([editContent(old.caseId, { mutation: old.mutation.id }, '又有人问')])
      await anew.pullAll()
      expect(anew.cases.get(old.caseId)).toHaveLength(2)
    })

    it('R5.12 a desk that was bound anew since it pulled gathers anew: else it would not hear what left meanwhile', async () => {
      const [one, other] = [await inTeam('A', '1001'), await inTeam('A', '1002')]
      const { caseId, mutation } = opened()
      await one.sync([mutation])
      await other.pullAll()
      expect(other.cases.has(caseId)).toBe(true)
      // Another device is enrolled for it and the answer is lost; the case leaves; it comes as the device that it was.
      await given.enrol(central.app, other.storeId)
      central.clock.time += SHIFT_MS
      await one.sync([editContent(caseId, { mutation: mutation.id }, '下一班')])
      await given.postAs(central.app, '/desk', { storeId: other.storeId }, other.device)
      const { epoch } = other
      expect(await other.sync()).toMatchObject({ sendAgain: true, epoch, cursor: 0, more: true })
      other.cases.clear()
      expect((await other.pullAll()).some(({ sendAgain }) => sendAgain)).toBe(false)
      expect(other.cases.has(caseId)).toBe(false)
    })

    it('R5.13 names the oldest backup that may be gone back to, less an hour for the clocks', async () => {
      const desk = await signIn(central.app, '1007')
      expect((await desk.sync()).horizon).toBeNull()
      const { time } = central.clock
      const DAY = 86_400_000
      const backups = [time - 40 * DAY, time - 20 * DAY, time - DAY]
      await central.db.tx('owner', async (sql) => {
        for (const at of backups) await sql.query('insert into backups (at, whole) values ($1::bigint, true)', [at])
        await sql.query('insert into backups (at) values ($1::bigint)', [time - 25 * DAY])
      })
      expect((await desk.sync()).horizon).toBe(time - 20 * DAY - 3_600_000)
    })

    it('R5.14 a desk code that may have been given since the backup is not given again', async () => {
      const lost = await signIn(central.app, '1008')
      // As after a restore: central knows nothing of the desk.
      await central.db.tx('owner', async (sql) => {
        await sql.query(
          'delete from sessions where device_id in (select device_id from devices where store_id = $1::uuid)',
          [lost.storeId],
        )
        await sql.query('delete from devices where store_id = $1::uuid', [lost.storeId])
        await sql.query('delete from stores where store_id = $1::uuid', [lost.storeId])
        await renewEpoch(sql, 0)
      })
      const next = await signIn(central.app, '1009')
      expect(next.deskCode).not.toBe(lost.deskCode)
      // The same backup once more, which knows nothing of that desk either.
      await central.db.tx('owner', (sql) => renewEpoch(sql, 0, 900))
      expect((await signIn(central.app, '1009')).deskCode).toBe(deskCodeOf(1100))
    })

    it('H14.4 who does not name the newest that was taken of its file is told which, and nothing of it is looked at', async () => {
      const desk = await signIn(central.app, '1001')
      const [first, second, copied] = [openCase(), openCase(), openCase()]
      expect((await desk.sync([first.mutation])).last).toBe(first.mutation.id)
      const { last, ...rest } = desk
      expect((await desk.sync([second.mutation])).last).toBe(second.mutation.id)
      const request = {
        protocol: PROTOCOL_VERSION,
        storeId: rest.storeId,
        epoch: rest.epoch,
        cursor: rest.cursor,
        last,
      }
      const answer = await given.postAs(central.app, '/sync', { ...request, mutations: [copied.mutation] }, desk.device)
      expect(answer.json()).toMatchObject({ answers: [], last: second.mutation.id })
      expect(await readCase(central, copied.caseId, given.monitor)).toBeNull()
      // The one that has it names it, and goes on.
      expect((await desk.sync([copied.mutation])).answers).toMatchObject([{ status: 'applied' }])
      expect(must(desk.last, 'the newest')).toBe(copied.mutation.id)
    })
  })
}
