import type { Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createArticles, type Articles } from '../../electron/store/db/articles.ts'
import { indexingOf, SCANNED } from '../../shared/kb/indexing.ts'
import { loadInitials } from '../../shared/kb/initials.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { openFixture } from './store-fixture.ts'

const initialsOf = await loadInitials()

const article = (id: string, title: string, body = '正文', questions: string[] = []): Article => ({
  id,
  version: 1,
  family: 'bus',
  title,
  body,
  source: '公交集团',
  unit: '公交集团',
  validUntil: '2027-03-31',
  district: null,
  questions,
})

type Indexed = 'not' | 'half' | 'whole'

const all = (articles: Articles) => {
  while (articles.indexTurn(64, initialsOf)) continue
}

/** What is indexed, what is marked, and what stands, by their row numbers. */
function standing(db: Database) {
  const rows = (sql: string) => db.prepare<[], number>(sql).pluck().all()
  return {
    stored: rows('SELECT rowid FROM articles ORDER BY rowid'),
    marked: rows('SELECT rowid FROM articles_unindexed ORDER BY rowid'),
    titles: rows('SELECT id FROM article_titles_docsize ORDER BY id'),
    bodies: rows('SELECT id FROM article_bodies_docsize ORDER BY id'),
    initials: rows('SELECT rowid FROM article_initials ORDER BY rowid'),
  }
}

async function library(indexed: Indexed = 'whole') {
  const { db } = await openFixture()
  // No word stands for another: what is found is what is there.
  const articles = createArticles(db, () => () => [])
  articles.put(article('28', '28 路：白沙大道中 → 江门站', '首末班：6:20–22:00', ['坐公交去江门站怎么走']))
  articles.put(article('8', '8 路：北郊 → 客运站'))
  articles.put(article('18', '18 路：港口 → 会展'))
  articles.put(article('gjj', '住房公积金提取', '买房、租房可以提取。', ['公积金怎么取']))
  articles.put(article('noise', '夜间施工噪音', '二十二时以后禁止产生噪音的施工。'))
  if (indexed === 'half') articles.indexTurn(3, initialsOf)
  if (indexed === 'whole') all(articles)
  const ids = (query: string) => articles.search(query, 8, '2026-11-23').hits.map(({ id }) => id)
  return { db, articles, ids }
}

describe.each<Indexed>(['not', 'half', 'whole'])('with %s indexed', (indexed) => {
  test('S12.2 two-character words, one character, several words and bodies are found', async () => {
    const { ids } = await library(indexed)
    expect(ids('噪音')).toEqual(['noise'])
    expect(ids('公')).toContain('gjj')
    expect(ids('白沙大道 江门站')).toEqual(['28'])
    expect(ids('租房')).toEqual(['gjj'])
  })

  test('8路 is not 18路, and a space or full width makes no difference', async () => {
    const { ids } = await library(indexed)
    expect(ids('8路')[0]).toBe('8')
    expect(ids('8路')).not.toContain('18')
    expect(ids('８路')[0]).toBe('8')
  })

  test('S12.2 a whole question finds what shares most with it', async () => {
    const { ids } = await library(indexed)
    expect(ids('请问坐几路公交去江门站')[0]).toBe('28')
  })

  test('S12.3 a newer version replaces the older, and a withdrawn article is gone', async () => {
    const { db, articles, ids } = await library(indexed)
    articles.put({ ...article('noise', '广场舞扰民'), version: 2 })
    expect(ids('噪音')).toEqual([])
    expect(ids('夜间')).toEqual([])
    expect(ids('广场舞')).toEqual(['noise'])
    articles.withdraw('gjj')
    expect(ids('公积金')).toEqual([])
    expect(articles.count()).toBe(4)
    all(articles)
    expect(ids('噪音')).toEqual([])
    expect(ids('公积金')).toEqual([])
    expect(ids('广场舞')).toEqual(['noise'])
    articles.withdraw('noise')
    expect(ids('广场舞')).toEqual([])
    const { stored, marked, titles, bodies, initials } = standing(db)
    expect(marked).toEqual([])
    expect([titles, bodies, initials]).toEqual([stored, stored, stored])
  })
})

test('pinyin initials find a title', async () => {
  const { ids } = await library()
  expect(ids('gjj')).toEqual(['gjj'])
})

test('S12.1 the same article once more is not indexed again', async () => {
  const { articles } = await library()
  articles.put(article('8', '8 路：北郊 → 客运站'))
  expect(articles.unindexed()).toBe(0)
  articles.put({ ...article('8', '8 路：北郊 → 客运站'), version: 2 })
  expect(articles.unindexed()).toBe(1)
})

test('S5.10 an article that came in bytes is kept in them, and is the same when it comes once more', async () => {
  const { db, articles } = await library()
  const one = article('8', '8 路：北郊 → 客运站')
  const text = JSON.stringify({ ...one, version: 2, since2027: '新' }, null, 1)
  const bytes = new TextEncoder().encode(text)
  const stored = () => db.prepare<[], string>(`SELECT article FROM articles WHERE id = '8'`).pluck().get()
  for (const marked of [1, 0]) {
    articles.put({ ...one, version: 2 }, { bytes })
    expect(stored()).toBe(text)
    expect(articles.unindexed()).toBe(marked)
    all(articles)
  }
})

test('S12.1 the newest are indexed first', async () => {
  const { db, articles } = await library('not')
  articles.indexTurn(2, initialsOf)
  const { stored, marked, titles } = standing(db)
  expect([marked, titles]).toEqual([stored.slice(0, 3), stored.slice(3)])
})

test('S12.1 a turn that fails in its middle leaves everything as it was, and the next does its work', async () => {
  const { db, articles, ids } = await library('half')
  const before = standing(db)
  const failing = (title: string) => {
    if (title.startsWith('8 路')) throw new Error('in the middle')
    return initialsOf(title)
  }
  // From below: 28 has been taken in by then.
  expect(() => articles.indexTurn(8, failing)).toThrow('in the middle')
  expect(standing(db)).toEqual(before)
  all(articles)
  expect(standing(db).marked).toEqual([])
  expect(ids('白沙大道')).toEqual(['28'])
})

test('S12.2 of very many outside the index the newest are found; the search says that it is incomplete till all are', async () => {
  const { db, articles, ids } = await library('not')
  const more = Array.from({ length: SCANNED - 1 }, (_, at) => article(`more-${at}`, `第${at}条 垃圾分类`))
  db.transaction(() => more.forEach((one) => articles.put(one)))()
  const state = () => indexingOf({ articles: articles.count(), unindexed: articles.unindexed() })
  expect(ids('夜间')).toEqual(['noise'])
  expect(ids('公积金')).toEqual([])
  expect(ids(`第${SCANNED - 2}条`)[0]).toBe(`more-${SCANNED - 2}`)
  expect(state()).toEqual({ done: 0, all: SCANNED + 4 })
  articles.indexTurn(4, initialsOf)
  expect(state()).toBeNull()
  expect(ids('公积金')).toEqual(['gjj'])
  all(articles)
  expect(ids('公积金')).toEqual(['gjj'])
})

test('S12.1 many turns leave few segments, to which later ones come without writing all anew, and the index is whole', async () => {
  const { db, articles } = await library('not')
  const segmentsOf = (table: string) =>
    db.prepare<[], number>(`SELECT count(DISTINCT segid) FROM ${table}_idx`).pluck().get()
  // Each of other words, so that the index has pages.
  const body = (at: number) =>
    Array.from({ length: 100 }, (_, nth) => String.fromCodePoint(0x4e00 + ((at * 7919 + nth * 104_729) % 20_000)))
  const put = (at: number) => articles.put(article(`more-${at}`, `第${at}条 垃圾分类`, body(at).join('')))
  for (let at = 0; at < 600; at++) {
    put(at)
    articles.indexTurn(1, initialsOf)
  }
  all(articles)
  const tables = ['article_titles', 'article_bodies', 'article_sounds']
  for (const table of tables) expect(segmentsOf(table)).toBeLessThan(5)
  expect(segmentsOf('article_bodies')).toBe(1)
  for (let at = 600; at < 606; at++) {
    put(at)
    all(articles)
  }
  expect(segmentsOf('article_bodies')).toBe(1 + 6)
  for (const table of tables) {
    db.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`)
  }
  const { stored, titles, bodies } = standing(db)
  expect([titles, bodies]).toEqual([stored, stored])
})

test('S12.1 a turn with nothing to do writes nothing', async () => {
  const { db, articles } = await library('half')
  all(articles)
  const changes = () => db.prepare<[], number>('SELECT total_changes()').pluck().get()
  const before = changes()
  expect(articles.indexTurn(8, initialsOf)).toBeNull()
  expect(changes()).toBe(before)
})

test('an article past its day is found and says so', async () => {
  const { articles } = await library()
  expect(articles.search('噪音', 8, '2027-04-01').hits).toMatchObject([{ expired: true }])
})

test.each(['"', 'a" OR "b', 'NEAR(', '*', '^路', '-', '\u0000', '()', '{', '😀', "'; DROP TABLE articles; --"])(
  'hostile query %j finds nothing strange and breaks nothing',
  async (query) => {
    const { articles, ids } = await library()
    ids(query)
    expect(articles.count()).toBe(5)
  },
)
