/** Articles with a life: drafts, review, versions, whose they are (rules KA in shared/kb/SPEC.md). */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedArticles } from '../../central/kb/seed.ts'
import { publishArticles } from '../../central/kb/service.ts'
import {
  articleDetailSchema,
  articleEditionSchema,
  articleListSchema,
  madeArticleSchema,
  waitingSchema,
} from '../../shared/kb/article-life-page.ts'
import type { ArticleStep } from '../../shared/kb/article-life.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import { articleFields, edit, openArticleOffice, publish, submit, type ArticleOffice } from './article-office.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { OTHER, said } from './unit-office.ts'

const { nextId, UNIT } = given

export function articleContract(openDb: OpenDb): void {
  describe('articles', () => {
    let office: ArticleOffice
    let mine: string
    let others: string
    beforeAll(async () => {
      office = await openArticleOffice(await openDb())
      mine = await office.signIn('3001')
      others = await office.signIn('3002')
    })
    afterAll(() => office.close())

    it('KA9 an article is written, reviewed and published: every desk has it, and each step says who, when and why', async () => {
      const desk = await given.signIn(office.central.app, '1001')
      await desk.pullAll()
      const id = await office.begun()
      await office.take(id, submit)
      expect((await desk.sync()).changes).toEqual([])
      await office.take(id, { type: 'publish', why: '符合规定' })
      expect((await desk.sync()).changes).toMatchObject([
        { kind: 'article', article: { ...articleFields, id, version: 1 } },
      ])
      await office.take(id, edit({ title: '施工噪音', words: ['吵'] }), submit, publish)
      expect((await desk.sync()).changes).toMatchObject([
        { article: { id, version: 2, title: '施工噪音', words: ['吵'] } },
      ])
      await office.take(id, { type: 'withdraw', why: '政策废止' })
      expect((await desk.sync()).changes).toMatchObject([{ kind: 'articleWithdrawn', id }])
      const life = await office.take(id, { type: 'rollBack', version: 1, why: '撤错了' })
      expect([life.version, life.withdrawn, life.published]).toEqual([3, false, articleFields])
      expect((await desk.sync()).changes).toMatchObject([{ article: { id, version: 3, title: '夜间施工噪音' } }])
      const { events } = await office.read(id)
      expect(events.map(({ step, version, why }) => `${step} ${version} ${why}`.trim()).toReversed()).toEqual([
        ...['edit 0', 'submit 0', 'publish 1 符合规定', 'edit 1', 'submit 1', 'publish 2'],
        ...['withdraw 2 政策废止', 'rollBack 3 撤错了'],
      ])
      expect(new Set(events.map(({ by }) => by))).toEqual(new Set([given.staffNoOf('editor')]))
      const at = async (edition: number) =>
        articleEditionSchema.parse((await office.asEditor(`/kb/articles/${id}/editions/${edition}`)).json()).fields
          .title
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
      const id = await office.begun()
      const first = await office.tried(id, edit({ title: '甲' }), 1)
      expect(said(first)).toEqual([200, { edition: 2 }])
      expect(said(await office.tried(id, edit({ title: '乙' }), 1))).toEqual([409, { code: 'outdated', detail: '2' }])
      expect(said(await office.tried(id, edit({ title: '甲' }), 1))).toEqual([200, { edition: 2 }])
      const bodies = Array.from({ length: 5 }, (_, n) => edit({ title: `并发 ${n}` }))
      const answers = await Promise.all(bodies.map((step) => office.tried(id, step, 2)))
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409, 409, 409])
      const made = nextId()
      const twice = [1, 2].map(() => office.asEditor('/kb/articles', { made, fields: articleFields, owner: null }))
      const ids = (await Promise.all(twice)).map((answer) => madeArticleSchema.parse(answer.json()).id)
      expect(new Set(ids).size).toBe(1)
    })

    it('KA11 a unit proposes and changes its own in its own name, sees what became of it, and can do no more', async () => {
      const answer = await office.asUnit(mine, '/unit/articles', {
        ...{ made: nextId(), fields: { ...articleFields, unit: '别的单位' }, owner: OTHER },
      })
      const { id } = madeArticleSchema.parse(answer.json())
      const { life } = await office.read(id)
      expect([life.owner, life.draft?.fields.unit]).toEqual([UNIT, UNIT])
      const step = (cookie: string, one: ArticleStep, edition: number) =>
        office.asUnit(cookie, `/unit/articles/${id}/steps`, { edition, step: one })
      expect(said(await step(mine, submit, 1))).toEqual([200, { edition: 2 }])
      for (const one of [publish, { type: 'withdraw', why: 'w' }, { type: 'rollBack', version: 1, why: 'w' }] as const)
        expect(said(await step(mine, one, 2))).toEqual([403, { code: 'forbidden', detail: one.type }])
      await office.take(id, { type: 'sendBack', why: '请补收费标准' })
      const seen = articleDetailSchema.parse((await office.asUnit(mine, `/unit/articles/${id}`)).json())
      expect(seen.events[0]).toMatchObject({ step: 'sendBack', why: '请补收费标准', party: 'editor' })
      // Another unit's is not there at all, whatever is asked.
      expect((await office.asUnit(others, `/unit/articles/${id}`)).statusCode).toBe(404)
      expect((await step(others, submit, 3)).statusCode).toBe(404)
      expect((await office.asUnit(others, `/unit/articles/${id}/editions/1`)).statusCode).toBe(404)
      expect(articleListSchema.parse((await office.asUnit(others, '/unit/articles')).json()).articles).toEqual([])
      expect(
        articleListSchema.parse((await office.asUnit(mine, '/unit/articles')).json()).articles.map((one) => one.id),
      ).toContain(id)
      for (const url of ['/kb/articles', `/kb/articles/${id}`])
        expect((await office.ask(mine, url)).statusCode, url).toBe(403)
    })

    it('KA12 under the API as well: a unit writes no version and nobody else’s, an editor in her own name, the others nothing', async () => {
      const [id, foreign] = [await office.begun(), await office.begun(articleFields, null)]
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
      const id = await office.begun({
        ...articleFields,
        title: '养犬登记',
        district: '蓬江区',
        validUntil: '2026-12-10',
      })
      await office.take(id, submit, publish)
      expect(await office.list('words=养犬 登记')).toEqual([id])
      expect(await office.list('words=养犬 不登记')).toEqual([])
      expect(await office.list(`district=蓬江区&state=published&unit=${UNIT}`)).toEqual([id])
      expect(await office.list('district=蓬江区&state=draft')).toEqual([])
      expect(await office.list('expires=soon')).toEqual([id])
      expect(await office.list('expires=past')).toEqual([])
      const waiting = async () => waitingSchema.parse((await office.asEditor('/kb/waiting')).json())
      expect(await waiting()).toMatchObject({ soon: 1, past: 0, tasks: 0, gaps: 0 })
      await office.later(30)
      expect(await office.list('expires=past')).toEqual([id])
      expect(await waiting()).toMatchObject({ soon: 0, past: 1 })
      for (let n = 0; n < 51; n++) await office.begun({ ...articleFields, title: `翻页 ${n}` })
      const pages: string[] = []
      for (let after: string | null = ''; after !== null;) {
        const answer = await office.asEditor(
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
      expect((await office.read('KB-S1')).life).toMatchObject({ version: 1, owner: UNIT, draft: null })
      await write({ ...articleFields, id: 'KB-S1', version: 2, title: '程序的新版' })
      expect(await seedArticles(db, log, folder)).toMatchObject({ changed: 1 })
      expect((await office.read('KB-S1')).life).toMatchObject({ version: 2, published: { title: '程序的新版' } })
      await office.take('KB-S1', { type: 'withdraw', why: '本地不适用' })
      await write({ ...articleFields, id: 'KB-S1', version: 3 })
      expect(await seedArticles(db, log, folder)).toMatchObject({ changed: 0 })
      expect((await office.read('KB-S1')).life).toMatchObject({ version: 2, withdrawn: true })
      // Told by the program itself it comes back, with what is being written beside it.
      await office.take('KB-S1', edit({ title: '正在写' }))
      await publishArticles(db, [{ ...articleFields, id: 'KB-S1', version: 3 }])
      expect((await office.read('KB-S1')).life).toMatchObject({
        version: 3,
        withdrawn: false,
        draft: { fields: { title: '正在写' } },
      })
      expect(said(await office.tried('KB-S1', submit))).toMatchObject([200, {}])
      expect(said(await office.tried('KB-S1', publish))).toEqual([
        ...[409, { code: 'illegalTransition', detail: 'publishedMeanwhile' }],
      ])
    })
  })
}

/** A folder of articles as they come with the program, with one file. */
async function seedFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'sanxin-articles-'))
  const write = (article: object) =>
    writeFile(join(folder, 'noise.json'), JSON.stringify({ family: 'noise', name: '噪声', articles: [article] }))
  return { folder, write }
}
