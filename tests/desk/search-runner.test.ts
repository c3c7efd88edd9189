import { expect, test } from 'vitest'
import { createSearchRunner } from '../../renderer/desk/knowledge/search-runner.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { SearchAnswer } from '../../shared/kb/hit.ts'

function bench() {
  const asked: { query: string; answer: (result: Result<SearchAnswer>) => Promise<void> }[] = []
  const shown: string[] = []
  const run = createSearchRunner({
    search: (query) =>
      new Promise((resolve) => {
        const answer = async (result: Result<SearchAnswer>) => {
          resolve(result)
          for (let turn = 0; turn < 5; turn++) await Promise.resolve()
        }
        asked.push({ query, answer })
      }),
    found: ({ query }) => shown.push(query),
    failed: ({ code }) => shown.push(code),
  })
  const found = (query: string) => ok({ query, hits: [], marks: [], near: false })
  return { run, asked, shown, found }
}

test('the first character is asked at once', () => {
  const { run, asked } = bench()
  run('公')
  expect(asked.map(({ query }) => query)).toEqual(['公'])
})

test('while one question is out only the newest waits, and the stale answer is dropped', async () => {
  const { run, asked, shown, found } = bench()
  for (const query of ['公', '公积', '公积金']) run(query)
  await asked[0]?.answer(found('公'))
  expect(asked.map(({ query }) => query)).toEqual(['公', '公积金'])
  await asked[1]?.answer(found('公积金'))
  expect(shown).toEqual(['公积金'])
})

test('an answer to a search that was cleared is dropped', async () => {
  const { run, asked, shown, found } = bench()
  run('公')
  run('')
  await asked[0]?.answer(found('公'))
  expect(shown).toEqual([])
})

test('a failure is told, and the same words may be asked again', async () => {
  const { run, asked, shown, found } = bench()
  run('公')
  await asked[0]?.answer(fail('storeDown'))
  run('公')
  await asked[1]?.answer(found('公'))
  expect(shown).toEqual(['storeDown', '公'])
})
