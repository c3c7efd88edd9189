import { expect, test } from 'vitest'
import { createArticles, type Articles } from '../../electron/store/db/articles.ts'
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

const put = (articles: Articles, one: Article) => articles.put(one, initialsOf(one.title))

async function library() {
  const { db } = await openFixture()
  const articles = createArticles(db)
  put(articles, article('28', '28 路：白沙大道中 → 江门站', '首末班：6:20–22:00', ['坐公交去江门站怎么走']))
  put(articles, article('8', '8 路：北郊 → 客运站'))
  put(articles, article('18', '18 路：港口 → 会展'))
  put(articles, article('gjj', '住房公积金提取', '买房、租房可以提取。', ['公积金怎么取']))
  put(articles, article('noise', '夜间施工噪音', '二十二时以后禁止产生噪音的施工。'))
  const ids = (query: string) => articles.search(query, 8, '2026-11-23').hits.map(({ id }) => id)
  return { articles, ids }
}

test('two-character words, one character, several words and bodies are found', async () => {
  const { ids } = await library()
  expect(ids('噪音')).toEqual(['noise'])
  expect(ids('公')).toContain('gjj')
  expect(ids('白沙大道 江门站')).toEqual(['28'])
  expect(ids('租房')).toEqual(['gjj'])
})

test('8路 is not 18路, and a space or full width makes no difference', async () => {
  const { ids } = await library()
  expect(ids('8路')[0]).toBe('8')
  expect(ids('8路')).not.toContain('18')
  expect(ids('８路')[0]).toBe('8')
})

test('pinyin initials find a title', async () => {
  const { ids } = await library()
  expect(ids('gjj')).toEqual(['gjj'])
})

test('a whole question finds what shares most with it', async () => {
  const { ids } = await library()
  expect(ids('请问坐几路公交去江门站')[0]).toBe('28')
})

test('a newer version replaces the older, and a withdrawn article is gone', async () => {
  const { articles, ids } = await library()
  put(articles, { ...article('noise', '广场舞扰民'), version: 2 })
  expect(ids('噪音')).toEqual([])
  expect(ids('广场舞')).toEqual(['noise'])
  articles.withdraw('noise')
  expect(ids('广场舞')).toEqual([])
  expect(articles.count()).toBe(4)
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
