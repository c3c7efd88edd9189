import { createInstance, type i18n } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { besideWords, failureWords, signOf } from '../../renderer/desk/call/call-words.ts'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { noLines } from '../../shared/call/lines.ts'
import { zh } from '../../shared/i18n/zh.ts'

let words: i18n

beforeAll(async () => {
  words = createInstance()
  await words.init({ lng: 'zh', resources: { zh: { translation: zh } } })
})

test.each([
  [486, '对方忙'],
  [600, '对方忙'],
  [480, '无人接听'],
  [408, '无人接听'],
  [603, '对方拒接'],
  [404, '号码有误'],
  [484, '号码有误'],
  [503, '线路故障'],
  [488, '未接通（488）'],
  [null, '未接通'],
])('a dialled call refused with %s: %s', (status, said) => expect(failureWords(status, words.t)).toBe(said))

test('C15 C18 that it rings there, or that an announcement is heard, is said of a dialled call once it was reported', () => {
  const caller = { callId: 'x', number: '1004', name: '', queue: '' }
  const shown = (...more: readonly LineEvent[]) => {
    const dialled: LineEvent = { type: 'dialled', caller, purpose: 'citizen', at: 1 }
    const lines = [dialled, ...more].reduce((before, event) => stepLines(before, event).lines, noLines)
    return [signOf(lines, words.t)?.words, lines.call && besideWords(lines.call, false, words.t)]
  }
  expect(shown()).toEqual(['正在接通', '正在接通'])
  expect(shown({ type: 'rangThere', callId: 'x', at: 2 })).toEqual(['对方振铃', '对方振铃'])
  const heard: LineEvent = { type: 'earlySound', callId: 'x', flows: true, at: 2 }
  expect(shown({ type: 'rangThere', callId: 'x', at: 2 }, heard)).toEqual(['自动提示音', '自动提示音'])
  expect(shown({ type: 'sessionEstablished', callId: 'x', at: 2 })).toEqual([undefined, '正在通话'])
})

test('L11 who is held is called so, also while she is being joined, and where she was not taken back', () => {
  const caller = (callId: string) => ({ callId, number: callId, name: '', queue: '' })
  const settled = (held: boolean, ok: boolean): LineEvent => ({ type: 'holdSettled', callId: 'a', held, ok, at: 3 })
  const joining: readonly LineEvent[] = [
    { type: 'inviteArrived', caller: caller('a'), at: 1 },
    { type: 'answerPressed', callId: 'a', at: 1 },
    { type: 'sessionEstablished', callId: 'a', at: 1 },
    { type: 'dialled', caller: caller('120'), purpose: 'emergency', at: 2 },
    settled(true, true),
    { type: 'sessionEstablished', callId: '120', at: 3 },
  ]
  const shown = (...more: readonly LineEvent[]) => {
    const lines = [...joining, ...more].reduce((before, event) => stepLines(before, event).lines, noLines)
    return [signOf(lines, words.t)?.words, lines.beside && besideWords(lines.beside, lines.joined, words.t)]
  }
  expect(shown()).toEqual(['保持中', '三方通话'])
  expect(shown(settled(false, true))).toEqual(['三方通话', '三方通话'])
  expect(shown(settled(false, false))).toEqual(['未能取回', '正在通话'])
})
