import { expect, it } from 'vitest'
import { cutPage } from '../../central/sync/pull.ts'

const row = (seq: number, ref: string, bytes: number, kind: 'case' | 'article' = 'case') => ({ seq, ref, bytes, kind })

it('a page ends before the case that makes it too heavy, but has at least one', () => {
  const rows = [row(1, 'a', 90), row(2, 'b', 20), row(3, 'c', 1)]
  expect(cutPage(rows, { mostBytes: 100 }).map(({ seq }) => seq)).toEqual([1])
  expect(cutPage(rows, { mostBytes: 10 }).map(({ seq }) => seq)).toEqual([1])
  expect(cutPage(rows, { mostBytes: 111 })).toEqual(rows)
})

it('the row behind a full page tells that there is more, and does not come with it', () => {
  const rows = [row(1, 'a', 9), row(2, 'b', 9), row(3, 'c', 9)]
  expect(cutPage(rows, { mostRows: 2 }).map(({ seq }) => seq)).toEqual([1, 2])
  expect(cutPage(rows, { mostRows: 3 })).toEqual(rows)
})

it('what travels weighs once however often it changed, a case or an article', () => {
  const rows = [
    row(1, 'a', 60),
    row(2, 'a', 60),
    row(3, 'x', 30, 'article'),
    row(4, 'a', 60),
    row(5, 'x', 30, 'article'),
  ]
  expect(cutPage(rows, { mostBytes: 100 })).toEqual(rows)
  expect(cutPage([], { mostBytes: 100 })).toEqual([])
  const articles = [row(1, 'x', 60, 'article'), row(2, 'y', 60, 'article')]
  expect(cutPage(articles, { mostBytes: 100 })).toEqual(articles.slice(0, 1))
})
