/** Replay (R4), the feed (R5) and facts (R3) over POST /sync. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import { BATCH, type Article } from '../../shared/sync/protocol.ts'
import { readCase } from '../../central/cases/service.ts'
import { publishArticles, withdrawArticle } from '../../central/kb/service.ts'
import { conflictContract } from './db-contract-conflicts.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import * as given from './db-fixture.ts'

const { callMutation, count, editContent, nextId, openCase, replyAtOnce, signIn } = given

function article(id: string, version: number, title = '社保卡补办'): Article {
  const rest = {
    family: 'social-security',
    body: '带身份证',
    source: '人社局',
    unit: '市人社局',
    district: null,
    questions: [],
  }
  return { id, version, title, validUntil: '2027-12-31', ...rest }
}

export function syncContract(openEmptyDb: OpenEmptyDb): void {
  describe('sync', () => {
    let central: given.Central
    let desk: given.Desk
    beforeAll(async () => {
      central = await given.startCentral(await openEmptyDb())
      desk = await signIn(central.app)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const stored = async (caseId: string) => must(await readCase(central.db, caseId), 'the case stands').record

    describe('replay', () => {
      it('R4.1 the same mutation 100 times, one after the other: one effect, one answer', async () => {
        const { caseId, mutation } = openCase()
        const edit = editContent(caseId, { mutation: mutation.id }, '第二版')
        const first = await desk.sync([mutation, edit])
        for (let time = 1; time < 100; time += 1)
          expect((await desk.sync([mutation, edit])).answers).toEqual(first.answers)
        expect(first.answers.map(({ status }) => status)).toEqual(['applied', 'applied'])
        expect((await stored(caseId)).revision).toBe(2)
        expect(await count(central.db, 'case_events where case_id = $1::uuid', [caseId])).toBe(2)
      })

      it('R4.2 the same mutation 20 times at once: one effect, one answer', async () => {
        const { caseId, mutation } = openCase()
        const fact = callMutation({ callId: 'call-r42', kind: 'offered', at: 5, number: '3500123', queue: '12345' })
        const desks = await Promise.all(Array.from({ length: 4 }, () => signIn(central.app, '1002')))
        const all = await Promise.all(
          Array.from({ length: 20 }, (_, index) => must(desks[index % 4], 'desk').sync([mutation, fact])),
        )
        for (const { answers } of all) expect(answers).toEqual(must(all[0], 'an answer').answers)
        expect((await stored(caseId)).revision).toBe(1)
        expect(await count(central.db, `call_facts where call_id = 'call-r42'`)).toBe(1)
        expect(await count(central.db, 'mutations where id = $1::uuid', [mutation.id])).toBe(1)
        expect(central.logged.filter(({ event }) => event === 'mutationFailed')).toEqual([])
      })

      it('R4.3 a refusal and a quarantine are answered the same again, whatever changed meanwhile', async () => {
        const { caseId, mutation } = openCase()
        const early = replyAtOnce(caseId, { mutation: mutation.id })
        const strange = { id: nextId(), at: -1 }
        const first = await desk.sync([early, strange])
        expect(first.answers.map(({ status }) => status)).toEqual(['refused', 'quarantined'])
        await desk.sync([mutation])
        expect((await desk.sync([early, strange])).answers).toEqual(first.answers)
      })
    })

    describe('the feed', () => {
      it('R5.1 skips nothing while eight desks write at once', async () => {
        const shared = openCase()
        const writers = await Promise.all(Array.from({ length: 8 }, () => signIn(central.app, '1003')))
        await must(writers[0], 'a writer').sync([shared.mutation])
        const writing = { on: true }
        const reader = await signIn(central.app, '1003', must(writers[7], 'a writer').storeId)
        const reading = (async () => {
          while (writing.on) await reader.sync()
        })()
        await Promise.all(
          writers.map(async (writer, index) => {
            for (let turn = 0; turn < 5; turn += 1) {
              await writer.sync([openCase().mutation, editContent(shared.caseId, { revision: 1 }, `${index}.${turn}`)])
            }
          }),
        )
        writing.on = false
        await reading
        for (const writer of writers) {
          await writer.pullAll()
          const mine = await count(central.db, 'case_scopes where store_id = $1::uuid', [writer.storeId])
          expect(writer.cases.size).toBe(mine)
          expect(writer.cases.get(shared.caseId)).toHaveLength(41)
        }
        await reader.pullAll()
        expect(reader.cases).toEqual(must(writers[7], 'a writer').cases)
        expect(await count(central.db, 'feed')).toBe(
          await count(central.db, 'generate_series(1, (select head from feed_head))'),
        )
      })

      it('R5.2 pages by the batch, a case once in a page, and ends at the head', async () => {
        const many = Array.from({ length: BATCH + 20 }, () => openCase().mutation)
        const other = await signIn(central.app, '1004')
        const first = await other.sync(many.slice(0, BATCH))
        expect(first.more).toBe(true)
        await other.sync(many.slice(BATCH))
        const { caseId, mutation } = openCase()
        await other.pullAll()
        const page = await other.sync([
          mutation,
          editContent(caseId, { mutation: mutation.id }, 'a'),
          replyAtOnce(caseId, { revision: 2 }),
        ])
        expect(page.changes.filter((change) => change.kind === 'case')).toHaveLength(1)
        expect(page.more).toBe(false)
        expect(other.cases.size).toBe(BATCH + 21)
        const again = await signIn(central.app, '1004', other.storeId)
        await again.pullAll()
        expect(again.cases.size).toBe(BATCH + 21)
        expect(again.cursor).toBe(other.cursor)
      })

      it('R5.3 begins again after another epoch and beyond the head', async () => {
        const other = await signIn(central.app, '1004')
        const { caseId, mutation } = openCase()
        const { epoch, cursor } = await other.sync([mutation])
        for (const claim of [
          { epoch: 'of-a-backup', cursor },
          { epoch, cursor: cursor + 1_000_000 },
        ]) {
          Object.assign(other, claim)
          other.cases.clear()
          await other.pullAll()
          expect(other).toMatchObject({ epoch, cursor })
          expect([...other.cases.keys()]).toEqual([caseId])
        }
      })

      it('R5.4 carries a whole case to a desk that enters it late, with its caller', async () => {
        const { caseId, callerId, mutation } = openCase('0750-3500123', '内容', '张')
        await desk.sync([mutation])
        const late = await signIn(central.app, '1005')
        await late.pullAll()
        expect(late.cases.has(caseId)).toBe(false)
        const page = await late.sync([editContent(caseId, { revision: 1 }, '补充', '1005')])
        const change = page.changes.find((one) => one.kind === 'case' && one.caseId === caseId)
        expect(change).toMatchObject({ callers: [{ callerId, name: '张', phone: '0750-3500123' }] })
        expect(late.cases.get(caseId)).toHaveLength(2)
        await desk.pullAll()
        expect(desk.cases.get(caseId)).toHaveLength(2)
      })

      it('R5.5 brings articles to all desks, the current version only, and takes withdrawn ones away', async () => {
        const reader = await signIn(central.app, '1006')
        await reader.pullAll()
        expect(await publishArticles(central.db, [article('KB-1', 1), article('KB-2', 1)])).toBe(2)
        expect(await publishArticles(central.db, [article('KB-1', 1), article('KB-2', 1)])).toBe(0)
        expect(await publishArticles(central.db, [article('KB-1', 2, '新的标题')])).toBe(1)
        expect(await withdrawArticle(central.db, 'KB-2')).toBe(true)
        const articles = (await reader.sync()).changes.filter((change) => change.kind !== 'case')
        expect(articles).toMatchObject([
          { kind: 'article', article: { id: 'KB-1', version: 2, title: '新的标题' } },
          { kind: 'articleWithdrawn', id: 'KB-2' },
        ])
        expect(await publishArticles(central.db, [article('KB-2', 1)])).toBe(1)
        expect((await reader.sync()).changes).toMatchObject([{ kind: 'article', article: { id: 'KB-2' } }])
      })
    })

    describe('facts', () => {
      it('R3.1 one strange mutation is set aside word for word and stops no other', async () => {
        const one = openCase()
        const two = openCase()
        const tooLong = openCase('1', '字'.repeat(10_001))
        const strange = [{ id: nextId(), body: { kind: 'unheard' } }, { id: nextId() }, tooLong.mutation]
        const { answers } = await desk.sync([one.mutation, ...strange, two.mutation])
        expect(answers.map(({ status }) => status)).toEqual([
          'applied',
          'quarantined',
          'quarantined',
          'quarantined',
          'applied',
        ])
        const [row] = await central.db.tx('owner', (sql) =>
          sql.query<{ raw: string }>('select raw from quarantine where mutation_id = $1::uuid', [tooLong.mutation.id]),
        )
        expect(JSON.parse(must(row, 'the raw text').raw)).toEqual(tooLong.mutation)
      })

      it('R3.2 keeps what was typed for a case that never came, and a number that is taken', async () => {
        const orphan = editContent(nextId(), { revision: 1 }, '打了很久的字')
        const one = openCase()
        const twin = openCase()
        const { command } = twin.mutation.body as Extract<typeof twin.mutation.body, { kind: 'case' }>
        const { command: first } = one.mutation.body as Extract<typeof one.mutation.body, { kind: 'case' }>
        if (command.type === 'case.open' && first.type === 'case.open') command.caseNo = first.caseNo
        const { answers } = await desk.sync([orphan, one.mutation, twin.mutation])
        expect(answers.map(({ status, code }) => code ?? status)).toEqual(['unknownCase', 'applied', 'caseNoTaken'])
        expect(await count(central.db, `quarantine where raw like '%打了很久的字%'`)).toBe(1)
      })

      it('R3.3 tells a call by its facts, in any order, over all desks that it was offered to', async () => {
        const callId = 'call-r33'
        const { caseId } = openCase()
        const facts = [
          { callId, kind: 'settled', at: 90, outcome: 'newCase', caseId },
          { callId, kind: 'ended', at: 80, outcome: 'completed' },
          { callId, kind: 'ended', at: 20, outcome: 'missed' },
          { callId, kind: 'answered', at: 30 },
          { callId, kind: 'talking', at: 31 },
          { callId, kind: 'offered', at: 25, number: '13800138000', queue: '12345' },
          { callId, kind: 'offered', at: 10, number: '13800138000', queue: '12345' },
        ] as const
        const { answers } = await desk.sync(facts.map((fact) => callMutation(fact)))
        expect(answers.every(({ status }) => status === 'applied')).toBe(true)
        const [call] = await central.db.tx('sanxin_desk', (sql) =>
          sql.query('select * from calls where call_id = $1::text', [callId]),
        )
        expect(call).toMatchObject({
          number: '13800138000',
          phone_key: '8613800138000',
          offered_at: 10,
          answered_at: 30,
          ended_at: 80,
          outcome: 'completed',
          settled_outcome: 'newCase',
          case_id: caseId,
        })
      })

      it('R3.4 stores hostile text, and never fails on it', async () => {
        const hostile = [
          `'; drop table cases; --`,
          '"\\\'$1 %s {}',
          'NUL\u0000NUL',
          '\ud800 lone \udc00',
          '\u202Eأمر',
          '字'.repeat(10_000),
        ]
        for (const text of hostile) {
          const { caseId, mutation } = openCase(text.slice(0, 60), text, text.slice(0, 40))
          const { answers } = await desk.sync([mutation])
          expect(answers).toMatchObject([{ status: 'applied', revision: 1 }])
          const kept = text.toWellFormed().replaceAll('\u0000', '\ufffd')
          expect((await stored(caseId)).groups.content.text).toBe(kept)
        }
        const raw = {
          id: nextId(),
          '\u0000key': '\ud800',
          __proto__: null,
          body: { kind: 'call', fact: { callId: '\u0000'.repeat(9999) } },
        }
        const deep = `{"id":"${nextId()}","body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
        const envelope = JSON.stringify({
          protocol: 1,
          storeId: desk.storeId,
          epoch: desk.epoch,
          cursor: desk.cursor,
          mutations: [raw],
        })
        const payload = envelope.replace(/\]\}$/, `,${deep}]}`)
        const headers = { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' }
        const answer = await central.app.inject({ method: 'POST', url: '/sync', payload, headers })
        expect(answer.json()).toMatchObject({ answers: [{ status: 'quarantined' }, { status: 'quarantined' }] })
      })
    })

    conflictContract(() => central, stored)
  })
}
