/** What of the articles is suggested before anything is typed (rule KS10). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { rankSuggested, suggestWords, type SuggestQuery } from '../../shared/kb/suggest.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { saveForm } from './colleague.ts'
import { fullForm, openFixture, signedIn } from './store-fixture.ts'

const nothing: SuggestQuery = { kind: null, code: null, district: null, text: '' }
const article = (id: string, title: string, more: Partial<Article> = {}): Article => ({
  ...{ id, title, version: 1, family: 'kb', body: '正文', source: '市政务局', unit: '市政务局' },
  ...{ validUntil: '2099-12-31', district: null, questions: [], ...more },
})

async function desk() {
  const store = await signedIn(await openFixture())
  const articles = [
    article('KB-1', '28 路：白沙大道中 → 江门站', { questions: ['坐公交去江门站怎么走'] }),
    article('KB-2', '路灯不亮报修'),
    article('KB-3', '公交卡遗失'),
    article('KB-4', '坐公交去江门站的旧线路', { validFrom: '2099-01-01' }),
  ]
  for (const one of articles) store.central.publish(one)
  store.hear(null)
  await store.settle()
  const ids = async (query: Partial<SuggestQuery>) =>
    (await store.ask('kb.suggest', { ...nothing, ...query })).map(({ id }) => id)
  return { store, ids }
}

test('KS10 by the content so far; what does not hold today is not suggested, and nothing by nothing', async () => {
  const { ids } = await desk()
  expect(await ids({ kind: 'consult', text: '市民问坐公交去江门站' })).toContain('KB-1')
  expect(await ids({ text: '市民问坐公交去江门站' })).not.toContain('KB-4')
  expect(await ids({ kind: 'consult' })).toEqual([])
})

test('KS10 by what replies to cases of the same class quote at this desk, of no other class', async () => {
  const { store, ids } = await desk()
  expect(await ids({ code: '0101' })).not.toContain('KB-2')
  const quoting = { ...fullForm, classification: '0101', articles: [{ id: 'KB-2', version: 1 }] }
  for (let times = 0; times < 3; times += 1) await saveForm(store, uuidv7(), quoting)
  await store.settle()
  expect(await ids({ code: '0101' })).toContain('KB-2')
  expect(await ids({ code: '0102' })).not.toContain('KB-2')
})

test('KS10 what is found and quoted comes first, four at the most', () => {
  const one = (id: string) => ({ id, title: id })
  expect(rankSuggested(['a', 'b', 'c', 'd', 'e'].map(one), [{ ...one('c'), times: 9 }]).map(({ id }) => id)).toEqual([
    'c',
    'a',
    'b',
    'd',
  ])
  expect(suggestWords({ ...nothing, kind: 'complaint', text: ' 噪音 ' }, '噪声扰民')).toBe('噪声扰民 噪音 投诉')
})
