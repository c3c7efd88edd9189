/** Who writes here (H16.7–H16.9): whom a mutation names did it, then, in a sign-in of hers. */
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendAudit } from '../../central/audit/sql.ts'
import { readCase } from '../../central/cases/service.ts'
import { migrate, migrationsFolder } from '../../central/db/migrate.ts'
import { renewEpoch } from '../../central/feed/sql.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { SESSION_MS } from '../../central/people/service.ts'
import { createStaffChanges } from '../../central/people/staff-changes.ts'
import { selectStaffAuthors } from '../../central/sync/sql.ts'
import { casePageSchema } from '../../shared/case/case-page.ts'
import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3_600_000
const notAtDesk = { status: 'quarantined', code: 'authorMayNot' }
const taken = { status: 'applied' }

export function authorContract(openDb: OpenDb, openEmptyDb: OpenDb): void {
  describe('who writes', () => {
    let central: given.Central
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await given.addOfEachRole(central.db)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const changes = () => createStaffChanges(central.db, central.clock, 'ops:tests', demoSeal)
    const opened = (by: Pick<Mutation, 'author'> & Partial<Mutation>): Mutation => ({
      ...given.openCase().mutation,
      at: central.clock.time,
      ...by,
    })
    const answersTo = async (desk: given.Desk, ...mutations: readonly Mutation[]) =>
      (await desk.sync(mutations)).answers.map(({ status, code }) =>
        code === undefined ? { status } : { status, code },
      )
    const isProved = (...mutations: readonly Mutation[]) =>
      Promise.all(
        mutations.map(({ id }) =>
          given.count(central.db, 'mutations where id = $1::uuid and session_checked', [id]).then((n) => n === 1),
        ),
      )

    it('H16.8 an author who is nobody here, or never worked at a desk, is set aside word for word and audited', async () => {
      const desk = await given.signIn(central.app)
      const forged = [
        opened({ author: '9999' }),
        opened({ author: '' }),
        opened({ author: given.staffNoOf('auditor') }),
        opened({ author: given.staffNoOf('unitMember') }),
      ]
      const honest = opened({ author: '1001', session: desk.session })
      const unknown = { status: 'quarantined', code: 'unknownAuthor' }
      const answers = [unknown, unknown, notAtDesk, notAtDesk, taken]
      expect(await answersTo(desk, ...forged, honest)).toEqual(answers)
      const kept = await central.db.tx('owner', (sql) =>
        sql.query<{ raw: string }>('select raw from quarantine order by mutation_id'),
      )
      expect(kept.map(({ raw }) => JSON.parse(raw) as unknown)).toEqual(forged)
      expect(await given.count(central.db, 'cases')).toBe(1)
      const audited = await central.db.tx('owner', (sql) =>
        sql.query(`select detail from audit where action = 'mutation.quarantined' order by seq`),
      )
      expect(audited).toEqual([
        { detail: { code: 'unknownAuthor', mutations: 2 } },
        { detail: { code: 'authorMayNot', mutations: 2 } },
      ])
      // Sent again, it is answered again.
      expect(await answersTo(desk, ...forged, honest)).toEqual(answers)
    })

    it('H16.8 what somebody did until she was deactivated is taken whenever it comes, what is said to be later is not', async () => {
      const desk = await given.signIn(central.app, '1002')
      const inSession = { author: '1002', session: desk.session }
      const [before, offline] = [opened(inSession), opened({ author: '1002' })]
      expect(await changes().deactivate('1002')).toMatchObject({ ok: true })
      const since = central.clock.time
      const onTheWay = opened({ ...inSession, at: since + MINUTE_MS })
      const after = opened({ ...inSession, at: since + MINUTE_MS + 1 })
      const withoutSession = opened({ author: '1002', at: since + MINUTE_MS + 1 })
      central.clock.time += 3 * DAY_MS
      // Deactivated again, it holds since the first time.
      expect(await changes().deactivate('1002')).toMatchObject({ ok: true })
      expect(await answersTo(desk, before, offline, onTheWay, after, withoutSession)).toEqual([
        ...[taken, taken, taken],
        ...[notAtDesk, notAtDesk],
      ])
      expect(await isProved(before, offline, onTheWay)).toEqual([true, false, true])
      expect(await changes().activate('1002')).toMatchObject({ ok: true })
      expect(await answersTo(desk, opened({ author: '1002' }))).toEqual([taken])
    })

    it('H16.8 so it is with who got a role that works at no desk, till she has another', async () => {
      const desk = await given.signIn(central.app, '1003')
      const before = opened({ author: '1003', session: desk.session })
      expect(await changes().change('1003', { role: 'quality' })).toMatchObject({ ok: true })
      const after = opened({ author: '1003', at: central.clock.time + MINUTE_MS + 1 })
      central.clock.time += DAY_MS
      expect(await changes().deactivate('1003')).toMatchObject({ ok: true })
      expect(await changes().activate('1003')).toMatchObject({ ok: true })
      expect(await answersTo(desk, before, after)).toEqual([taken, notAtDesk])
      expect(await changes().change('1003', { role: 'operator' })).toMatchObject({ ok: true })
      expect(await answersTo(desk, opened({ author: '1003' }))).toEqual([taken])
    })

    it('H16.7 a sign-in proves what was done while it lasted, give or take five minutes; all else is taken and marked', async () => {
      const desk = await given.signIn(central.app, '1004')
      const slack = 5 * MINUTE_MS
      const inSession = (at: number) => opened({ author: '1004', session: desk.session, at })
      const begun = central.clock.time
      const within = [inSession(begun - slack), inSession(begun), inSession(begun + 7_200_000 + slack)]
      const outside = [inSession(begun - slack - 1), inSession(begun + 7_200_000 + slack + 1)]
      central.clock.time += 7_200_000
      await given.post(central.app, '/sign-out', {}, desk.token)
      const all = [...within, ...outside]
      expect(await answersTo(desk, ...all)).toEqual(all.map(() => taken))
      expect(await isProved(...all)).toEqual([true, true, true, false, false])

      const late = await given.signInAt(central.app, desk.device, '1004', desk.storeId)
      const inLate = (at: number) => opened({ author: '1004', session: late.session, at })
      const expired = [
        inLate(central.clock.time + SESSION_MS + slack),
        inLate(central.clock.time + SESSION_MS + slack + 1),
      ]
      expect(await answersTo(desk, ...expired)).toEqual([taken, taken])
      expect(await isProved(...expired)).toEqual([true, false])
    })

    it('H16.9 no fact that the telephone tells is set aside for its author; what is said in her name is', async () => {
      const desk = await given.signIn(central.app, '1005')
      const callId = given.nextId()
      const at = central.clock.time
      const told: CallFact[] = [
        { callId, kind: 'offered', at, number: '13800138000', queue: 'main' },
        { callId, kind: 'answered', at },
        { callId, kind: 'ended', at, outcome: 'completed' },
      ]
      const words: CallFact[] = [
        { callId, kind: 'said', at, sentence: 'greeting', script: 1 },
        { callId, kind: 'warned', at, count: 1 },
        { callId, kind: 'warningWithdrawn', at, count: 1 },
        { callId, kind: 'settled', at, outcome: 'silent', caseId: null },
      ]
      for (const author of ['', '9999', given.staffNoOf('auditor')]) {
        const sent = [...told, ...words].map((fact) => given.callMutation(fact, author))
        const statuses = (await desk.sync(sent)).answers.map(({ status }) => status)
        expect(statuses).toEqual([...told.map(() => 'applied'), ...words.map(() => 'quarantined')])
      }
    })

    it('H16.10 what is taken without proof stands in the audit once a day for each sign-in that is named', async () => {
      const desk = await given.signIn(central.app, '1007')
      const audited = () =>
        central.db.tx('owner', (sql) =>
          sql.query<{ object: string; detail: object }>(
            `select object, detail from audit where action = 'mutation.unproved' and place = $1::text order by seq`,
            [desk.storeId],
          ),
        )
      const [offline, lost] = [{ author: '1007' }, { author: '1008', session: given.nextId() }]
      const told = (author: string, session: string | null, mutations: number) => ({
        object: author,
        detail: { session, mutations },
      })
      await desk.sync([
        opened({ author: '1007', session: desk.session }),
        given.callMutation({ callId: 'c', kind: 'answered', at: central.clock.time }, '1007'),
        opened({ author: '9999' }),
      ])
      expect(await audited()).toEqual([])
      await desk.sync([opened(offline), opened(offline)])
      await desk.sync([opened(offline)])
      await desk.sync([opened({ author: '1007', session: desk.session })])
      await desk.sync([opened(offline)])
      expect(await audited()).toEqual([told('1007', null, 2)])
      await desk.sync([opened(lost), opened(lost), opened(offline)])
      const both = [told('1007', null, 2), told('1008', lost.session, 2)]
      expect(await audited()).toEqual(both)
      // Whoever else wrote in between.
      for (const _ of [1, 2, 3]) for (const by of [offline, lost]) await desk.sync([opened(by)])
      expect(await audited()).toEqual(both)
      central.clock.time += DAY_MS
      await desk.sync([opened(offline)])
      expect((await audited()).slice(2)).toEqual([told('1007', null, 1)])
    })

    it('H16.11 the page of a case tells the centre what of it is unproved, and a unit nothing of that', async () => {
      const desk = await given.signIn(central.app, '1001')
      const at = central.clock.time
      const offline = { author: '1001', session: null, at }
      const { caseId, mutation } = given.openCase()
      const opening = { ...mutation, ...offline }
      const edit = (text: string, more: Partial<Mutation>) => ({
        ...given.editContent(caseId, { mutation: opening.id }, text),
        ...{ at: at + 1, ...more },
      })
      const reply = { ...given.replyAtOnce(caseId, { mutation: opening.id }), at: at + 3, author: '1002' }
      await desk.sync([opening, edit('已核实', { session: desk.session }), edit('未核实', { at: at + 2 }), reply])
      const page = async (role: 'monitor' | 'quality') => {
        const { token } = await given.tokenOf(central.app, role)
        const headers = { authorization: `Bearer ${token}` }
        const answer = await central.app.inject({ method: 'GET', url: `/cases/${caseId}`, headers })
        return casePageSchema.parse(answer.json())
      }
      const unproved = [
        { at, by: '1001', opening: true },
        { at: at + 2, by: '1001', opening: false },
        { at: at + 3, by: '1002', opening: false },
      ]
      expect((await page('monitor')).unproved).toEqual(unproved)
      expect((await page('quality')).unproved).toEqual(unproved)
      await central.db.tx('owner', (sql) =>
        sql.query('update cases set unit = $2::text where case_id = $1::uuid', [caseId, given.UNIT]),
      )
      const member = {
        staffNo: given.staffNoOf('unitMember'),
        role: 'unitMember',
        storeId: null,
        unit: given.UNIT,
      } as const
      expect((await readCase(central, caseId, member))?.unproved).toEqual([])
    })

    it('H16.8 who was deactivated or left desks before central asked for it did so when the audit says, or then', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sanxin-authors-'))
      const earlier = (await readdir(migrationsFolder)).filter((name) => name < '0064' && !name.startsWith('0050'))
      for (const name of earlier) await copyFile(join(migrationsFolder, name), join(folder, name))
      const old = await openEmptyDb()
      await migrate(old, folder)
      await old.tx('owner', async (sql) => {
        await sql.script(`insert into staff (staff_no, name, role, password_hash, active) values
          ('1', 'a', 'operator', 'x', false), ('2', 'b', 'monitor', 'x', false), ('3', 'c', 'operator', 'x', true),
          ('4', 'd', 'auditor', 'x', false), ('5', 'e', 'quality', 'x', true), ('6', 'f', 'quality', 'x', true),
          ('7', 'g', 'auditor', 'x', true)`)
        // As it stood before secrets were sealed.
        await sql.script(`alter table staff drop constraint totp_secret_sealed;
          update staff set totp_secret = 'CLEAR' where staff_no in ('2', '5');
          alter table staff add constraint totp_secret_sealed
            check (totp_secret is null or totp_secret like 'v1.%') not valid`)
        for (const at of [500, 700])
          await appendAudit(sql, { at, actor: 'ops', place: null, action: 'staff.deactivated', object: '1' })
        const roleIs = (at: number, action: 'staff.added' | 'staff.changed', object: string, role: string) =>
          appendAudit(sql, { at, actor: 'ops', place: null, action, object, detail: { role } })
        await roleIs(100, 'staff.added', '5', 'monitor')
        await roleIs(800, 'staff.changed', '5', 'quality')
        await roleIs(900, 'staff.changed', '6', 'auditor')
        await roleIs(950, 'staff.changed', '6', 'quality')
        await roleIs(100, 'staff.added', '7', 'quality')
        await roleIs(970, 'staff.changed', '7', 'auditor')
      })
      const before = Date.now() - 1
      await migrate(old)
      const found = await old.tx('sanxin_desk', (sql) => selectStaffAuthors(sql, ['1', '2', '3', '4', '5', '6', '7']))
      const since = (staffNo: string) => found.get(staffNo)?.deskUntil
      expect([since('1'), since('3'), since('4')]).toEqual([700, null, null])
      expect([since('5'), since('6'), since('7')]).toEqual([800, 900, null])
      expect(since('2')).toBeGreaterThanOrEqual(before)
      const clear = old.tx('owner', (sql) => sql.query(`update staff set totp_secret = 'x' where staff_no = '1'`))
      await expect(clear).rejects.toThrow('totp_secret_sealed')
      await old.close()
      await rm(folder, { recursive: true })
    })

    it('H16.8 for a day after a restore who is not known here any more is taken with what she did before it', async () => {
      const { db, clock } = central
      const desk = await given.signIn(central.app, '1006')
      const before = () => opened({ author: '7001', at: clock.time - DAY_MS })
      expect(await answersTo(desk, before())).toEqual([{ status: 'quarantined', code: 'unknownAuthor' }])
      await db.tx('owner', (sql) => renewEpoch(sql, clock.now()))
      await desk.pullAll()
      const sent = before()
      const later = opened({ author: '7001', at: clock.time + 5 * MINUTE_MS })
      expect(await answersTo(desk, sent, later)).toEqual([taken, { status: 'quarantined', code: 'unknownAuthor' }])
      expect(await isProved(sent)).toEqual([false])
      clock.time += DAY_MS
      expect(await answersTo(desk, before())).toEqual([{ status: 'quarantined', code: 'unknownAuthor' }])
    })
  })
}
