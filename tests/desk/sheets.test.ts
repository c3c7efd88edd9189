/** What the tables of articles answer above the articles, and the rows of the open one. */
import { beforeEach, expect, test } from 'vitest'
import { insertChosen, pressRowKey } from '../../renderer/desk/knowledge/insert-chosen.ts'
import {
  choose,
  clearSearch,
  setQuery,
  takeVersion,
  useKnowledge,
} from '../../renderer/desk/knowledge/knowledge-store.ts'
import { rowChosen } from '../../renderer/desk/knowledge/sheet-row-choice.ts'
import { citedArticle } from '../../renderer/desk/stores/cited-articles.ts'
import { edit, formOf, newDraft, openDraft, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import type { Said } from '../../shared/kb/sheet-answer.ts'
import { sheetLines } from '../../shared/kb/sheet-rows.ts'
import { kept } from './fake-storage.ts'
import { until } from './fake-window.ts'
import { openDesk } from './open-desk.ts'
import { idCardSheets, line28 } from './preview/sheets.ts'

const { world } = openDesk(() => {
  kept.clear()
  clearSearch()
})
const article = {
  ...{ source: '公交集团', unit: '公交集团', district: null, snippet: '' },
  ...{ validUntil: '2099-01-01', expired: false, notBefore: null },
}
const zh = (said: Said) => said.zh
const en = (said: Said) => said.en
const reply = () => formOf(useDraft.getState()).reply
const quoted = () => formOf(useDraft.getState()).articles

beforeEach(() => {
  world.articles = [
    {
      ...article,
      id: 'KB-2041',
      version: 7,
      title: '28 路：白沙大道中 → 江门站',
      body: '您可以直达。',
      sheets: [line28],
    },
    {
      ...article,
      id: 'KB-1531',
      version: 6,
      title: '身份证',
      body: '派出所都可以办，遗失的补领。',
      sheets: idCardSheets,
    },
    { ...article, id: 'KB-1', version: 1, title: '噪音', body: '夜间施工。' },
  ]
  openDraft(newDraft(null))
})

async function search(query: string): Promise<void> {
  setQuery(query, false)
  await until(() => useKnowledge.getState().answer?.query === query, 'an answer')
}

test('KT7 the answer stands first and goes into the reply by the key of an article, with its articles as sources', async () => {
  await search('白沙大道 江门站')
  expect([useKnowledge.getState().chosen, useKnowledge.getState().answer?.hits.length]).toEqual([-1, 1])
  insertChosen(zh)
  expect(reply()).toMatch(/^(?:28 路.+：)?在白沙大道中坐 28 路直达江门站，约 14 站、35 分钟/)
  expect(quoted()).toEqual([{ id: 'KB-2041', version: 7 }])
  expect(citedArticle('KB-2041', 7)).toMatchObject({ title: '28 路：白沙大道中 → 江门站', source: '公交集团' })
  // The article itself is one key further, and is quoted once.
  choose(0)
  insertChosen(zh)
  expect(reply()).toMatch(/\n您可以直达。$/)
  expect(quoted()).toHaveLength(1)
})

test('KT7 the choice goes from the answer through the articles and no further; without an answer it begins with the first', async () => {
  await search('白沙大道 江门站')
  const at = (index: number) => {
    choose(index)
    return useKnowledge.getState().chosen
  }
  expect([at(-2), at(0), at(1), at(-1)]).toEqual([-1, 0, 0, -1])
  await search('噪音')
  expect([useKnowledge.getState().chosen, at(-1)]).toEqual([0, 0])
  insertChosen(zh)
  expect(reply()).toBe('夜间施工。')
})

test('KT4 with Shift the keys are about the rows of the open article: the first that was found is chosen', async () => {
  await search('身份证 补领')
  choose(0)
  expect(rowChosen()?.row.say.zh).toBe('补领（遗失），收费：40 元；时限：10–20 个工作日。')
  expect(pressRowKey('ArrowUp', zh)).toBe(true)
  expect(rowChosen()?.at).toBe(1)
  for (let times = 0; times < 9; times += 1) pressRowKey('ArrowDown', zh)
  expect(rowChosen()?.row.say.zh).toBe('补领（遗失），材料：报身份证号即可，不用登报。')
  edit({ reply: '您好。' })
  expect(pressRowKey('Enter', zh)).toBe(true)
  expect(reply()).toBe('您好。\n补领（遗失），材料：报身份证号即可，不用登报。')
  expect(quoted()).toEqual([{ id: 'KB-1531', version: 6 }])
  await search('噪音')
  await search('身份证 补领')
  expect(rowChosen()?.at).toBe(2)
})

test('KT4 where no article with tables is open the keys do nothing', async () => {
  await search('白沙大道 江门站')
  expect([rowChosen(), pressRowKey('Enter', zh), reply()]).toEqual([null, false, ''])
  await search('噪音')
  expect([rowChosen(), pressRowKey('ArrowDown', zh)]).toEqual([null, false])
})

test('KU4 a newer version that is taken brings its tables, or none', async () => {
  await search('28')
  const words = { ...article, id: 'KB-2041', version: 8, title: '28 路', body: '您可以直达。' }
  const rows = () => useKnowledge.getState().answer?.hits.map(({ sheets }) => sheetLines(sheets)[3])
  takeVersion({ ...words, sheets: [{ ...line28, fare: '3 元' }] })
  expect(rows()).toEqual(['28 路票价：3 元。'])
  takeVersion({ ...words, version: 9 })
  expect(rows()).toEqual([undefined])
})

test('KR6 who is spoken to in English is answered in English', async () => {
  await search('白沙大道 江门站')
  insertChosen(en)
  expect(reply()).toMatch(/take bus 28 at 白沙大道中 straight to 江门站, about 14 stops, 35 min/i)
})
