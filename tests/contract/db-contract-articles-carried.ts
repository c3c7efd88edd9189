/** What desks tell the editors, and articles as files (rules KA15 to KA17 in shared/kb/SPEC.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countGap } from '../../central/kb/gaps-sql.ts'
import { insertTask } from '../../central/kb/tasks-sql.ts'
import { carryPlanSchema } from '../../shared/kb/article-life-carry.ts'
import { gapListSchema, madeArticleSchema, taskListSchema } from '../../shared/kb/article-life-page.ts'
import { articleFields, edit, openArticleOffice, publish, submit, type ArticleOffice } from './article-office.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { said } from './unit-office.ts'

const { nextId, UNIT } = given

export function carriedContract(openDb: OpenDb): void {
  describe('articles and what is told of them', () => {
    let office: ArticleOffice
    beforeAll(async () => {
      office = await openArticleOffice(await openDb())
    })
    afterAll(() => office.close())

    it('KA15 what a desk found wrong is a task once, what it looked for in vain is counted; neither keeps a citizen’s number', async () => {
      const { db } = office.central
      const articleId = await office.begun()
      const id = nextId()
      const task = {
        id,
        articleId,
        version: 3,
        words: '电话 138-1234-5678 说 8 路已改线',
        callId: 'c1',
        caseId: nextId(),
      }
      const storeId = nextId()
      await db.tx('sanxin_desk', async (sql) => {
        for (const _ of [1, 2]) await insertTask(sql, { ...task, by: '1001', at: 5 })
        for (const words of ['８路 改线', '8路,改线', '13812345678 ']) await countGap(sql, { words, storeId, at: 7 })
      })
      const tasks = async (ended = 0) =>
        taskListSchema.parse((await office.asEditor(`/kb/tasks?ended=${ended}`)).json()).tasks
      expect(await tasks()).toMatchObject([
        { id, words: '电话 ***** 说 8 路已改线', by: '1001', title: articleFields.title, doneAt: null },
      ])
      const gaps = async (ended = 0) =>
        gapListSchema.parse((await office.asEditor(`/kb/gaps?ended=${ended}`)).json()).gaps
      expect(await gaps()).toMatchObject([
        { words: '8路 改线', times: 2, desks: 1 },
        { words: '*****', times: 1 },
      ])
      expect(said(await office.asEditor(`/kb/tasks/${id}/close`, { why: '已改为第 4 版' }))).toEqual([200, {}])
      expect((await office.asEditor(`/kb/tasks/${id}/close`, { why: '再办' })).statusCode).toBe(404)
      expect([await tasks(), (await tasks(1))[0]?.why]).toEqual([[], '已改为第 4 版'])
      expect(said(await office.asEditor('/kb/gaps/close', { words: '8路 改线', why: '已有 KB-8' }))).toEqual([200, {}])
      expect((await gaps()).map(({ words }) => words)).toEqual(['*****'])
      // What is looked for in vain again is open again, counted from then on.
      await db.tx('sanxin_desk', (sql) => countGap(sql, { words: '8路改线', storeId, at: 9 }))
      await db.tx('sanxin_desk', (sql) => countGap(sql, { words: '8路 改线', storeId: nextId(), at: 9 }))
      expect((await gaps()).find(({ words }) => words === '8路 改线')).toMatchObject({ times: 1, desks: 2 })
      expect((await office.asUnit(await office.signIn('3001'), '/kb/tasks')).statusCode).toBe(403)
      for (const role of [undefined, 'operator', 'monitor', 'unitMember'] as const)
        for (const table of ['kb_tasks', 'kb_gaps', 'kb_gap_desks'])
          expect(
            await db.tx(
              'sanxin_reader',
              (sql) => sql.query(`select from ${table}`),
              role === undefined ? {} : { role },
            ),
          ).toEqual([])
    })

    it('KA16 KA17 what was exported comes back the same; what a file changes is shown, and just that is done, or nothing', async () => {
      const id = await office.begun({ ...articleFields, title: '=出入', words: ['出', '入'] })
      await office.take(id, submit, publish)
      for (const format of ['csv', 'json']) {
        const file = (await office.asEditor(`/kb/export?format=${format}`)).rawPayload
        const plan = carryPlanSchema.parse((await office.sent(`/kb/import?format=${format}`, file)).json())
        expect(plan.counts, format).toEqual({ fresh: 0, changed: 0, same: 1, refused: 0 })
      }
      const desk = await given.signIn(office.central.app, '1001')
      await desk.pullAll()
      const csv = (title: string) =>
        Buffer.from(
          `编号,标题,正文,有效至,状态,依据,单位\n${[
            `${id},${title},新的正文,2027-12-31`,
            ',全新的一条,正文,2027-06-30',
            'KB X,坏的,正文,2027-06-30',
          ]
            .map((line) => `${line},已发布,${articleFields.source},${UNIT}\n`)
            .join('')}`,
        )
      const shown = async (file: Buffer) =>
        carryPlanSchema.parse((await office.sent('/kb/import?format=csv', file)).json())
      const plan = await shown(csv('出入境'))
      expect(plan.counts).toEqual({ fresh: 1, changed: 1, same: 0, refused: 1 })
      expect(plan.items.find(({ kind }) => kind === 'changed')?.changes).toEqual([
        { field: 'title', before: '=出入', after: '出入境' },
        { field: 'body', before: articleFields.body, after: '新的正文' },
      ])
      const apply = (file: Buffer, hash: string) =>
        office.sent(`/kb/import/apply?format=csv&hash=${hash}&why=${encodeURIComponent('年度更新')}`, file)
      // Another file than was shown, and a base that is another by now: nothing is done.
      expect(said(await apply(csv('别的'), plan.hash))).toEqual([409, { code: 'outdated' }])
      await office.take(id, edit({ title: '有人在改' }))
      expect(said(await apply(csv('出入境'), plan.hash))).toEqual([409, { code: 'outdated' }])
      expect((await desk.sync()).changes).toEqual([])
      // Her own draft beside it stays.
      const again = await shown(csv('出入境'))
      expect(said(await apply(csv('出入境'), again.hash))).toEqual([200, { counts: plan.counts }])
      const { life, events } = await office.read(id)
      expect([life.version, life.published?.title, life.draft?.fields.title]).toEqual([2, '出入境', '有人在改'])
      expect(events[0]).toMatchObject({ step: 'import', why: '年度更新', by: given.staffNoOf('editor'), version: 2 })
      const told = (await desk.sync()).changes
      expect(told.map((change) => change.kind === 'article' && change.article.title).toSorted()).toEqual([
        '全新的一条',
        '出入境',
      ])
      // Once done it would change nothing any more.
      expect(said(await apply(csv('出入境'), again.hash))).toEqual([409, { code: 'outdated' }])
      expect((await shown(csv('出入境'))).counts).toEqual({ fresh: 0, changed: 0, same: 2, refused: 1 })
      expect(
        (
          await office.sent(
            '/kb/import?format=csv',
            csv('x'),
            (await given.tokenOf(office.central.app, 'administrator')).token,
          )
        ).statusCode,
      ).toBe(403)
      expect(said(await office.sent('/kb/import?format=csv', Buffer.alloc(5 * 1024 * 1024 + 1, 'x')))[0]).toBe(413)
      expect(said(await office.sent('/kb/import?format=docx', Buffer.from('no zip')))).toEqual([
        400,
        { code: 'invalidInput', detail: 'format' },
      ])
    })

    it('KA24 KA25 an import becomes drafts that no desk has, of the unit that is named, and leaves what a unit is writing', async () => {
      const mine = await office.signIn('3001')
      const made = await office.asUnit(mine, '/unit/articles', { made: nextId(), fields: articleFields, owner: null })
      const { id } = madeArticleSchema.parse(made.json())
      // An editor mends a word of it: it stays the unit's.
      await office.take(id, edit({ title: '单位在写' }))
      const desk = await given.signIn(office.central.app, '1001')
      await desk.pullAll()
      const file = Buffer.from(
        `编号,标题,正文,有效至,归属单位,状态\n${id},别的,别的正文,2027-12-31,,\n,甲,正文,2027-12-31,${UNIT},\n,乙,正文,2027-12-31,,待审\n`,
      )
      const query = 'format=csv&owner=centre'
      const shown = async () => carryPlanSchema.parse((await office.sent(`/kb/import?${query}`, file)).json())
      const plan = await shown()
      expect(plan.items.map(({ title, reason, state }) => `${title} ${reason ?? state}`)).toEqual([
        ...['别的 conflict', '乙 unit', '甲 draft'],
      ])
      expect([plan.states, plan.counts.refused]).toEqual([{ draft: 1, review: 0, published: 0 }, 2])
      const apply = (asked: string) => office.sent(`/kb/import/apply?${asked}&hash=${plan.hash}&why=w`, file)
      expect(said(await apply(query))).toEqual([200, { counts: plan.counts }])
      const [fresh = ''] = await office.list(`words=${encodeURIComponent('甲')}&unit=${UNIT}`)
      const { life } = await office.read(fresh)
      expect([life.draft?.state, life.draft?.fields.unit, life.version]).toEqual(['draft', UNIT, 0])
      expect((await office.read(id)).life.draft?.fields.title).toBe('单位在写')
      expect((await desk.sync()).changes).toEqual([])
      expect((await shown()).counts).toEqual({ fresh: 0, changed: 0, same: 1, refused: 2 })
      // To its own unit it is there; of no such unit nothing is taken.
      expect((await office.asUnit(mine, `/unit/articles/${fresh}`)).statusCode).toBe(200)
      expect(said(await office.sent('/kb/import?format=csv&owner=U-none', file))).toEqual([
        400,
        { code: 'invalidInput', detail: 'owner' },
      ])
    })
  })
}
