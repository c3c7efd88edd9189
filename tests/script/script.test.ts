import { describe, expect, test } from 'vitest'
import { createFinder } from '../../shared/script/find-words.ts'
import { shippedForbiddenWords } from '../../shared/script/forbidden.ts'
import { checkScript } from '../../shared/tables/checks/script.ts'
import { fillSentence, isSpoken, moments, shippedScript, tongues, type Sentence } from '../../shared/script/script.ts'

const { sentences } = shippedScript
const HAN = /\p{Script=Han}/u

describe('the shipped script', () => {
  test('has words for each moment, in each tongue', () => {
    for (const moment of moments) expect(sentences.filter(({ when }) => when === moment)).not.toEqual([])
    expect(sentences.filter(({ say }) => HAN.test(say.en) || !HAN.test(say.zh) || !HAN.test(say.yue))).toEqual([])
  })

  test('leaves no gap when all is filled, and the same gaps in each tongue', () => {
    const filling = { caller: '陈女士', article: '题目', caseNo: 'A-17' }
    for (const { say } of sentences) {
      const holes = tongues.map((tongue) => (say[tongue].match(/\{\w+\}/gu) ?? []).toSorted().join())
      expect(new Set(holes).size).toBe(1)
      for (const tongue of tongues) expect(fillSentence(say[tongue], filling, tongue)).not.toMatch(/[{}]|^$/)
    }
  })

  test('uses the words of the house', () => {
    const words = sentences.map(({ say }) => say.zh).join('\n')
    for (const phrase of [
      '您好，这里是12345政府服务热线，请问有什么可以帮您',
      '请您稍等，我为您查询',
      '请您不要挂机',
      '感谢您的耐心等待',
      '请问还有其他可以帮您的吗',
      '感谢您的来电，再见',
    ])
      expect(words).toContain(phrase)
  })

  test('never says what it forbids, and names no key', () => {
    const find = createFinder(shippedForbiddenWords.words)
    const spoken = sentences.filter(({ when }) => isSpoken(when)).map(({ say }) => say.zh)
    expect(spoken.flatMap((words) => find(words).map(({ word }) => word.word))).toEqual([])
    expect(JSON.stringify(sentences)).not.toMatch(/\bF\d{1,2}\b|Ctrl|Alt|Enter|回车/)
  })
})

test('a sentence twice, a moment without words, a gap that nobody knows, and a place of nothing are named', () => {
  const flaws = (change: (sentences: Sentence[]) => Sentence[]) =>
    checkScript({ ...shippedScript, sentences: change(structuredClone([...sentences])) }).map(({ code }) => code)
  expect(flaws((all) => all)).toEqual([])
  expect(flaws((all) => [...all, ...all.slice(0, 1)])).toEqual(['twice'])
  expect(flaws((all) => all.filter(({ when }) => when !== 'silence'))).toEqual(['momentWithoutWords'])
  expect(
    flaws(([first, ...rest]) => (first ? [{ ...first, say: { ...first.say, zh: '{title}' } }, ...rest] : [])),
  ).toEqual(['gap'])
  // A sentence that may be left out is no word for its moment.
  const closed = (change: Partial<Sentence>) =>
    flaws((all) =>
      all.filter(({ id }) => id !== 'idle-next').map((one) => (one.id === 'idle' ? { ...one, ...change } : one)),
    )
  expect(closed({})).toEqual([])
  expect(closed({ insteadOf: 'idle' })).toEqual(['momentWithoutWords'])
  const say = { zh: '看“{article}”', yue: '睇“{article}”', en: 'See {article}' }
  expect(closed({ say })).toEqual(['momentWithoutWords'])
  expect(flaws(([first, ...rest]) => (first ? [{ ...first, insteadOf: 'nothing' }, ...rest] : []))).toEqual([
    'notOneOf',
  ])
})

test('a caller without a name is spoken to politely', () => {
  expect(fillSentence('{caller}，请您慢慢说', {}, 'zh')).toBe('您好，请您慢慢说')
  expect(fillSentence('{caller}, please take your time', { caller: '' }, 'en')).toBe('Please take your time')
  expect(fillSentence('陈 $& {caller}', { caller: '$&' }, 'zh')).toBe('陈 $& $&')
})
