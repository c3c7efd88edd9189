/** What the knowledge search of a desk finds, on a real file (rules KS in shared/kb/SPEC.md). */
import { describe, expect, test } from 'vitest'
import { createArticles } from '../../electron/store/db/articles.ts'
import { loadInitials } from '../../shared/kb/initials.ts'
import { foldChinese } from '../../shared/kb/fold.ts'
import { shippedSynonyms } from '../../shared/kb/synonyms.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { openFixture, signedIn } from './store-fixture.ts'

const initialsOf = await loadInitials()
const TODAY = '2026-11-26'

const article = (id: string, title: string, more: Partial<Article> = {}): Article => ({
  ...{ id, title, version: 1, family: 'kb', body: '正文', source: '市政务局', unit: '市政务局' },
  ...{ validUntil: '2027-12-31', district: null, questions: [], ...more },
})

const fund = article('fund', '公积金提取：租房、购房、离职', {
  body: '热线 12329。连续缴存 3 个月可以提取。',
  unit: '市住房公积金管理中心',
  questions: ['公积金怎么提取', '租房可以提公积金吗'],
})
const loan = article('loan', '公积金贷款条件与额度', { unit: '市住房公积金管理中心' })
const card = article('card', '高龄津贴、敬老卡怎么办', { body: '六十五岁起免费乘车。', questions: ['长者坐车免费吗'] })
const bus = article('bus', '28 路：白沙大道中 → 江门站', {
  body: '首末班 6:20–22:00',
  district: '蓬江区',
  unit: '公交集团',
  questions: ['坐公交去江门站怎么走'],
})
const bus8 = article('bus8', '8 路：北郊 → 东湖广场', { district: '江海区', unit: '公交集团' })
const noise = article('noise', '夜间施工噪音投诉', { body: '二十二时以后禁止产生噪音的施工。' })
const power = article('power', '电费怎样计算', { words: ['阶梯电价'] })
const old = article('old', '路灯报修', { validUntil: '2026-01-31' })
const lamp = article('lamp', '路灯不亮报修电话')
const coming = article('coming', '路灯报修新规', { validFrom: '2027-01-01' })
const all = [fund, loan, card, bus, bus8, noise, power, old, lamp, coming]

async function library(articles: readonly Article[] = all) {
  const { db } = await openFixture()
  const stored = createArticles(db)
  db.transaction(() => articles.forEach((one) => stored.put(one)))()
  while (stored.indexTurn(64, initialsOf)) continue
  const search = (query: string, scope = { unit: null as string | null, district: null as string | null }) =>
    stored.search(query, 8, TODAY, scope)
  return { stored, search, first: (query: string) => search(query).hits[0]?.id ?? null }
}

test('KS1 traditional, full width and unseen characters find the same', async () => {
  const { first } = await library()
  expect(first('電費')).toBe('power')
  expect(first('２８路')).toBe('bus')
  expect(first('公積\u200b金提取')).toBe('fund')
  expect(first('階梯電價')).toBe('power')
})

test('KS2 words in any order, from title, questions, body and unit together', async () => {
  const { first } = await library()
  expect(first('提取 租房')).toBe('fund')
  expect(first('离职 12329')).toBe('fund')
  expect(first('贷款 管理中心')).toBe('loan')
})

test('KS2 an article that has the words is found, whatever else shares something with them', async () => {
  const shared = Array.from({ length: 300 }, (_, at) =>
    article(`a${at}`, `${at % 3 ? '公积金' : '公共'}事项第${at}条`, {
      body: at % 7 ? '提取手续' : '积金取款，手续另办',
    }),
  )
  const { search } = await library(shared)
  const having = (words: readonly string[]) =>
    new Set(
      shared
        .filter((one) => words.every((word) => foldChinese(`${one.title}\n${one.body}\n${one.unit}`).includes(word)))
        .map(({ id }) => id),
    )
  for (const words of [['积金取'], ['公积金', '取款'], ['手续'], ['公共', '另办'], ['积金取款']]) {
    const wanted = having(words)
    const shown = search(words.join(' ')).hits.slice(0, wanted.size)
    expect([words, shown.filter(({ id }) => wanted.has(id)).length]).toEqual([words, Math.min(8, wanted.size)])
  }
})

test('KS2 words that stand unbroken in one body are found among many that have all their pairs apart', async () => {
  const apart = Array.from({ length: 150 }, (_, at) => article(`a${at}`, `第${at}条`, { body: '公积 积金 金取' }))
  const whole = article('whole', '其他', { body: '到柜台办公积金取款' })
  const { search } = await library([...apart.slice(0, 75), whole, ...apart.slice(75)])
  expect(search('公积金取').hits.map(({ id }) => id)).toContain('whole')
})

test('KS3 a word finds what is called otherwise, and marks it', async () => {
  const { first, search } = await library()
  expect(first('老人卡')).toBe('card')
  expect(first('gjj提取')).toBe('fund')
  expect(search('老人卡').marks).toContain('敬老卡')
})

test('KS3 the groups hold as soon as they are published, and with central away as they were last', async () => {
  const store = await signedIn(await openFixture())
  for (const one of [noise, lamp]) store.central.publish(one)
  store.hear(null)
  await store.settle()
  const first = async (query: string) => (await store.ask('kb.search', { query })).hits[0]?.id ?? null
  expect(await first('乒乓声')).toBeNull()
  const groups = [...shippedSynonyms.groups, { words: ['乒乓声', '噪音'] }]
  store.central.push({ kind: 'table', seq: 3, table: { name: 'synonyms', version: 1, body: { groups } } })
  await store.settle()
  expect(await first('乒乓声')).toBe('noise')
  store.central.reachable = false
  const again = await openFixture(store.dir, store.central)
  expect((await again.ask('kb.search', { query: '乒乓声' })).hits[0]?.id).toBe('noise')
})

test('KS4 everyday questions find the article', async () => {
  const { first } = await library()
  expect(first('请问一下坐几路车去江门站呀')).toBe('bus')
  expect(first('我想问下半夜三更工地还在施工怎么办')).toBe('noise')
  expect(first('喺邊度提取公積金')).toBe('fund')
})

describe('KS5 the order', () => {
  test('KS5 title before question, question before body', async () => {
    const { search } = await library([
      article('body', '其他事项', { body: '婚前检查在妇幼保健院' }),
      article('question', '医院服务', { questions: ['婚前检查在哪做'] }),
      article('title', '婚前检查'),
    ])
    expect(search('婚前检查').hits.map(({ id }) => id)).toEqual(['title', 'question', 'body'])
  })

  test('KS5 rare words say more than frequent ones', async () => {
    const many = Array.from({ length: 30 }, (_, at) => article(`m${at}`, `投诉电话办理第${at}号`))
    const { first } = await library([...many, article('rare', '广告牌松动')])
    expect(first('广告牌投诉电话办理')).toBe('rare')
  })

  test('KS5 what does not hold today comes later, and says so', async () => {
    const { search } = await library()
    const { hits } = search('路灯报修')
    expect(hits[0]?.id).toBe('lamp')
    expect(hits.find(({ id }) => id === 'old')).toMatchObject({ expired: true, notBefore: null })
    expect(hits.find(({ id }) => id === 'coming')).toMatchObject({ expired: false, notBefore: '2027-01-01' })
  })
})

test('KS6 one character of the same sound, letters that spell, and initials', async () => {
  const { first } = await library()
  expect(first('住放公积金提去')).toBe('fund')
  expect(first('早音')).toBe('noise')
  expect(first('gongjijin daikuan')).toBe('loan')
  expect(first('gjjdk')).toBe('loan')
  expect(first('gjj tq')).toBe('fund')
})

test('KS7 hostile articles are inert, bounded and found', async () => {
  const script = '<script>alert(1)</script>\u202e'
  const { search } = await library([
    article('html', `${script}路灯`, { body: `${script.repeat(50)}路灯坏了` }),
    article('huge', '电费', { body: `${'电'.repeat(1_000_000)}尾声` }),
  ])
  expect(search('路灯').hits[0]).toMatchObject({ id: 'html', snippet: expect.not.stringMatching(/\p{C}/u) as string })
  expect(search('电费').hits[0]?.id).toBe('huge')
  expect([...(search('电费').hits[0]?.snippet ?? '')].length).toBeLessThanOrEqual(120)
  expect(search('尾声').hits).toEqual([])
})

test('KS8 a unit or a district narrows, and what holds everywhere stays', async () => {
  const { search } = await library()
  const ids = (query: string, scope: { unit: string | null; district: string | null }) =>
    search(query, scope).hits.map(({ id }) => id)
  expect(ids('路', { unit: null, district: '江海区' })).not.toContain('bus')
  expect(ids('路', { unit: null, district: '江海区' })).toContain('bus8')
  expect(ids('公积金', { unit: null, district: '江海区' })).toContain('fund')
  expect(ids('路', { unit: '公交集团', district: null }).toSorted()).toEqual(['bus', 'bus8'])
  expect(ids('坐车去江门站', { unit: '市政务局', district: null })).not.toContain('bus')
})

test('KS9 near says that nothing answers; there may be no hits', async () => {
  const { search } = await library()
  expect(search('公积金提取')).toMatchObject({ near: false })
  expect(search('噪音量子纠缠黑洞星系')).toMatchObject({ near: true, hits: [{ id: 'noise' }] })
  expect(search('量子纠缠')).toMatchObject({ hits: [], near: false })
})
