import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFinder } from '../../shared/script/find-words.ts'
import { shippedForbiddenWords, type ForbiddenWord } from '../../shared/script/forbidden.ts'

const { words } = shippedForbiddenWords
const find = createFinder(words)
const marked = (text: string) => find(text).map(({ from, to }) => text.slice(from, to))
const word = (text: string, ...except: string[]): ForbiddenWord => ({ word: text, why: 'never', better: null, except })

test('CW1 each place is found, the longest of those that begin there, and none overlaps', () => {
  expect(marked('这个我不知道，也不归我管。')).toEqual(['不知道', '不归我管'])
  const longest = createFinder([word('不知'), word('不知道'), word('道理')])
  expect(longest('不知道理').map(({ word: { word: found } }) => found)).toEqual(['不知道'])
})

test('CW1 a better wording comes with it', () => {
  expect(find('我不清楚')[0]).toMatchObject({ word: { better: '我为您核实一下', why: 'never' } })
})

test('CW2 width, case and spaces beside Han characters hide nothing, in the list neither', () => {
  expect(marked('不 知\n道')).toEqual(['不 知\n道'])
  expect(marked('我  没 \n 办法呀')).toEqual(['没 \n 办法'])
  expect(createFinder([word('没 办法')])('没办法')).toHaveLength(1)
  const latin = createFinder([word('VIP 专线'), word('shut up')])
  expect(latin('走ｖｉｐ专线').map(({ from, to }) => [from, to])).toEqual([[1, 6]])
  expect(latin('please Shut  up!').map(({ from, to }) => [from, to])).toEqual([[7, 15]])
  // Letters are words by themselves: what a space parts is not put together.
  expect(createFinder([word('okla')])('ok la')).toEqual([])
})

test('CW5 letters and digits are words of their own', () => {
  const own = createFinder([word('no'), word('110')])
  expect(own('I know 1100')).toEqual([])
  expect(own('no，打110吧').map(({ word: { word: one } }) => one)).toEqual(['no', '110'])
})

test('CW2 places are those of the text as it was typed, surrogates counted', () => {
  const text = '😀😀不知道'
  expect(find(text).map(({ from, to }) => text.slice(from, to))).toEqual(['不知道'])
})

test('CW3 a look reads each character a bounded number of times, whatever the number of words', () => {
  // Counted, not timed: how many steps a look may take is bound by the longest word.
  const many = createFinder(Array.from({ length: 2000 }, (_, at) => word(`词${at.toString(36)}语${at}`)))
  const text = '词1语'.repeat(2000)
  expect(many(text)).toEqual([])
  expect(many(`${text}词a语10`)).toHaveLength(1)
})

test('CW4 a word within one of its exceptions is none', () => {
  expect(marked('市民投喂流浪猫，喂养多年')).toEqual([])
  expect(marked('喂，听得到吗')).toEqual(['喂'])
  expect(marked('地址看不清楚')).toEqual([])
  // An exception is one of its own word alone.
  const two = createFinder([word('管', '管理办法'), word('办法')])
  expect(two('管理办法').map(({ word: { word: one } }) => one)).toEqual(['办法'])
})

test('the same as looking for each word by itself, where words neither overlap nor except', () => {
  const some = ['天地', '玄黄', '宇宙洪'].map((text) => word(text))
  const own = createFinder(some)
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'天地玄黄宇宙洪荒') }), (text) => {
      const naive = some.flatMap(({ word: one }) => [...text.matchAll(new RegExp(one, 'g'))].map(({ index }) => index))
      expect(own(text).map(({ from }) => from)).toEqual(naive.toSorted((a, b) => a - b))
    }),
  )
})

test('no shipped word is listed twice, and each better wording is free of such words', () => {
  expect(new Set(words.map(({ word: one }) => one)).size).toBe(words.length)
  expect(words.filter(({ better }) => better !== null && find(better).length > 0)).toEqual([])
})
