/** Conflicts and refusals (R6): nothing is lost silently, and transitions answer with a code. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import type { Base } from '../../shared/case/commands.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import type { Change } from '../../shared/sync/protocol.ts'
import { readCase } from '../../central/cases/service.ts'
import { renewEpoch } from '../../central/feed/sql.ts'
import * as given from './db-fixture.ts'

const { baseAfter, count, editContent, nextId, openCase, replyAtOnce, signIn } = given

export function conflictContract(
  centralOf: () => given.Central,
  stored: (caseId: string) => Promise<CaseRecord>,
): void {
  describe('conflicts', () => {
    let a: given.Desk
    let b: given.Desk
    beforeAll(async () => {
      a = await signIn(centralOf().app, '1001')
      b = await signIn(centralOf().app, '1002')
    })

    it('R6.1 keeps the stored value and the late one', async () => {
      const { caseId, mutation } = openCase()
      await a.sync([mutation])
      await b.sync([editContent(caseId, baseAfter(mutation), '乙的', '1002')])
      const { answers } = await a.sync([editContent(caseId, { mutation: mutation.id }, '甲的')])
      expect(answers).toMatchObject([{ status: 'applied', revision: 3 }])
      const record = await stored(caseId)
      expect(record.groups.content.text).toBe('乙的')
      expect(record.late).toMatchObject([{ group: 'content', value: { text: '甲的' }, by: '1001' }])
    })

    it('R6.2 does not take a colleague’s work as seen because one’s own later edit stands after it', async () => {
      const { caseId, mutation } = openCase()
      await a.sync([mutation])
      await b.sync([editContent(caseId, baseAfter(mutation), '乙的', '1002')])
      const place = given.caseMutation({
        type: 'case.edit',
        caseId,
        base: { mutation: mutation.id },
        edits: [{ group: 'place', value: { district: '江海区', street: null, address: '' } }],
      })
      await a.sync([place, editContent(caseId, { mutation: place.id }, '甲的')])
      const record = await stored(caseId)
      expect(record.groups.place.district).toBe('江海区')
      expect(record.groups.content.text).toBe('乙的')
      expect(record.late).toHaveLength(1)
    })

    it('R6.3 edits in a chain of one’s own are never late; an unknown base is', async () => {
      const { caseId, mutation } = openCase()
      const second = editContent(caseId, { mutation: mutation.id }, '二')
      const third = editContent(caseId, { mutation: second.id }, '三')
      const strange = editContent(caseId, { mutation: nextId() }, '不知从何')
      await a.sync([mutation, second, third])
      await b.sync([strange])
      const record = await stored(caseId)
      expect(record.groups.content.text).toBe('三')
      expect(record.late).toMatchObject([{ value: { text: '不知从何' } }])
    })

    it('R6.7 lets an edit upon another history than stands cover nothing: it is kept beside, and so is what goes on from it', async () => {
      const { caseId, mutation } = openCase()
      const reply = replyAtOnce(caseId, baseAfter(mutation))
      await a.sync([mutation, editContent(caseId, { mutation: mutation.id }, '现在的')])
      const lost = editContent(caseId, { mutation: mutation.id }, '恢复之前的')
      // As many events, and one more; and what an older desk says, which names no history.
      const bases = [baseAfter(mutation, lost), baseAfter(mutation, lost, reply), { revision: 2 }, { revision: 9 }]
      const edits = bases.map((base, index) => editContent(caseId, base, `没看过的人写的${index}`, '1002'))
      const upon = editContent(caseId, { mutation: must(edits[0], 'an edit').id }, '接着写的', '1002')
      const { answers } = await b.sync([...edits, upon])
      expect(answers.map(({ status }) => status)).toEqual(Array(5).fill('applied'))
      const record = await stored(caseId)
      expect(record.groups.content.text).toBe('现在的')
      expect(record.late.map(({ mutation: id }) => id)).toEqual([...edits, upon].map(({ id }) => id))
    })

    it('R6.7 refuses a choice upon another history with its code, and keeps what was to be chosen from', async () => {
      const { caseId, mutation } = openCase()
      const stands = editContent(caseId, { mutation: mutation.id }, '现在的')
      const late = editContent(caseId, baseAfter(mutation), '晚到的', '1002')
      await a.sync([mutation, stands])
      await b.sync([late])
      const lost = editContent(caseId, { mutation: mutation.id }, '恢复之前的')
      const name = { mutation: late.id, group: 'content' as const }
      const settle = (base: Base) => given.caseMutation({ type: 'case.settle', caseId, base, late: name, take: true })
      const { answers } = await a.sync([settle(baseAfter(mutation, lost, late))])
      expect(answers).toMatchObject([{ status: 'refused', code: 'illegalTransition' }])
      expect(await stored(caseId)).toMatchObject({ groups: { content: { text: '现在的' } }, late: [{}] })
      expect((await a.sync([settle(baseOf(must(a.cases.get(caseId), 'the case')))])).answers).toMatchObject([
        { status: 'applied' },
      ])
      expect(await stored(caseId)).toMatchObject({ groups: { content: { text: '晚到的' } }, late: [] })
    })

    it('R6.7 takes an edit upon the same history under a new epoch, as after a promotion, for what it is: not late', async () => {
      const { app, db } = centralOf()
      const { caseId, mutation } = openCase()
      const second = editContent(caseId, baseAfter(mutation), '第二版', '1002')
      await a.sync([mutation])
      await b.sync([second])
      const seen = baseOf(must(b.cases.get(caseId), 'the case'))
      expect(seen).toEqual(baseAfter(mutation, second))
      await db.tx('owner', (sql) => renewEpoch(sql, 0))
      const after = await signIn(app, '1002')
      await after.sync([editContent(caseId, seen, '切换之后写的', '1002')])
      expect(await stored(caseId)).toMatchObject({ groups: { content: { text: '切换之后写的' } }, late: [] })
      for (const desk of [a, b]) await desk.pullAll()
    })

    it('R6.4 refuses a transition that is not possible any more, with a code, and keeps what it said', async () => {
      const { caseId, mutation } = openCase()
      const reply = replyAtOnce(caseId, { mutation: mutation.id })
      const second = replyAtOnce(caseId, { mutation: reply.id }, '又一次')
      const { answers } = await a.sync([mutation, reply, second, mutation, { ...mutation, id: nextId() }])
      expect(answers.map(({ status, code }) => code ?? status)).toEqual([
        'applied',
        'applied',
        'illegalTransition',
        'applied',
        'illegalTransition',
      ])
      expect((await stored(caseId)).state).toBe('repliedAtOnce')
      expect(
        await count(centralOf().db, `quarantine where mutation_id = $1::uuid and reason = 'illegalTransition'`, [
          second.id,
        ]),
      ).toBe(1)
      const unknown = openCase()
      const lost = replyAtOnce(unknown.caseId, { mutation: nextId() })
      expect((await a.sync([unknown.mutation, lost])).answers).toMatchObject([
        {},
        { status: 'refused', code: 'illegalTransition' },
      ])
    })

    it('R6.5 decides per case in the order of sending, and what is pulled folds to what stands', async () => {
      const { caseId, mutation } = openCase()
      const edits = Array.from({ length: 20 }, (_, index) =>
        editContent(caseId, { mutation: mutation.id }, `第${index}版`),
      )
      const { changes } = await a.sync([mutation, ...edits])
      const change = must(
        changes.find((one): one is Extract<Change, { kind: 'case' }> => one.kind === 'case' && one.caseId === caseId),
        'the case',
      )
      expect(foldCase(null, caseId, change.events)).toEqual(await stored(caseId))
      expect((await stored(caseId)).groups.content.text).toBe('第19版')
    })

    it('R6.6 corrects an identity, keeps the one before, and lets no command write into a stranger’s', async () => {
      const one = openCase('13800138001', '内容', '陈')
      const two = openCase('13800138002', '内容', '李')
      await a.sync([one.mutation, two.mutation])
      const correct = editContent(one.caseId, baseAfter(one.mutation), '内容')
      const renamed = {
        ...correct,
        body: { ...correct.body, caller: { callerId: one.callerId, name: '程', phone: '13800138001' } },
      }
      const stranger = editContent(one.caseId, baseAfter(one.mutation), '内容')
      const intruder = {
        ...stranger,
        body: { ...stranger.body, caller: { callerId: two.callerId, name: '?', phone: '' } },
      }
      const { answers, changes } = await a.sync([renamed, intruder])
      expect(answers).toMatchObject([
        { status: 'applied', revision: 1 },
        { status: 'quarantined', code: 'strangeCaller' },
      ])
      expect(changes).toMatchObject([{ caseId: one.caseId, callers: [{ name: '程' }] }])
      expect(
        await count(centralOf().db, `callers_before where caller_id = $1::uuid and name = '陈'`, [one.callerId]),
      ).toBe(1)
      expect((await readCase(centralOf(), two.caseId, given.monitor))?.caller?.name).toBe('李')
    })
  })
}
