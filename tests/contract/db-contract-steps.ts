/** The life of a case at central (R8): steps of the centre and of the member units, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDirectory } from '../../central/directory/service.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { caseMutation, count, nextId, post, staffNoOf, tokenOf, UNIT } = given
const OTHER = 'U-SW'

export function stepContract(openDb: OpenDb): void {
  describe('the life of a case', () => {
    let central: given.Central
    const tokens = new Map<StaffRole, string>()
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await given.addOfEachRole(central.db)
      const unit = (id: string, name: string): DirectoryEntry => ({
        kind: 'unit',
        id,
        name,
        numbers: [{ number: '3500201', words: '' }],
        hours: '',
        district: null,
      })
      await publishDirectory(central.db, [unit(UNIT, '市城管局'), unit(OTHER, '市水务局')], false)
      for (const role of ['monitor', 'operator', 'unitMember', 'quality'] as const)
        tokens.set(role, (await tokenOf(central.app, role)).token)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    const taken = async (role: StaffRole, caseId: string, step: CaseStep, id = nextId()) => {
      const answer = await post(central.app, `/cases/${caseId}/steps`, { id, step }, tokens.get(role) ?? '')
      return [
        answer.statusCode,
        answer.json<{ state?: string; code?: string; detail?: string; life?: { answer: string | null } }>(),
      ] as const
    }
    const seen = async (role: StaffRole, caseId: string) =>
      (await central.app.inject({ url: `/cases/${caseId}`, headers: { authorization: `Bearer ${tokens.get(role)}` } }))
        .statusCode

    /** A matter that waits for dispatch, at the desk that took the call. */
    async function waiting() {
      const desk = await given.signIn(central.app, '1001')
      const { caseId, mutation } = given.openCase()
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const replied = caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply })
      await desk.sync([mutation, replied])
      await desk.pullAll()
      return { desk, caseId }
    }

    it('R8.1 a unit gets it, sees it from then on, signs and answers; the desk that took the call hears of each step', async () => {
      const { desk, caseId } = await waiting()
      expect(await seen('unitMember', caseId)).toBe(404)
      expect(await taken('unitMember', caseId, { type: 'sign' })).toMatchObject([404, { code: 'notFound' }])
      expect(await taken('monitor', caseId, { type: 'dispatch', unit: UNIT })).toMatchObject([200, { state: 'toSign' }])
      expect(await seen('unitMember', caseId)).toBe(200)
      expect(await taken('unitMember', caseId, { type: 'sign' })).toMatchObject([200, { state: 'inHand' }])
      expect(await taken('unitMember', caseId, { type: 'answer', text: '已修复' })).toMatchObject([
        200,
        { state: 'answered' },
      ])
      await desk.pullAll()
      expect(desk.cases.get(caseId)?.slice(-3)).toMatchObject([
        { type: 'caseStepped', step: { type: 'dispatch', unit: UNIT }, by: staffNoOf('monitor'), unit: null },
        { type: 'caseStepped', step: { type: 'sign' }, by: staffNoOf('unitMember'), unit: UNIT },
        { type: 'caseStepped', step: { type: 'answer', text: '已修复' }, state: 'answered', unit: UNIT },
      ])
    })

    it('R8.2 sent again it is answered again and taken once; of two at once one is taken', async () => {
      const { caseId } = await waiting()
      const id = nextId()
      const dispatch: CaseStep = { type: 'dispatch', unit: UNIT }
      const first = await taken('monitor', caseId, dispatch, id)
      expect(await taken('monitor', caseId, dispatch, id)).toEqual(first)
      const both = await Promise.all([
        taken('unitMember', caseId, { type: 'sign' }),
        taken('unitMember', caseId, { type: 'sign' }),
      ])
      expect(both.map(([status]) => status).toSorted()).toEqual([200, 409])
      expect(await count(central.db, 'case_events where case_id = $1::uuid', [caseId])).toBe(5)
      const { caseId: another } = await waiting()
      expect(await taken('monitor', another, dispatch, id)).toMatchObject([400, { detail: 'id' }])
    })

    it('R8.3 what may not be is refused with a code and the reason, and nothing is written', async () => {
      const { caseId } = await waiting()
      const before = await count(central.db, 'mutations')
      expect(await taken('quality', caseId, { type: 'archive' })).toMatchObject([403, { code: 'forbidden' }])
      expect(await taken('operator', caseId, { type: 'dispatch', unit: UNIT })).toMatchObject([
        403,
        { detail: 'dispatch' },
      ])
      expect(await taken('monitor', caseId, { type: 'settle' })).toMatchObject([409, { detail: 'toDispatch' }])
      expect(await taken('monitor', caseId, { type: 'dispatch', unit: 'U-NONE' })).toMatchObject([
        400,
        { detail: 'unit' },
      ])
      expect(await taken('monitor', caseId, { type: 'join', into: nextId() })).toMatchObject([400, { detail: 'into' }])
      expect(await taken('monitor', nextId(), { type: 'dispatch', unit: UNIT })).toMatchObject([
        404,
        { code: 'notFound' },
      ])
      expect(await taken('monitor', caseId, { type: 'supervise', reason: ' ' })).toMatchObject([
        400,
        { detail: 'step.reason' },
      ])
      expect(await count(central.db, 'mutations')).toBe(before)
    })

    it('R8.4 a unit that returned it sees it no more; one that takes part does, and does not lead', async () => {
      const { caseId } = await waiting()
      await taken('monitor', caseId, { type: 'dispatch', unit: UNIT })
      expect(await taken('unitMember', caseId, { type: 'return', reason: '属水务' })).toMatchObject([
        200,
        { state: 'toDispatch' },
      ])
      expect(await seen('unitMember', caseId)).toBe(404)
      await taken('monitor', caseId, { type: 'dispatch', unit: OTHER })
      await taken('monitor', caseId, { type: 'invite', units: [UNIT] })
      expect(await seen('unitMember', caseId)).toBe(200)
      const read = await central.app.inject({
        url: `/cases/${caseId}`,
        headers: { authorization: `Bearer ${tokens.get('unitMember')}` },
      })
      expect(read.json<{ steps: { step: CaseStep }[] }>().steps.map(({ step }) => step)).toMatchObject([
        { type: 'dispatch', unit: UNIT },
        { type: 'return', reason: '属水务' },
        { type: 'dispatch', unit: OTHER },
        { type: 'invite', units: [UNIT] },
      ])
      expect(await taken('unitMember', caseId, { type: 'sign' })).toMatchObject([403, { detail: 'sign' }])
      expect(await taken('unitMember', caseId, { type: 'contribute', text: '已查看' })).toMatchObject([
        200,
        { state: 'toSign' },
      ])
    })

    it('R8.2 a step by which a unit gave the case away is answered again to it, and to nobody else', async () => {
      const { caseId } = await waiting()
      await taken('monitor', caseId, { type: 'dispatch', unit: UNIT })
      const id = nextId()
      const away: CaseStep = { type: 'return', reason: '属水务' }
      const first = await taken('unitMember', caseId, away, id)
      expect(first).toMatchObject([200, { state: 'toDispatch' }])
      expect(await taken('unitMember', caseId, away, id.toUpperCase())).toEqual(first)
      expect(await taken('operator', caseId, away, id)).toMatchObject([400, { detail: 'id' }])
      expect(await taken('unitMember', caseId, away)).toMatchObject([404, { code: 'notFound' }])
    })

    it('R8.3 an odd character in the words is stored visibly, never refused', async () => {
      const { caseId } = await waiting()
      await taken('monitor', caseId, { type: 'dispatch', unit: UNIT })
      await taken('unitMember', caseId, { type: 'sign' })
      expect(await taken('unitMember', caseId, { type: 'answer', text: '已修\u0000复\ud800' })).toMatchObject([
        200,
        { life: { answer: '已修\ufffd复\ufffd' } },
      ])
    })

    it('R8.5 of two joined to each other at once one goes on', async () => {
      const [{ caseId: one }, { caseId: other }] = [await waiting(), await waiting()]
      const both = await Promise.all([
        taken('monitor', one, { type: 'join', into: other }),
        taken('monitor', other, { type: 'join', into: one }),
      ])
      expect(both.map(([status]) => status).toSorted()).toEqual([200, 400])
    })

    it('R8.5 joined, the case that goes on must be one that does', async () => {
      const [{ caseId }, { caseId: into }] = [await waiting(), await waiting()]
      expect(await taken('monitor', caseId, { type: 'join', into })).toMatchObject([200, { state: 'joined' }])
      const { caseId: third } = await waiting()
      expect(await taken('monitor', third, { type: 'join', into: caseId })).toMatchObject([
        400,
        { detail: 'intoEnded' },
      ])
    })

    it('R8.6 an edit by the desk that took the call goes on beside the steps, and is not late', async () => {
      const { desk, caseId } = await waiting()
      await taken('monitor', caseId, { type: 'dispatch', unit: UNIT })
      await desk.pullAll()
      const events = desk.cases.get(caseId) ?? []
      const answer = await desk.sync([given.editContent(caseId, baseOf(events), '补充：灯杆号 12')])
      expect(answer.answers).toMatchObject([{ status: 'applied', revision: events.length + 1 }])
      await desk.pullAll()
      expect(desk.cases.get(caseId)?.at(-1)).toMatchObject({
        type: 'groupEdited',
        edit: { value: { text: '补充：灯杆号 12' } },
      })
    })
  })
}
