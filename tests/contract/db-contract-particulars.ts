/** What a form asks beyond the fixed fields, at central (K7): kept, reckoned, masked, hidden, found. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishTable } from '../../central/tables/service.ts'
import type { CasePage } from '../../shared/case/case-page.ts'
import type { OpenedGroups } from '../../shared/case/case-record.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { matterOfCase, score } from '../../shared/case/form-check.ts'
import { shippedForm } from '../../shared/case/form.ts'
import type { Values } from '../../shared/case/particulars.ts'
import { must } from '../../shared/errors.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { startWithRoles } from './roles-fixture.ts'

const { caseMutation, nextId, post, UNIT } = given
const CARD = '11010519491231002X'
const EMPLOYER = '某某建筑公司'

type Taken = { readonly caseId: string; readonly callerId: string; readonly mutation: string }

export function particularContract(openDb: OpenDb): void {
  describe('particulars', () => {
    let central: given.Central
    let taker: given.Desk
    let tokenFor: (role: StaffRole) => string
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ central, taker, tokenFor, close } = await startWithRoles(await openDb()))
    })
    afterAll(() => close())

    const pageText = async (caseId: string, token: string) =>
      (await central.app.inject({ url: `/cases/${caseId}`, headers: { authorization: `Bearer ${token}` } })).body
    const page = async (caseId: string, token: string) => JSON.parse(await pageText(caseId, token)) as CasePage
    const kept = async (caseId: string) => {
      const [row] = await central.db.tx('owner', (sql) =>
        sql.query<{ score: number | null; version: number | null; particulars: Values }>(
          'select score, form_version as version, particulars from cases where case_id = $1::uuid',
          [caseId],
        ),
      )
      return must(row, 'a case')
    }

    /** A case with particulars of both kinds, which waits for dispatch and is dispatched. */
    async function take(kind: CaseKind, values: Values, papers: Values | undefined, version = 0): Promise<Taken> {
      const { mutation, caseId, callerId } = given.openCase('13800130099', '工地做了三个月', '王先生')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open' || body.caller === null) throw new Error('no case')
      const groups: OpenedGroups = {
        ...body.command.groups,
        classification: { kind, code: '1201' },
        particulars: { version, values },
      }
      const caller = papers === undefined ? body.caller : { ...body.caller, papers }
      const opened = {
        ...mutation,
        at: central.clock.now(),
        body: { ...body, command: { ...body.command, groups }, caller },
      }
      const reply = { mode: 'later' as const, text: '', articles: [] }
      await taker.sync([
        opened,
        caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply }, '1001', opened.at),
      ])
      return { caseId, callerId, mutation: mutation.id }
    }
    async function dispatch(caseId: string) {
      const step = { id: nextId(), step: { type: 'dispatch', unit: UNIT } }
      expect((await post(central.app, `/cases/${caseId}/steps`, step, tokenFor('monitor'))).statusCode).toBe(200)
    }

    it('K7.13 what lies with the caller comes to lie there, however it was sent: no event, unit or desk is told it', async () => {
      const taken = await take('report', { workers: '12', employer: EMPLOYER }, { idCard: CARD })
      await dispatch(taken.caseId)
      expect((await kept(taken.caseId)).particulars).toEqual({ workers: '12' })
      const papersOf = async () =>
        (
          await central.db.tx('owner', (sql) =>
            sql.query<{ papers: Values }>('select papers from callers where caller_id = $1::uuid', [taken.callerId]),
          )
        )[0]?.papers
      expect(await papersOf()).toEqual({ employer: EMPLOYER, idCard: CARD })
      // And by an edit that brings no identity: what stood before it is kept.
      const value = { version: 0, values: { workers: '13', employer: '另一家' } }
      const base = { mutation: taken.mutation }
      const edit = {
        type: 'case.edit' as const,
        caseId: taken.caseId,
        base,
        edits: [{ group: 'particulars' as const, value }],
      }
      const { answers } = await taker.sync([caseMutation(edit, '1001', central.clock.now())])
      expect(answers).toMatchObject([{ status: 'applied' }])
      expect((await kept(taken.caseId)).particulars).toEqual({ workers: '13' })
      expect(await papersOf()).toEqual({ employer: '另一家', idCard: CARD })
      const before = await central.db.tx('owner', (sql) =>
        sql.query('select papers from callers_before where caller_id = $1::uuid', [taken.callerId]),
      )
      expect(before).toEqual([{ papers: { employer: EMPLOYER, idCard: CARD } }])
      for (const role of ['unitMember', 'operator'] as const)
        expect(await pageText(taken.caseId, tokenFor(role))).not.toMatch(new RegExp(`${EMPLOYER}|另一家`))
      const events = await central.db.tx('owner', (sql) =>
        sql.query<{ data: string }>('select data::text as data from case_events where case_id = $1::uuid', [
          taken.caseId,
        ]),
      )
      expect(JSON.stringify(events)).not.toMatch(new RegExp(`${EMPLOYER}|另一家`))
    })

    it('K7.8 how complete a case is stands beside it with the version of the form, and a step leaves it', async () => {
      const { caseId, mutation } = await take('help', { workers: '12' }, { employer: EMPLOYER })
      const reckoned = async () => {
        const { record, caller } = await page(caseId, tokenFor('monitor'))
        return score(shippedForm, matterOfCase(record, caller))
      }
      const first = await kept(caseId)
      expect(first).toEqual({ score: await reckoned(), version: shippedForm.version, particulars: { workers: '12' } })
      const values = { wagesOwed: '8000', workers: '12' }
      await taker.sync([
        caseMutation({
          ...{ type: 'case.edit', caseId, base: { mutation } },
          edits: [{ group: 'particulars', value: { version: 0, values } }],
        }),
      ])
      const then = await kept(caseId)
      expect(then).toMatchObject({ score: await reckoned(), particulars: values })
      expect(then.score).toBeGreaterThan(must(first.score, 'a score'))
      await dispatch(caseId)
      expect(await kept(caseId)).toEqual(then)
      expect((await page(caseId, tokenFor('unitMember'))).score).toBe(then.score)
    })

    it('K7.9 what is personal is masked for who need not know it; the unit reads it, with the labels of then', async () => {
      const { caseId } = await take('help', { workers: '12' }, { idCard: CARD, employer: EMPLOYER })
      await dispatch(caseId)
      const seen = await page(caseId, tokenFor('unitMember'))
      expect(seen.caller?.papers).toEqual({ employer: EMPLOYER, idCard: CARD })
      expect(seen.fields.map(({ label }) => label.zh)).toEqual(['用人单位', '涉及人数', '身份证号'])
      const masked = await page(caseId, tokenFor('quality'))
      expect(masked.caller?.papers).toEqual({ employer: EMPLOYER, idCard: '***002X' })
      const table = await post(central.app, '/cases/export', { words: '三个月' }, tokenFor('quality'))
      expect(table.body).toContain('用人单位：某某建筑公司；涉及人数：12；身份证号：***002X')
      expect(table.body).not.toContain(CARD)
    })

    it('K7.9 in a report it is hidden as the reporter is: on pages, in tables, in what desks are told, in searches', async () => {
      const secret = '独一无二劳务公司'
      const { caseId } = await take('report', { workers: '30' }, { employer: secret })
      await dispatch(caseId)
      for (const role of ['operator', 'unitMember', 'quality'] as const)
        expect(await pageText(caseId, tokenFor(role)), role).not.toContain(secret)
      expect(await pageText(caseId, tokenFor('monitor'))).toContain(secret)
      expect(await pageText(caseId, taker.token)).toContain(secret)
      expect((await page(caseId, tokenFor('unitMember'))).record.groups.particulars.values).toEqual({ workers: '30' })
      const table = await post(central.app, '/cases/export', {}, tokenFor('quality'))
      expect(table.body).not.toContain(secret)
      const beside = await given.signInWithTeam(central, 'A', '1002')
      const told = await beside.pullAll()
      expect(JSON.stringify(told)).not.toContain(secret)
      expect(JSON.stringify(told)).toContain(caseId)
      const found = await post(central.app, '/cases/find', { words: '独一无二' }, tokenFor('monitor'))
      expect(found.json<{ cases: unknown[] }>().cases).toEqual([])
      expect(await given.count(central.db, `case_events where data::text like '%${secret}%'`)).toBe(0)
    })

    it('K7.10 the words of what lies with the case are found', async () => {
      const { caseId } = await take('help', { project: '凤凰台三期' }, undefined)
      const found = await post(central.app, '/cases/find', { words: '凤凰台' }, tokenFor('operator'))
      expect(found.json<{ cases: { caseId: string }[] }>().cases.map((one) => one.caseId)).toEqual([caseId])
    })

    it('K7.9 a correction by an older program, which knows of no papers, takes none away', async () => {
      const { caseId, mutation } = await take('help', {}, { idCard: CARD })
      const callerId = nextId()
      const edit = caseMutation({
        ...{ type: 'case.edit', caseId, base: { mutation } },
        edits: [{ group: 'caller', value: { callerId } }],
      })
      if (edit.body.kind !== 'case') throw new Error('no case')
      await taker.sync([{ ...edit, body: { ...edit.body, caller: { callerId, name: '王', phone: '13800130098' } } }])
      const { caller } = await page(caseId, tokenFor('monitor'))
      expect(caller).toMatchObject({ name: '王', papers: { idCard: CARD } })
    })

    it('K7.7 an edit of particulars that meets another one is kept beside it, as of any group', async () => {
      const { caseId, mutation } = await take('help', { workers: '1' }, undefined)
      const edit = (workers: string, base: { mutation: string } | { revision: number }) =>
        caseMutation({
          ...{ type: 'case.edit', caseId, base },
          edits: [{ group: 'particulars', value: { version: 0, values: { workers } } }],
        })
      await taker.sync([edit('2', { mutation })])
      const beside = await given.signInWithTeam(central, 'A', '1002')
      await beside.sync([edit('3', { revision: 0 })])
      const events = must((await beside.pullAll(), beside.cases.get(caseId)), 'the case')
      const record = must(foldCase(null, caseId, events), 'a record')
      expect(record.groups.particulars.values).toEqual({ workers: '2' })
      expect(record.late).toMatchObject([{ group: 'particulars', value: { values: { workers: '3' } } }])
    })

    it('K7.7 a value that no form could have sent is set aside with its mutation, and nothing of it is lost', async () => {
      const before = await given.count(central.db, 'quarantine')
      await take('help', { workers: 'x'.repeat(2001) }, undefined)
      await take('help', { 'not an id': '1' }, undefined)
      expect(await given.count(central.db, 'quarantine')).toBeGreaterThanOrEqual(before + 2)
    })

    it('K7.11 a page has the labels of the version that its particulars were taken with', async () => {
      const administrator = { staffNo: given.staffNoOf('administrator'), role: 'administrator' as const }
      const deps = { db: central.db, clock: central.clock, log: () => undefined }
      const call = async (zh: string, base: number) => {
        const fields = shippedForm.fields.map((field) =>
          field.id === 'workers' ? { ...field, label: { ...field.label, zh } } : field,
        )
        const reader = { ...administrator, storeId: null, unit: null }
        const published = await publishTable(deps, 'form', { base, body: { fields }, why: '改名' }, reader)
        if (!published.ok) throw new Error(JSON.stringify(published))
      }
      const taken = async (version: number) =>
        (await take('help', { workers: '1', project: '甲' }, { employer: '乙' }, version)).caseId
      const labels = async (caseId: string) =>
        (await page(caseId, tokenFor('monitor'))).fields.map(({ label }) => label.zh)
      const cases = [await taken(0)]
      await call('工人数', 0)
      cases.push(await taken(1))
      await call('欠薪人数', 1)
      cases.push(await taken(2), await taken(2_000_000_000))
      expect(await Promise.all(cases.map(labels))).toEqual([
        ['用人单位', '涉及人数', '工程或楼盘'],
        ['用人单位', '工人数', '工程或楼盘'],
        ['用人单位', '欠薪人数', '工程或楼盘'],
        ['用人单位', '欠薪人数', '工程或楼盘'],
      ])
    })
  })
}
