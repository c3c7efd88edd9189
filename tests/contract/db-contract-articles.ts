/** Articles with a life: drafts, review, versions, whose they are (rules KA in shared/kb/SPEC.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedArticles } from '../../central/kb/seed.ts'
import { countGap } from '../../central/kb/gaps-sql.ts'
import { insertTask } from '../../central/kb/tasks-sql.ts'
import { publishArticles } from '../../central/kb/service.ts'
import type { ArticleFields } from '../../shared/kb/article-life-fields.ts'
import type { ArticleStep } from '../../shared/kb/article-life.ts'
import {
  articleDetailSchema,
  articleEditionSchema,
  articleListSchema,
  gapListSchema,
  madeArticleSchema,
  taskListSchema,
} from '../../shared/kb/article-life-page.ts'
import { carryPlanSchema } from '../../shared/kb/article-life-carry.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import * as given from './db-fixture.ts'
import { openUnitOffice, OTHER, said, type UnitOffice } from './unit-office.ts'

const { nextId, UNIT } = given
export const articleFields: ArticleFields = {
  ...{ family: 'noise', title: '夜间施工噪音', body: '22:00 到次日 6:00 禁止施工。', source: '市生态环境局' },
  ...{ unit: UNIT, validUntil: '2027-12-31', district: null, questions: ['半夜施工怎么投诉'] },
}
const edit = (part: Partial<ArticleFields> = {}): ArticleStep => ({
  type: 'edit',
  fields: { ...articleFields, ...part },
})
const submit: ArticleStep = { type: 'submit', why: '' }
const publish: ArticleStep = { type: 'publish', why: '' }

export function articleContract(openEmptyDb: OpenEmptyDb): void {
  describe('articles', () => {
    let office: UnitOffice
    let editor: string
    let mine: string
    let others: string
    beforeAll(async () => {
      office = await openUnitOffice(await openEmptyDb())
      editor = (await given.tokenOf(office.central.app, 'editor')).token
      mine = await office.signIn('3001')
      others = await office.signIn('3002')
    })
    afterAll(() => office.close())

    const asEditor = (url: string, payload?: object, token = editor) =>
      office.central.app.inject({
        ...{ method: payload === undefined ? 'GET' : 'POST', url, headers: { authorization: `Bearer ${token}` } },
        ...(payload === undefined ? {} : { payload }),
      })
    const asUnit = (cookie: string, url: string, payload?: object) =>
      office.ask(cookie, url, payload === undefined ? {} : { method: 'POST', payload })
    const begun = async (fields = articleFields, owner: string | null = UNIT) => {
      const answer = await asEditor('/kb/articles', { made: nextId(), fields, owner })
      expect(answer.statusCode, answer.body).toBe(200)
      return madeArticleSchema.parse(answer.json()).id
    }
    const read = async (id: string) => articleDetailSchema.parse((await asEditor(`/kb/articles/${id}`)).json())
    const tried = async (id: string, step: ArticleStep, edition?: number) =>
      asEditor(`/kb/articles/${id}/steps`, { edition: edition ?? (await read(id)).life.edition, step })
    const take = async (id: string, ...steps: ArticleStep[]) => {
      for (const step of steps) {
        const answer = await tried(id, step)
        expect(answer.statusCode, `${step.type}: ${answer.body}`).toBe(200)
      }
      return (await read(id)).life
    }
    const list = async (query: string) =>
      articleListSchema.parse((await asEditor(`/kb/articles?${query}`)).json()).articles.map(({ id }) => id)

    it('KA9 an article is written, reviewed and published: every desk has it, and each step says who, when and why', async () => {
      const desk = await given.signIn(office.central.app, '1001')
      await desk.pullAll()
      const id = await begun()
      await take(id, submit)
      expect((await desk.sync()).changes).toEqual([])
      await take(id, { type: 'publish', why: '符合规定' })
      expect((await desk.sync()).changes).toMatchObject([
        { kind: 'article', article: { ...articleFields, id, version: 1 } },
      ])
      await take(id, edit({ title: '施工噪音', words: ['吵'] }), submit, publish)
      expect((await desk.sync()).changes).toMatchObject([
        { article: { id, version: 2, title: '施工噪音', words: ['吵'] } },
      ])
      await take(id, { type: 'withdraw', why: '政策废止' })
      expect((await desk.sync()).changes).toMatchObject([{ kind: 'articleWithdrawn', id }])
      const life = await take(id, { type: 'rollBack', version: 1, why: '撤错了' })
      expect([life.version, life.withdrawn, life.published]).toEqual([3, false, articleFields])
      expect((await desk.sync()).changes).toMatchObject([{ article: { id, version: 3, title: '夜间施工噪音' } }])
      const { events } = await read(id)
      expect(events.map(({ step, version, why }) => `${step} ${version} ${why}`.trim()).toReversed()).toEqual([
        ...['edit 0', 'submit 0', 'publish 1 符合规定', 'edit 1', 'submit 1', 'publish 2'],
        ...['withdraw 2 政策废止', 'rollBack 3 撤错了'],
      ])
      expect(new Set(events.map(({ by }) => by))).toEqual(new Set([given.staffNoOf('editor')]))
      const at = async (edition: number) =>
        articleEditionSchema.parse((await asEditor(`/kb/articles/${id}/editions/${edition}`)).json()).fields.title
      expect([await at(1), await at(4), await at(6), await at(8)]).toEqual([
        ...['夜间施工噪音', '施工噪音', '施工噪音', '夜间施工噪音'],
      ])
      const audited = await office.central.db.tx('owner', (sql) =>
        sql.query<{ action: string }>('select action from audit where object = $1::text order by seq', [id]),
      )
      expect(audited.map(({ action }) => action.replace('article.', ''))).toEqual([
        ...['edited', 'submitted', 'published', 'edited', 'submitted', 'published', 'withdrawn', 'rolledBack'],
      ])
    })

    it('KA10 two at once: the later one is told which edition stands, and nothing of hers is written; the same once more is answered again', async () => {
      const id = await begun()
      const first = await tried(id, edit({ title: '甲' }), 1)
      expect(said(first)).toEqual([200, { edition: 2 }])
      expect(said(await tried(id, edit({ title: '乙' }), 1))).toEqual([409, { code: 'outdated', detail: '2' }])
      expect(said(await tried(id, edit({ title: '甲' }), 1))).toEqual([200, { edition: 2 }])
      const bodies = Array.from({ length: 5 }, (_, n) => edit({ title: `并发 ${n}` }))
      const answers = await Promise.all(bodies.map((step) => tried(id, step, 2)))
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409, 409, 409])
      const made = nextId()
      const twice = [1, 2].map(() => asEditor('/kb/articles', { made, fields: articleFields, owner: null }))
      const ids = (await Promise.all(twice)).map((answer) => madeArticleSchema.parse(answer.json()).id)
      expect(new Set(ids).size).toBe(1)
    })

    it('KA11 a unit proposes and changes its own in its own name, sees what became of it, and can do no more', async () => {
      const answer = await asUnit(mine, '/unit/articles', {
        ...{ made: nextId(), fields: { ...articleFields, unit: '别的单位' }, owner: OTHER },
      })
      const { id } = madeArticleSchema.parse(answer.json())
      const { life } = await read(id)
      expect([life.owner, life.draft?.fields.unit]).toEqual([UNIT, UNIT])
      const step = (cookie: string, one: ArticleStep, edition: number) =>
        asUnit(cookie, `/unit/articles/${id}/steps`, { edition, step: one })
      expect(said(await step(mine, submit, 1))).toEqual([200, { edition: 2 }])
      for (const one of [publish, { type: 'withdraw', why: 'w' }, { type: 'rollBack', version: 1, why: 'w' }] as const)
        expect(said(await step(mine, one, 2))).toEqual([403, { code: 'forbidden', detail: one.type }])
      await take(id, { type: 'sendBack', why: '请补收费标准' })
      const seen = articleDetailSchema.parse((await asUnit(mine, `/unit/articles/${id}`)).json())
      expect(seen.events[0]).toMatchObject({ step: 'sendBack', why: '请补收费标准', party: 'editor' })
      // Another unit's is not there at all, whatever is asked.
      expect((await asUnit(others, `/unit/articles/${id}`)).statusCode).toBe(404)
      expect((await step(others, submit, 3)).statusCode).toBe(404)
      expect((await asUnit(others, `/unit/articles/${id}/editions/1`)).statusCode).toBe(404)
      expect(articleListSchema.parse((await asUnit(others, '/unit/articles')).json()).articles).toEqual([])
      expect(
        articleListSchema.parse((await asUnit(mine, '/unit/articles')).json()).articles.map((one) => one.id),
      ).toContain(id)
      for (const url of ['/kb/articles', `/kb/articles/${id}`])
        expect((await office.ask(mine, url)).statusCode, url).toBe(403)
    })

    it('KA12 under the API as well: a unit writes no version and nobody else’s, an editor in her own name, the others nothing', async () => {
      const [id, foreign] = [await begun(), await begun(articleFields, null)]
      const { db } = office.central
      const unit = { staffNo: '3001', role: 'unitMember', unit: UNIT } as const
      for (const spoil of [
        `update kb_lives set version = 9 where article_id = '${id}'`,
        `update kb_lives set owner = '${OTHER}' where article_id = '${id}'`,
        `insert into articles (id, version, content) values ('${id}', 1, '{}')`,
        `insert into kb_events (article_id, edition, step, staff_no, party, at, why, version, state)
         values ('${id}', 99, 'publish', '3002', 'unit', 0, '', 1, 'published')`,
        `insert into kb_events (article_id, edition, step, staff_no, party, at, why, version, state)
         values ('${foreign}', 99, 'edit', '3001', 'unit', 0, '', 0, 'draft')`,
        `delete from kb_lives`,
        `update kb_events set why = ''`,
      ])
        await expect(
          db.tx('sanxin_unit', (sql) => sql.query(spoil), unit),
          spoil,
        ).rejects.toMatchObject({ code: '42501' })
      const touched = await db.tx(
        'sanxin_unit',
        (sql) => sql.query(`update kb_lives set draft_by = 'x' where article_id = '${foreign}' returning article_id`),
        unit,
      )
      expect(touched).toEqual([])
      for (const role of ['monitor', 'administrator', 'unitMember', 'operator'] as const)
        await expect(
          db.tx('sanxin_kb', (sql) => sql.query(`update kb_lives set draft_by = 'x'`), { role, staffNo: '205' }),
          role,
        ).rejects.toMatchObject({ code: '42501' })
      const forged = `insert into kb_events (article_id, edition, step, staff_no, party, at, why, version, state)
        values ('${id}', 98, 'edit', '9999', 'editor', 0, '', 0, 'draft')`
      await expect(
        db.tx('sanxin_kb', (sql) => sql.query(forged), { role: 'editor', staffNo: '1' }),
      ).rejects.toMatchObject({ code: '42501' })
      const rows = async (role?: StaffRole) =>
        (await db.tx('sanxin_reader', (sql) => sql.query('select from kb_lives'), role === undefined ? {} : { role }))
          .length
      expect([await rows(), await rows('operator'), await rows('monitor'), await rows('unitMember')]).toEqual([
        0, 0, 0, 0,
      ])
      expect(await rows('administrator')).toBeGreaterThan(1)
    })

    it('KA13 the list is found by words, state, unit, district and what expires, in pages', async () => {
      const id = await begun({ ...articleFields, title: '养犬登记', district: '蓬江区', validUntil: '2026-12-10' })
      await take(id, submit, publish)
      expect(await list('words=养犬 登记')).toEqual([id])
      expect(await list('words=养犬 不登记')).toEqual([])
      expect(await list(`district=蓬江区&state=published&unit=${UNIT}`)).toEqual([id])
      expect(await list('district=蓬江区&state=draft')).toEqual([])
      expect(await list('expires=soon')).toEqual([id])
      expect(await list('expires=past')).toEqual([])
      office.central.clock.time += 30 * 86_400_000
      editor = (await given.tokenOf(office.central.app, 'editor')).token
      mine = await office.signIn('3001')
      expect(await list('expires=past')).toEqual([id])
      for (let n = 0; n < 51; n++) await begun({ ...articleFields, title: `翻页 ${n}` })
      const pages: string[] = []
      for (let after: string | null = ''; after !== null;) {
        const answer = await asEditor(
          `/kb/articles?words=翻页${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
        )
        const page = articleListSchema.parse(answer.json())
        pages.push(...page.articles.map((one) => one.id))
        after = page.next
      }
      expect([pages.length, new Set(pages).size]).toEqual([51, 51])
    })

    it('KA14 what comes with the program begins a life of its own, and what people have changed is theirs', async () => {
      const { db } = office.central
      const { folder, write } = await seedFolder()
      const log = (): undefined => undefined
      await write({ ...articleFields, id: 'KB-S1', version: 1 })
      expect(await seedArticles(db, log, folder)).toMatchObject({ changed: 1 })
      expect((await read('KB-S1')).life).toMatchObject({ version: 1, owner: UNIT, draft: null })
      await write({ ...articleFields, id: 'KB-S1', version: 2, title: '程序的新版' })
      expect(await seedArticles(db, log, folder)).toMatchObject({ changed: 1 })
      expect((await read('KB-S1')).life).toMatchObject({ version: 2, published: { title: '程序的新版' } })
      await take('KB-S1', { type: 'withdraw', why: '本地不适用' })
      await write({ ...articleFields, id: 'KB-S1', version: 3 })
      expect(await seedArticles(db, log, folder)).toMatchObject({ changed: 0 })
      expect((await read('KB-S1')).life).toMatchObject({ version: 2, withdrawn: true })
      // Told by the program itself it comes back, with what is being written beside it.
      await take('KB-S1', edit({ title: '正在写' }))
      await publishArticles(db, [{ ...articleFields, id: 'KB-S1', version: 3 }])
      expect((await read('KB-S1')).life).toMatchObject({
        version: 3,
        withdrawn: false,
        draft: { fields: { title: '正在写' } },
      })
      expect(said(await tried('KB-S1', submit))).toMatchObject([200, {}])
      expect(said(await tried('KB-S1', publish))).toEqual([
        ...[409, { code: 'illegalTransition', detail: 'publishedMeanwhile' }],
      ])
    })

    it('KA15 what a desk found wrong is a task once, what it looked for in vain is counted; neither keeps a citizen’s number', async () => {
      const { db } = office.central
      const id = nextId()
      const task = {
        id,
        articleId: 'KB-S1',
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
      const tasks = async (ended = 0) => taskListSchema.parse((await asEditor(`/kb/tasks?ended=${ended}`)).json()).tasks
      expect(await tasks()).toMatchObject([
        { id, words: '电话 ***** 说 8 路已改线', by: '1001', title: '正在写', doneAt: null },
      ])
      const gaps = async (ended = 0) => gapListSchema.parse((await asEditor(`/kb/gaps?ended=${ended}`)).json()).gaps
      expect(await gaps()).toMatchObject([
        { words: '8路 改线', times: 2, desks: 1 },
        { words: '*****', times: 1 },
      ])
      expect(said(await asEditor(`/kb/tasks/${id}/close`, { why: '已改为第 4 版' }))).toEqual([200, {}])
      expect((await asEditor(`/kb/tasks/${id}/close`, { why: '再办' })).statusCode).toBe(404)
      expect([await tasks(), (await tasks(1))[0]?.why]).toEqual([[], '已改为第 4 版'])
      expect(said(await asEditor('/kb/gaps/close', { words: '8路 改线', why: '已有 KB-8' }))).toEqual([200, {}])
      expect((await gaps()).map(({ words }) => words)).toEqual(['*****'])
      // What is looked for in vain again is open again, counted from then on.
      await db.tx('sanxin_desk', (sql) => countGap(sql, { words: '8路改线', storeId, at: 9 }))
      await db.tx('sanxin_desk', (sql) => countGap(sql, { words: '8路 改线', storeId: nextId(), at: 9 }))
      expect((await gaps()).find(({ words }) => words === '8路 改线')).toMatchObject({ times: 1, desks: 2 })
      expect((await asUnit(mine, '/kb/tasks')).statusCode).toBe(403)
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
      const sent = (url: string, bytes: Buffer, token = editor) =>
        office.central.app.inject({
          ...{ method: 'POST', url, payload: bytes },
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        })
      const id = await begun({ ...articleFields, title: '=出入', words: ['出', '入'] })
      await take(id, submit, publish)
      for (const format of ['csv', 'json']) {
        const file = (await asEditor(`/kb/export?format=${format}`)).rawPayload
        const plan = carryPlanSchema.parse((await sent(`/kb/import?format=${format}`, file)).json())
        expect([plan.counts.fresh, plan.counts.changed], format).toEqual([0, 0])
        expect(plan.counts.same).toBeGreaterThan(1)
      }
      const desk = await given.signIn(office.central.app, '1001')
      await desk.pullAll()
      const csv = (title: string) =>
        Buffer.from(
          `编号,标题,正文,有效至\n${id},${title},新的正文,2027-12-31\n,全新的一条,正文,2027-06-30\nKB X,坏的,正文,2027-06-30\n`,
        )
      const shown = async (file: Buffer) => carryPlanSchema.parse((await sent('/kb/import?format=csv', file)).json())
      const plan = await shown(csv('出入境'))
      expect(plan.counts).toEqual({ fresh: 1, changed: 1, same: 0, refused: 1 })
      expect(plan.items.find(({ kind }) => kind === 'changed')?.changes).toEqual([
        { field: 'title', before: '=出入', after: '出入境' },
        { field: 'body', before: articleFields.body, after: '新的正文' },
      ])
      const apply = (file: Buffer, hash: string) =>
        sent(`/kb/import/apply?format=csv&hash=${hash}&why=${encodeURIComponent('年度更新')}`, file)
      // Another file than was shown, and a base that is another by now: nothing is done.
      expect(said(await apply(csv('别的'), plan.hash))).toEqual([409, { code: 'outdated' }])
      await take(id, edit({ title: '有人在改' }))
      expect(said(await apply(csv('出入境'), plan.hash))).toEqual([409, { code: 'outdated' }])
      expect((await desk.sync()).changes).toEqual([])
      const again = await shown(csv('出入境'))
      expect(said(await apply(csv('出入境'), again.hash))).toEqual([200, { counts: plan.counts }])
      const { life, events } = await read(id)
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
          await sent(
            '/kb/import?format=csv',
            csv('x'),
            (await given.tokenOf(office.central.app, 'administrator')).token,
          )
        ).statusCode,
      ).toBe(403)
      expect(said(await sent('/kb/import?format=csv', Buffer.alloc(5 * 1024 * 1024 + 1, 'x')))[0]).toBe(413)
      expect(said(await sent('/kb/import?format=docx', Buffer.from('no zip')))).toEqual([
        400,
        { code: 'invalidInput', detail: 'format' },
      ])
    })
  })
}

/** A folder of articles as they come with the program, with one file. */
async function seedFolder() {
  const { mkdtemp, writeFile } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const folder = await mkdtemp(join(tmpdir(), 'sanxin-articles-'))
  const write = (article: object) =>
    writeFile(join(folder, 'noise.json'), JSON.stringify({ family: 'noise', name: '噪声', articles: [article] }))
  return { folder, write }
}
