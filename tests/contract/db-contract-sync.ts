import { randomInt } from 'node:crypto'
/** Replay (R4) and the feed (R5) over POST /sync. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import { PAGE, type Article } from '../../shared/sync/protocol.ts'
import { renewEpoch } from '../../central/feed/sql.ts'
import { readCase } from '../../central/cases/service.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { publishArticles, withdrawArticle } from '../../central/kb/service.ts'
import { conflictContract } from './db-contract-conflicts.ts'
import { factContract } from './db-contract-facts.ts'
import type { OpenDb } from './open-db.ts'
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

export function syncContract(openDb: OpenDb): void {
  describe('sync', () => {
    let central: given.Central
    let desk: given.Desk
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      desk = await signIn(central.app)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const stored = async (caseId: string) =>
      must(await readCase(central, caseId, given.monitor), 'the case stands').record

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
        const desks = await Promise.all(Array.from({ length: 10 }, () => signIn(central.app, '1002')))
        const all = await Promise.all(
          Array.from({ length: 20 }, (_, index) => must(desks[index % 10], 'desk').sync([mutation, fact])),
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
        const writers = await Promise.all(
          Array.from({ length: 8 }, (_, index) => signIn(central.app, index < 4 ? '1001' : '1003')),
        )
        await must(writers[0], 'a writer').sync([shared.mutation])
        const writing = { on: true }
        const reader = await signIn(central.app, '1003', must(writers[7], 'a writer').storeId)
        const reading = (async () => {
          while (writing.on) await reader.sync()
        })()
        await Promise.all(
          writers.map(async (writer, index) => {
            for (let turn = 0; turn < 5; turn += 1) {
              const edit = editContent(shared.caseId, given.baseAfter(shared.mutation), `${index}.${turn}`)
              await writer.sync([openCase().mutation, edit])
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

      it('R5.2 pages end, a case once in a page, and the last one ends at the head', async () => {
        const many = Array.from({ length: PAGE + 20 }, () => openCase().mutation)
        const other = await signIn(central.app, '1004')
        const first = await other.sync(many)
        expect(first.answers).toHaveLength(PAGE + 20)
        expect(first.more).toBe(true)
        const { caseId, mutation } = openCase()
        await other.pullAll()
        const page = await other.sync([
          mutation,
          editContent(caseId, { mutation: mutation.id }, 'a'),
          replyAtOnce(caseId, { revision: 2 }),
        ])
        expect(page.changes.filter((change) => change.kind === 'case')).toHaveLength(1)
        expect(page.more).toBe(false)
        expect(other.cases.size).toBe(PAGE + 21)
        const again = await signIn(central.app, '1004', other.storeId)
        await again.pullAll()
        expect(again.cases.size).toBe(PAGE + 21)
        expect(again.cursor).toBe(other.cursor)
      })

      it('R5.3 after another epoch and beyond the head nothing is looked at; all is sent again and pulled from the start', async () => {
        const other = await signIn(central.app, '1004')
        const { caseId, mutation } = openCase()
        const { epoch, cursor } = await other.sync([mutation])
        for (const claim of [
          { epoch: 'of-a-backup', cursor },
          { epoch, cursor: cursor + 1_000_000 },
        ]) {
          Object.assign(other, claim)
          other.cases.clear()
          const late = openCase()
          const first = await other.sync([late.mutation])
          expect(first).toMatchObject({ sendAgain: true, more: true, cursor: 0, answers: [], changes: [] })
          expect(await readCase(central, late.caseId, given.monitor)).toBeNull()
          await other.pullAll()
          expect(other).toMatchObject({ epoch, cursor })
          expect([...other.cases.keys()]).toEqual([caseId])
        }
      })

      it('R5.7 after a restore an edit waits for the desk that has its case, at most a day; nothing else waits', async () => {
        const { clock, db } = central
        await db.tx('owner', (sql) => renewEpoch(sql, clock.now()))
        const [early, owner] = [await signIn(central.app, '1006'), await signIn(central.app, '1007')]
        const [lost, gone, free] = [openCase(), openCase(), openCase()]
        const edits = [lost, gone].map(({ caseId, mutation }) =>
          editContent(caseId, given.baseAfter(mutation), '先到的补充', '1006'),
        )
        const first = await early.sync([...edits, free.mutation])
        expect(first.answers.map(({ id }) => id)).toEqual([free.mutation.id])
        await owner.sync([lost.mutation])
        expect((await early.sync(edits)).answers).toMatchObject([{ id: edits[0]?.id, status: 'applied' }])
        expect((await stored(lost.caseId)).groups.content.text).toBe('先到的补充')
        clock.time += 24 * 3_600_000
        const later = await signIn(central.app, '1006', early.storeId)
        expect((await later.sync(edits)).answers).toMatchObject([
          { status: 'applied' },
          { status: 'quarantined', code: 'unknownCase' },
        ])
        clock.time -= 24 * 3_600_000
        // For the tests after this one no restore is near.
        await db.tx('owner', (sql) => renewEpoch(sql, 0))
        await desk.pullAll()
      })

      it('R5.4 carries a whole case to a desk that enters it late, with its caller', async () => {
        const { caseId, callerId, mutation } = openCase('0750-3500123', '内容', '张')
        await desk.sync([mutation])
        const late = await signIn(central.app, '1005')
        await late.pullAll()
        expect(late.cases.has(caseId)).toBe(false)
        const page = await late.sync([editContent(caseId, given.baseAfter(mutation), '补充', '1005')])
        const change = page.changes.find((one) => one.kind === 'case' && one.caseId === caseId)
        expect(change).toMatchObject({ callers: [{ callerId, name: '张', phone: '0750-3500123' }] })
        expect(late.cases.get(caseId)).toHaveLength(2)
        await desk.pullAll()
        expect(desk.cases.get(caseId)).toHaveLength(2)
      })

      it('R5.4 carries who called by now and whom the case named before, as its events name both', async () => {
        const { caseId, callerId, mutation } = openCase('0750-3500124', '内容', '陈')
        const by = { callerId: given.nextId(), name: '程', phone: '0750-3500125' }
        const edits = [{ group: 'caller' as const, value: { callerId: by.callerId } }]
        const corrected = given.caseMutation({ type: 'case.edit', caseId, base: given.baseAfter(mutation), edits })
        if (corrected.body.kind === 'case') corrected.body.caller = by
        const { changes } = await desk.sync([mutation, corrected])
        const change = changes.find((one) => one.kind === 'case' && one.caseId === caseId)
        expect(change).toMatchObject({ callers: [{ callerId, name: '陈' }, by] })
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

      it('R5.15 brings the directory to all desks, what stands now; what is withdrawn is taken away and may come back', async () => {
        const reader = await signIn(central.app, '1006')
        await reader.pullAll()
        const unit = (id: string, name: string): DirectoryEntry => ({
          ...{ id, kind: 'unit', name, numbers: [{ number: '3500211', words: '值班' }], hours: '', district: null },
        })
        const [one, two] = [unit('U-1', '市水务局'), unit('U-2', '市供电局')]
        expect(await publishDirectory(central.db, [one, two], false)).toEqual({ changed: 2, withdrawn: 0 })
        expect(await publishDirectory(central.db, [one, two], true)).toEqual({ changed: 0, withdrawn: 0 })
        const renamed = unit('U-1', '市水务集团')
        expect(await publishDirectory(central.db, [renamed], true)).toMatchObject({ changed: 1 })
        const told = (await reader.sync()).changes.filter(({ kind }) => kind.startsWith('directory'))
        expect(told).toMatchObject([
          { kind: 'directory', entry: renamed },
          { kind: 'directoryWithdrawn', id: 'U-2' },
        ])
        expect(await publishDirectory(central.db, [two], false)).toEqual({ changed: 1, withdrawn: 0 })
        expect((await reader.sync()).changes).toMatchObject([{ kind: 'directory', entry: two }])
      })

      it('R5.2 articles too heavy for one page come in several', async () => {
        const reader = await signIn(central.app, '1006')
        await reader.pullAll()
        // Nothing that a database could store in less: 60 kB each, 6 MB of them.
        const body = () => String.fromCharCode(...Array.from({ length: 20_000 }, () => 0x4e00 + randomInt(20_000)))
        const heavy = Array.from({ length: 100 }, (_, index) => ({ ...article(`KB-H${index}`, 1), body: body() }))
        await publishArticles(central.db, heavy)
        const first = await reader.sync()
        expect(first.more).toBe(true)
        expect(first.changes.length).toBeLessThan(100)
        const [second, third] = [await reader.sync(), await reader.sync()]
        expect([second.more, third.more]).toEqual([true, false])
        expect(first.changes.length + second.changes.length + third.changes.length).toBe(100)
      })
    })

    factContract(() => central, stored)
    conflictContract(() => central, stored)
  })
}
