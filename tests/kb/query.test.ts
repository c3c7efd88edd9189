import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldChinese } from '../../shared/kb/fold.ts'
import { markTerms } from '../../shared/kb/grams.ts'
import { understand } from '../../shared/kb/query.ts'
import { hasToken } from '../../shared/kb/readable.ts'
import { simplify } from '../../shared/kb/simplify.ts'
import { SNIPPET, snippetOf } from '../../shared/kb/snippet.ts'
import { foldSound, soundOf, soundPairs, spelled } from '../../shared/kb/sounds.ts'
import { createSynonymFinder, shippedSynonyms, synonymsSchema } from '../../shared/kb/synonyms.ts'
import { checkSynonyms } from '../../shared/tables/checks/synonyms.ts'

const finder = createSynonymFinder({
  groups: [{ words: ['公积金', '住房公积金', 'gjj'] }, { words: ['id卡', '身份证'] }],
})
const tokens = (query: string) =>
  understand(query, finder).pieces.flatMap(({ grams }) => grams.map(({ token }) => token))

describe('KS1 one spelling', () => {
  test('KS1 traditional characters, widths, capitals and what nobody sees are one', () => {
    expect(foldChinese('電費點樣計')).toBe('电费点样计')
    expect(foldChinese('身份証補領')).toBe('身份证补领')
    expect(foldChinese('２８路ＥＴＣ')).toBe('28路etc')
    expect(foldChinese('公\u202e积\u200b金\ufeff')).toBe('公积金')
    expect(foldChinese('一\n二')).toBe('一\n二')
  })

  test('KS1 to fold twice is to fold once, and simplifying keeps the length', () => {
    const char = fc.constantFrom(...'電費点８ａ\u202e\u200d\u00adé\u0301中\n 😀\ud800裏嘅')
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 20 }), (text) => {
        const folded = foldChinese(text)
        expect(foldChinese(folded)).toBe(folded)
        expect(folded).not.toMatch(/(?!\n)\p{C}/u)
        expect(simplify(text)).toHaveLength(text.length)
      }),
    )
  })

  test('KS1 a mark is found in traditional text as well', () => {
    expect(markTerms('繳電費', ['电费'])).toEqual([
      { text: '繳', hit: false },
      { text: '電費', hit: true },
    ])
  })

  test('KS1 8路 is not in 18路 nor in 8路之 of another number', () => {
    expect(hasToken('坐18路', '8路')).toBe(false)
    expect(hasToken('坐18路或8路', '8路')).toBe(true)
    expect(hasToken('video', 'id')).toBe(false)
  })
})

describe('KS3 words that mean the same', () => {
  test('KS3 the longest word counts, a word of letters whole', () => {
    expect(finder('住房公积金提取').map(({ from, to }) => [from, to])).toEqual([[0, 5]])
    expect(finder('video')).toEqual([])
    expect(finder('补id卡')[0]?.others).toEqual(['身份证'])
  })

  test('KS3 what is said at home finds what the office calls it', () => {
    const meant = (said: string) =>
      createSynonymFinder(shippedSynonyms)(foldChinese(said)).flatMap(({ others }) => others)
    expect(meant('俾人呃咗三萬')).toContain('诈骗')
    expect(meant('屋頭娃兒要讀書')).toContain('孩子')
    expect(meant('我老汉瘫在床上')).toEqual(expect.arrayContaining(['父亲', '卧床']))
    expect(meant('房本丢了')).toContain('不动产权证')
    expect(meant('地铺')).toEqual([])
    // What is said of anything means none of it.
    expect(meant('钱没了')).not.toContain('死亡')
    expect(meant('人家不做事')).not.toContain('上班')
    expect(meant('臭味飘到家里')).not.toContain('上门服务')
  })

  test('KS3 at least three hundred groups come with the product, none with a word twice', () => {
    expect(shippedSynonyms.groups.length).toBeGreaterThanOrEqual(300)
    expect(checkSynonyms(shippedSynonyms)).toEqual([])
    expect(checkSynonyms({ groups: [{ words: ['電費', '电费'] }] })).toEqual([
      { path: ['groups', 0, 'words', 1], code: 'twice' },
    ])
    expect(synonymsSchema.safeParse({ groups: [{ words: ['单'] }] }).success).toBe(false)
  })
})

describe('KS4 what only asks', () => {
  test('KS4 is left aside, and what may be part of a word is kept with less care', () => {
    expect(tokens('请问身份证在哪里补办呀')).toContain('补办')
    expect(tokens('请问身份证在哪里补办呀')).not.toContain('请问')
    expect(tokens('喺邊度補身份證')).not.toContain('边度')
    const expiry = understand('到期', finder).pieces.flatMap(({ grams }) => grams)
    expect(expiry.find(({ token }) => token === '到期')?.care).toBeGreaterThan(0)
  })

  test('KS4 in whatever dialect it is asked', () => {
    const cared = (query: string) =>
      understand(query, finder).pieces.flatMap(({ grams }) =>
        grams.filter(({ care, token }) => care > 0.5 && token.length > 1).map(({ token }) => token),
      )
    expect(cared('居住证要咋个整嘛')).toEqual(['居住', '住证'])
    expect(cared('俺想问恁居住证弄啥嘞')).toEqual(['居住', '住证'])
    expect(cared('阿拉居住证哪能办')).toEqual(['居住', '住证'])
    expect(cared('居住证啷个办噻')).toEqual(['居住', '住证'])
  })

  test('KS4 unless nothing else was typed', () => {
    expect(tokens('怎么办')).toEqual(['怎么', '么办'])
  })

  test('a query is read to its end or two hundred characters, whichever is first', () => {
    expect(tokens('公'.repeat(5000)).length).toBeLessThanOrEqual(48 + 40)
    expect(tokens('\u202e\u200b')).toEqual([])
  })
})

describe('KS6 sounds', () => {
  test('KS6 what is not told apart here is one sound', () => {
    expect(soundOf('张')).toBe(soundOf('脏'))
    expect(foldSound('nin')).toBe(foldSound('ling'))
    expect(soundPairs('住放公积金')).toEqual(soundPairs('住房公积金'))
    expect(soundPairs('住房')).not.toEqual(soundPairs('电房'))
  })

  test('KS6 letters that spell syllables are read, initials and words of letters are not', () => {
    expect(spelled('gongjijin')).toEqual(['gong', 'ji', 'jin'])
    expect(spelled('gjj')).toBeNull()
    expect(spelled('wifi')).toBeNull()
  })
})

describe('KS7 snippets', () => {
  test('KS7 a snippet shows what was found, in one line of at most 120 characters', () => {
    const body = `${'前言。'.repeat(100)}电话 12329，\n公积金提取在这里。${'后话。'.repeat(100)}`
    const snippet = snippetOf(body, ['公积金'])
    expect(snippet).toContain('公积金提取')
    expect([...snippet].length).toBeLessThanOrEqual(SNIPPET)
    expect(snippet).not.toContain('\n')
  })

  test('KS7 markup stays text and controls go', () => {
    expect(snippetOf('<img src=x onerror=alert(1)>\u202e公积金', ['公积金'])).toBe(
      '<img src=x onerror=alert(1)> 公积金',
    )
  })

  test('KS7 whatever a body is, the line is bounded', () => {
    const char = fc.constantFrom(...'公积金\u202e\n 😀\ud800<ﬀ')
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 400 }), fc.constantFrom('公积', '金', '', '😀'), (body, mark) => {
        const snippet = snippetOf(body, [mark])
        expect([...snippet].length).toBeLessThanOrEqual(SNIPPET)
        expect(snippet).not.toMatch(/\p{C}/u)
      }),
    )
  })
})
