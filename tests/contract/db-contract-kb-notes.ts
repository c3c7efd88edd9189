/** What desks tell the editors: wrong answers and what was looked for in vain (rules KE, KG in shared/kb/SPEC.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectTasks } from '../../central/kb/tasks-sql.ts'
import { publishArticles } from '../../central/kb/service.ts'
import type { KbNote, WrongAnswer } from '../../shared/kb/note.ts'
import type { Article, Mutation } from '../../shared/sync/protocol.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { count, nextId } = given

const article: Article = {
  ...{ id: 'KB-N1', version: 3, family: 'f', title: '28 路', body: '票价：2 元', source: '公交集团', unit: '公交集团' },
  ...{ validUntil: '2027-01-01', district: null, questions: [] },
}

const noteMutation = (note: KbNote, more: Partial<Mutation> = {}): Mutation => ({
  ...{ id: nextId(), at: 2000, author: '1001', session: null, body: { kind: 'kb', note }, ...more },
})
const wrong = (more: Partial<WrongAnswer> = {}, mutation: Partial<Mutation> = {}) =>
  noteMutation(
    {
      ...{
        type: 'kb.wrong',
        articleId: 'KB-N1',
        version: 3,
        words: '末班车改到 23:30',
        callId: 'call-9',
        caseId: null,
      },
      ...more,
    },
    mutation,
  )
const gap = (words: string, more: Partial<Mutation> = {}) => noteMutation({ type: 'kb.gap', words }, more)

export function kbNoteContract(openDb: OpenDb): void {
  describe('what desks tell the editors', () => {
    let central: given.Central
    let desk: given.Desk
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await publishArticles(central.db, [article])
      desk = await given.signIn(central.app)
      await desk.pullAll()
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const rows = <R extends object>(sql: string, params: readonly string[] = []) =>
      central.db.tx('owner', (tx) => tx.query<R>(sql, params))
    const task = async ({ id }: Mutation) => (await rows('select * from kb_tasks where id = $1::uuid', [id]))[0]
    const times = async (words: string) =>
      (await rows<{ times: number }>('select times from kb_gaps where words = $1::text', [words]))[0]?.times

    it('KE4 a wrong answer is one task, however often it comes, with its call; the audit has who said so', async () => {
      const { session } = desk
      const caseId = nextId()
      const at = central.clock.time
      const said = wrong({ caseId }, { session, at })
      for (let round = 0; round < 3; round++) {
        const { answers } = await desk.sync([said, said])
        expect(answers.map(({ status }) => status)).toEqual(['applied', 'applied'])
      }
      expect(await count(central.db, 'kb_tasks')).toBe(1)
      expect(await task(said)).toMatchObject({
        ...{ article_id: 'KB-N1', version: 3, words: '末班车改到 23:30', call_id: 'call-9', case_id: caseId },
        ...{ staff_no: '1001', at, done_at: null },
      })
      const told = await central.db.tx('sanxin_reader', (sql) => selectTasks(sql, false, 10), { role: 'editor' })
      expect(told).toMatchObject([{ id: said.id, callId: null, caseId }])
      const audited = await rows(`select actor, place, object, detail from audit where action = 'article.doubted'`)
      expect(audited).toMatchObject([
        { actor: '1001', place: desk.storeId, object: 'KB-N1', detail: { task: said.id, times: 1 } },
      ])
    })

    it('KE4 of an article that never was here it is refused by a code, and kept word for word; so are identity numbers', async () => {
      const [unknown, naming] = [wrong({ articleId: 'KB-X' }), wrong({ words: '440703199003071231 说不对' })]
      const { answers } = await desk.sync([unknown, naming])
      const refused = [
        { id: unknown.id, status: 'refused', code: 'unknownArticle' },
        { id: naming.id, status: 'refused', code: 'namesCitizen' },
      ]
      expect(answers).toMatchObject(refused)
      expect((await desk.sync([unknown, naming])).answers).toMatchObject(refused)
      expect([await task(unknown), await task(naming)]).toEqual([undefined, undefined])
      const kept = await rows<{ raw: string }>('select raw from quarantine where mutation_id = $1::uuid', [unknown.id])
      expect(kept.map(({ raw }) => JSON.parse(raw) as unknown)).toEqual([unknown])
    })

    it('KE4 whoever names another’s sign-in says nothing; a case beside it goes on', async () => {
      const other = await given.signIn(central.app, '1002')
      const lying = wrong({}, { session: other.session })
      const opened = given.openCase()
      const { answers } = await desk.sync([lying, opened.mutation])
      expect(answers.map(({ status, code }) => [status, code])).toEqual([
        ['quarantined', 'strangeAuthor'],
        ['applied', undefined],
      ])
      expect(await task(lying)).toBeUndefined()
    })

    it('KG3 what was looked for in vain is counted once a mutation, over desks, and never refused', async () => {
      const other = await given.signIn(central.app, '1002')
      const [mine, hers] = [gap('长者饭堂'), gap('长者饭堂', { author: '1002' })]
      await desk.sync([mine, mine, gap('长者饭堂'), gap('月球 登记处')])
      await desk.sync([mine])
      expect((await other.sync([hers])).answers).toMatchObject([{ status: 'applied' }])
      expect([await times('长者饭堂'), await times('月球 登记处')]).toEqual([3, 1])
      const desks = await rows(`select store_id, times from kb_gap_desks where words = '长者饭堂' order by times`)
      expect(desks).toEqual([
        { store_id: other.storeId, times: 1 },
        { store_id: desk.storeId, times: 2 },
      ])
    })

    it('KG3 no number of a citizen is kept, though an older state of a desk should send one', async () => {
      const { answers } = await desk.sync([gap('１３８ 0000 2210 退款'), gap('13800002210')])
      expect(answers.map(({ status }) => status)).toEqual(['applied', 'applied'])
      const all = await rows<{ words: string }>('select words from kb_gaps')
      expect(all.map(({ words }) => words).filter((words) => /\d{5}/.test(words))).toEqual([])
      expect(await times('***** 退款')).toBe(1)
    })

    it('KE4 the same from many desks at once: each one task, and gaps in whatever order', async () => {
      const desks = await Promise.all(['1001', '1002', '1003'].map((staffNo) => given.signIn(central.app, staffNo)))
      const before = await count(central.db, 'kb_tasks')
      const words = ['甲事', '乙事', '丙事']
      await Promise.all(
        desks.map(({ sync, staffNo: author }, index) =>
          sync([
            wrong({}, { author }),
            ...[...words.slice(index), ...words.slice(0, index)].map((one) => gap(one, { author })),
          ]),
        ),
      )
      expect(await count(central.db, 'kb_tasks')).toBe(before + 3)
      for (const one of words) expect(await times(one)).toBe(3)
    })
  })
}
