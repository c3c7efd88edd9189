/** What narrows the search of the knowledge, by keys (rule KS8). */
import { beforeEach, expect, test } from 'vitest'
import { clearSearch, choose, setQuery, useKnowledge } from '../../renderer/desk/knowledge/knowledge-store.ts'
import { narrowToDistrict, narrowToUnit } from '../../renderer/desk/knowledge/narrowing.ts'
import { createSearchRunner } from '../../renderer/desk/knowledge/search-runner.ts'
import { edit, newDraft, openDraft } from '../../renderer/desk/stores/draft-store.ts'
import { ok, type Result } from '../../shared/errors.ts'
import { anywhere, type ArticleHit, type SearchAnswer, type SearchScope } from '../../shared/kb/hit.ts'
import { until } from './fake-window.ts'
import { openDesk } from './open-desk.ts'

const hit = (id: string, unit: string, district: string | null): ArticleHit => ({
  ...{ id, version: 1, title: '路灯报修', body: '', snippet: '', source: unit, unit, district },
  ...{ validUntil: '2099-01-01', expired: false, notBefore: null },
})

const { world } = openDesk(() => clearSearch())
beforeEach(() => {
  world.articles = [hit('KB-1', '市城管局', null), hit('KB-2', '市公路局', '江海区'), hit('KB-3', '市城管局', '新会区')]
  openDraft(newDraft(null))
})

const shown = () => useKnowledge.getState().answer?.hits.map(({ id }) => id)

async function search(): Promise<void> {
  setQuery('路灯', false)
  await until(() => shown()?.length === 3, 'all')
}

test('KS8 one key narrows to the unit of the chosen article, once more takes that back', async () => {
  await search()
  narrowToUnit()
  await until(() => shown()?.join() === 'KB-1,KB-3', 'those of the unit')
  narrowToUnit()
  await until(() => shown()?.length === 3, 'all again')
})

test('KS8 another narrows to the district of the form, else to that of the chosen article', async () => {
  await search()
  choose(1)
  narrowToDistrict()
  await until(() => shown()?.join() === 'KB-1,KB-2', 'those of the chosen')
  narrowToDistrict()
  await until(() => shown()?.length === 3, 'all again')
  edit({ district: '新会区' })
  narrowToDistrict()
  await until(() => shown()?.join() === 'KB-1,KB-3', 'those of the form')
})

test('KS8 where nothing says which, nothing is narrowed; another citizen begins with all', async () => {
  await search()
  narrowToDistrict()
  expect(useKnowledge.getState().scope).toEqual(anywhere)
  narrowToUnit()
  clearSearch()
  expect(useKnowledge.getState().scope).toEqual(anywhere)
})

test('KS8 an answer to the same words that was not narrowed yet is dropped', async () => {
  const asked: { scope: SearchScope; answer: (result: Result<SearchAnswer>) => void }[] = []
  const seen: string[] = []
  const run = createSearchRunner({
    search: (_query, scope) => new Promise((answer) => asked.push({ scope, answer })),
    found: ({ hits }) => seen.push(hits.map(({ id }) => id).join()),
    failed: ({ code }) => seen.push(code),
  })
  const found = (id: string) => ok({ query: '路灯', hits: [hit(id, '', null)], marks: [], near: false })
  run('路灯')
  run('路灯', { unit: '市城管局', district: null })
  asked[0]?.answer(found('all'))
  await until(() => asked.length === 2, 'asked again')
  asked[1]?.answer(found('narrowed'))
  await until(() => seen.length > 0, 'an answer')
  expect([seen, asked[1]?.scope.unit]).toEqual([['narrowed'], '市城管局'])
})
