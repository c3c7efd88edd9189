import fc from 'fast-check'
import { pinyin } from 'pinyin-pro'
import { describe, expect, test } from 'vitest'
import { foldText, hasTokens, indexTokens, markTerms, queryTerms } from '../../shared/kb/grams.ts'
import { loadInitials } from '../../shared/kb/initials.ts'

/** What the tokens are, said as plainly as it can be: the one walk must come to the same. */
function tokensByDefinition(text: string): string[] {
  const runs = foldText(text).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
  return runs.flatMap((run, at) => {
    const chars = [...run]
    if (/\p{Script=Han}/u.test(run))
      return chars.flatMap((char, i) => (chars[i + 1] ? [char, char + chars[i + 1]] : [char]))
    const [next = ''] = runs[at + 1] ?? ''
    return /\p{Script=Han}/u.test(next) ? [run, run + next] : [run]
  })
}

describe('tokens', () => {
  test('whatever is mixed, they are those of the definition', () => {
    const char = fc.constantFrom(...'公积金路一鿿䶿々〇𠀀豈8０２zÀＥßʰ．，。 \n-·\u0301😀\ud800')
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 12 }), (text) => {
        expect(indexTokens(text)).toEqual(tokensByDefinition(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('a text has the tokens of a query where the index has them, the last one as a beginning', () => {
    const char = fc.constantFrom(...'路公交8０2zA。 ')
    const text = fc.string({ unit: char, maxLength: 12 })
    fc.assert(
      fc.property(text, fc.string({ unit: char, maxLength: 4 }), (one, query) => {
        const tokens = tokensByDefinition(one)
        const has = queryTerms(query).every((term) =>
          term.tokens.every((token) =>
            tokens.some((there) => there === token || (term.prefix && there.startsWith(token))),
          ),
        )
        expect(hasTokens(one, queryTerms(query))).toBe(has)
      }),
      { numRuns: 5000 },
    )
    expect(hasTokens('18路 到 28路', queryTerms('8路'))).toBe(false)
  })

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
  expect(titleInitials('重庆长江银行：重要的事')).toBe('cqcjyhzyds')
})

test('initials are those that the dictionary cuts itself, whatever stands between the characters', async () => {
  const titleInitials = await loadInitials()
  const cut = (title: string) =>
    pinyin(title, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
      .join('')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
  const char = fc.constantFrom(...'银行长重会安鹅嗯呣女绿儿a８Ａé㎡ﬁ①😀𠀀：，· _\ud800')
  fc.assert(
    fc.property(fc.string({ unit: char, maxLength: 10 }), (title) => {
      expect(titleInitials(title)).toBe(cut(title))
    }),
    { numRuns: 3000 },
  )
})
