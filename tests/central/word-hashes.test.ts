/** The words of cases as numbers (R9.1): whatever stands in a text is found by any part of it of two characters. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryHashes, textHashes } from '../../central/cases/word-hashes.ts'
import { foldText } from '../../shared/kb/grams.ts'

const answers = (text: string, words: string) => {
  const { hashes, terms } = queryHashes(words)
  const has = new Set(textHashes(text))
  const folded = foldText(text)
  return hashes.length > 0 && hashes.every((hash) => has.has(hash)) && terms.every((term) => folded.includes(term))
}

test('any two or more Han characters in a row are found, wherever they stand', () => {
  const han = fc.constantFrom(...'公交站牌路灯不亮噪音江门市体育馆')
  const mixed = fc.array(fc.oneof({ weight: 4, arbitrary: han }, fc.constantFrom('8', 'A', '，', ' ', '𠮷')), {
    minLength: 2,
    maxLength: 40,
  })
  fc.assert(
    fc.property(mixed, fc.nat(), fc.integer({ min: 2, max: 6 }), (characters, from, length) => {
      const start = from % characters.length
      const part = characters.slice(start, start + length).join('')
      fc.pre(/^\p{Script=Han}{2,}$/u.test(part))
      expect(answers(characters.join(''), part)).toBe(true)
    }),
  )
})

test.each([
  ['坐 128 路', '128', true],
  ['坐128路', '128路', true],
  ['编号 DG20451', 'dg20', true],
  ['编号 DG20451', '20451', false],
  ['路灯', '灯', false],
  ['公园里交通', '公交', false],
  ['ＤＧ全角', 'dg', true],
  ['', '路灯', false],
])('%s by %s: %s', (text, words, found) => {
  expect(answers(text, words)).toBe(found)
})

test('a run without an end is found by its beginning, and is no load', () => {
  const endless = 'x'.repeat(10_000)
  expect(textHashes(endless).length).toBeLessThan(20)
  expect(answers(endless, 'xxxxxxxxxxxxxxxxxxxx')).toBe(true)
})
