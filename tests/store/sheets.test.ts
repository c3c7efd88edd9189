/** What the tables of articles answer at a desk. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readChanges } from '../../electron/store/sync/read-changes.ts'
import { createSheetArticles } from '../../electron/store/db/sheet-articles.ts'
import type { Sheet } from '../../shared/kb/sheet.ts'
import { shippedBodies } from '../../shared/tables/tables.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const line = (name: string, ...stops: string[]): Sheet => ({
  ...{ kind: 'line', name, fare: '2 元', interval: '10 分', minutes: 30, stops },
  ...{ there: { first: '0:00', last: '23:59' }, back: null },
})
const office: Sheet = {
  ...{ kind: 'hours', place: '市车管所', names: ['车管所'], address: '金瓯路', phone: null, holidays: 'closed' },
  week: [{ days: [1, 2, 3, 4, 5], open: [['9:00', '17:00']] }],
}
const article = (id: string, sheets?: Sheet[], version = 1): Article => ({
  ...{
    id,
    version,
    family: 'bus',
    title: `文章 ${id}`,
    body: '正文 "sheets":[{',
    source: '公交集团',
    unit: '公交集团',
  },
  ...{ validUntil: '2099-01-01', district: null, questions: [], ...(sheets && { sheets }) },
})

/** Central publishes articles, and the desk takes them. */
async function publish(store: StoreFixture, ...articles: Article[]): Promise<void> {
  for (const one of articles) store.central.push({ kind: 'article', seq: 1, article: one })
  await store.settle()
}
const ask = async (store: StoreFixture, query: string) => (await store.ask('kb.search', { query })).sheet
const way = '甲村 乙村'
const step = new URL('../../electron/store/migrations/0027-article-sheets.sql', import.meta.url)

test('KS8 where a unit or a district is chosen an answer that rests on another article is not told', async () => {
  const store = await signedIn(await openFixture())
  const bus = (id: string, sheet: Sheet, more: Partial<Article> = {}) => ({ ...article(id, [sheet]), ...more })
  await publish(
    store,
    bus('KB-1', line('28 路', '甲村', '乙村'), { district: '蓬江区' }),
    bus('KB-2', line('29 路', '乙村', '丙村'), { unit: '新会公交', district: '新会区' }),
  )
  const told = async (query: string, unit: string | null, district: string | null) =>
    (await store.ask('kb.search', { query, scope: { unit, district } })).sheet?.sources.map(({ id }) => id) ?? null
  expect(await told(way, '公交集团', '蓬江区')).toEqual(['KB-1'])
  expect(await told('甲村 丙村', null, null)).toEqual(['KB-1', 'KB-2'])
  for (const [unit, district] of [
    ['公交集团', null],
    ['新会公交', null],
    [null, '蓬江区'],
  ] as const)
    expect(await told('甲村 丙村', unit, district)).toBeNull()
})

test('KT7 the tables answer above the articles, with central away and after a start, and an article brings its own', async () => {
  const store = await signedIn(await openFixture())
  await publish(store, article('KB-1', [line('28 路', '甲村', '乙村')]), article('KB-2'))
  store.central.reachable = false
  await store.settle()
  expect(await ask(store, way)).toMatchObject({
    kind: 'route',
    say: { zh: expect.stringMatching(/^在甲村坐 28 路直达乙村/) as string },
    sources: [{ id: 'KB-1', version: 1, expired: false }],
  })
  expect(await ask(store, '路灯')).toBeNull()
  const { hits } = await store.ask('kb.search', { query: '文章' })
  expect(hits.map(({ id, sheets }) => [id, sheets?.length ?? 0]).toSorted()).toEqual([
    ['KB-1', 1],
    ['KB-2', 0],
  ])
  const again = await openFixture(store.dir, store.central)
  expect((await ask(again, way))?.sources).toMatchObject([{ id: 'KB-1' }])
})

test('KT7 what central changes or takes away holds from then on', async () => {
  const store = await signedIn(await openFixture())
  await publish(store, article('KB-1', [line('28 路', '甲村', '乙村')]))
  expect((await ask(store, way))?.say.zh).toContain('28 路')
  await publish(store, article('KB-1', [line('29 路', '甲村', '乙村')], 2))
  expect(await ask(store, way)).toMatchObject({
    say: { zh: expect.stringContaining('29 路') as string },
    sources: [{ version: 2 }],
  })
  await publish(store, article('KB-1', undefined, 3))
  expect(await ask(store, way)).toBeNull()
  await publish(store, article('KB-1', [line('30 路', '甲村', '乙村')], 4))
  store.central.push({ kind: 'articleWithdrawn', seq: 1, id: 'KB-1' })
  await store.settle()
  expect(await ask(store, way)).toBeNull()
  expect(createSheetArticles(store.db).all()).toEqual([])
})

test('KT2 an article with a table that is refused is left out as it comes and noted without its words; the others are taken', () => {
  const wide = Array.from({ length: 1000 }, (_, at) => `列${at}`)
  const logged: unknown[] = []
  const coming = [
    article('KB-8', [{ kind: 'fees', title: '收费', columns: wide, rows: [wide] }]),
    article('KB-9', [line('28 路', '甲村\u202e', '乙村')]),
    article('KB-1', [line('29 路', '甲村', '乙村')]),
  ].map((one, seq) => ({ kind: 'article', seq, article: one }))
  const taken = readChanges(coming, (event, data) => void logged.push([event, data]))
  expect(taken).toEqual([coming[2]])
  expect(logged).toEqual([0, 1].map((seq) => ['changeSkipped', { seq, kind: 'article' }]))
})

test('KO2 the calendar that central publishes holds for opening hours', async () => {
  const store = await signedIn(await openFixture())
  await publish(store, article('KB-3', [office]))
  const said = async () => (await ask(store, '车管所 今天'))?.say.zh
  // A common Thursday, by the clock that central corrects.
  const set = () => {
    const offset = store.db.prepare<[], string>(`SELECT value FROM meta WHERE key = 'clockOffset'`).pluck().get()
    store.clock.time = Date.parse('2026-11-26T10:00:00+08:00') - Number(offset ?? 0)
  }
  set()
  expect(await said()).toContain('现在办公中')
  const { calendar } = shippedBodies
  const body = { ...calendar, off: [...calendar.off, ['2026-11-26', '2026-11-26']] }
  store.central.push({ kind: 'table', seq: 1, table: { name: 'calendar', version: 1, body } })
  await store.settle()
  set()
  expect(await said()).toContain('今天是法定节假日，不办公')
})

test('S6.5 a desk whose program knew no tables pulls the articles again', async () => {
  const store = await signedIn(await openFixture())
  await publish(store, article('KB-1', [line('28 路', '甲村', '乙村')]))
  // As the program before left it: the article without its tables, at the newest cursor.
  store.db.exec(`DROP TRIGGER article_with_sheets_gone;
    DROP TABLE article_sheets; DROP TABLE article_sheet_changes;
    UPDATE articles SET article = json_remove(article, '$.sheets');`)
  store.db.exec(readFileSync(step, 'utf8'))
  // As a later step leaves it.
  store.db.exec('DROP TRIGGER article_with_sheets')
  const again = await openFixture(store.dir, store.central)
  expect(await ask(again, way)).toBeNull()
  await signedIn(again)
  await again.settle()
  expect((await ask(again, way))?.sources).toMatchObject([{ id: 'KB-1' }])
})
