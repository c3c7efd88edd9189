import { describe, expect, test } from 'vitest'
import { indexTokens, markTerms, queryTerms } from '../../shared/kb/grams.ts'
import { loadInitials } from '../../shared/kb/initials.ts'

describe('tokens', () => {
  test('Han is indexed by pairs and singles, digits and letters whole and with their next character', () => {
    expect(indexTokens('28路公交')).toEqual(['28', '28路', '路', '路公', '公', '公交', '交'])
  })

  test('8路 asks for a token that 18路 does not have', () => {
    const [term] = queryTerms('8路')
    expect(term?.tokens).toEqual(['8路'])
    expect(indexTokens('18路')).not.toContain('8路')
    expect(indexTokens('8 路')).toContain('8路')
  })

  test('full-width and capital letters are one spelling', () => {
    expect(indexTokens('ＥＴＣ２８')).toEqual(indexTokens('etc28'))
  })

  test('one character is enough to ask, and the last word is a prefix while it is typed', () => {
    expect(queryTerms('公')).toMatchObject([{ tokens: ['公'], prefix: false }])
    expect(queryTerms('gj')).toMatchObject([{ tokens: ['gj'], prefix: true }])
    expect(queryTerms('  ，')).toEqual([])
  })
})

test('marks show where the words stand, and hostile text stays text', () => {
  expect(markTerms('去江门站坐车', ['江门站'])).toEqual([
    { text: '去', hit: false },
    { text: '江门站', hit: true },
    { text: '坐车', hit: false },
  ])
  expect(markTerms('<b>', ['b'])).toEqual([
    { text: '<', hit: false },
    { text: 'b', hit: true },
    { text: '>', hit: false },
  ])
})

test('initials of a title', async () => {
  const titleInitials = await loadInitials()
  expect(titleInitials('公积金提取')).toBe('gjjtq')
  expect(titleInitials('28 路：白沙大道')).toBe('28lbsdd')
})
