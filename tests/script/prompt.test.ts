import { describe, expect, test } from 'vitest'
import { courtesy } from '../../shared/script/courtesy.ts'
import {
  advanceStep,
  conversationSteps,
  fillCaller,
  liveStep,
  promptFor,
  shownStep,
  warningToSay,
  type Conversation,
} from '../../shared/script/prompt.ts'

const answered: Conversation = {
  phase: 'talking',
  status: 'talking',
  lastAct: 'none',
  contentEmpty: true,
  searchSince: null,
  warning: null,
}

describe('the prompt follows the live state', () => {
  test.each([
    ['idle', { phase: null, status: 'ready' }],
    ['idle', { phase: 'ended', status: 'away' }],
    ['ringing', { phase: 'ringing', status: 'ringing' }],
    ['wrap-up', { phase: 'ended', status: 'wrapUp' }],
  ] as const)('P1 outside a call the phone decides: %s', (step, change) => {
    expect(liveStep({ ...answered, ...change, lastAct: 'searching' })).toBe(step)
  })

  test.each([
    ['opening', {}],
    ['opening', { phase: 'answering' }],
    ['listening', { contentEmpty: false }],
    ['listening', { lastAct: 'typing' }],
    ['searching', { lastAct: 'searching', contentEmpty: false }],
    ['answering', { lastAct: 'replying', contentEmpty: false }],
    ['closing', { lastAct: 'saved', contentEmpty: false }],
  ] as const)('P2 in a call the last act decides: %s', (step, change) => {
    expect(liveStep({ ...answered, ...change })).toBe(step)
  })

  test('P3 F4 moves one step on and holds until the live state moves', () => {
    const advance = advanceStep('opening', null)
    expect(shownStep('opening', advance)).toBe('listening')
    expect(shownStep('searching', advance)).toBe('searching')
    expect(shownStep('opening', advanceStep('opening', advance))).toBe('searching')
  })

  test('P3 F4 leads nowhere outside a conversation, nor past its end', () => {
    expect(advanceStep('ringing', null)).toBeNull()
    expect(shownStep('closing', advanceStep('closing', null))).toBe('closing')
  })

  test('P4 only a search of more than 30 s brings the apology', () => {
    const searching: Conversation = { ...answered, lastAct: 'searching', searchSince: 1000 }
    expect(promptFor(searching, null, '', 31_000, 'zh')).toMatchObject({ late: false, say: '请您稍等，我为您查询。' })
    const late = promptFor(searching, null, '陈女士', 31_001, 'zh')
    expect(late.late).toBe(true)
    expect(late.say).toMatch(/^陈女士，很抱歉让您久等了/)
  })
})

test('P5 a warning brings its words until it was said; after the third come those that end the call', () => {
  expect([0, 1, 2, 3].map((count) => warningToSay(count, 0))).toEqual([null, 1, 2, 3])
  expect([1, 2, 3].map((count) => warningToSay(count, count))).toEqual([null, null, 'end'])
  const words = (warning: Conversation['warning']) => promptFor({ ...answered, warning }, null, '', 0, 'zh')
  expect(words(1).say).toContain('文明用语')
  expect(words(2).say).toContain('录音')
  expect(words(3)).toMatchObject({ say: expect.stringContaining('最后一次'), next: expect.stringContaining('再见') })
  expect(words('end').say).toContain('本次通话只能到这里')
  // What it interrupted is what goes on.
  expect(words(1).next).toBe(words(null).say)
})

describe('the words', () => {
  test('a caller is named, harmlessly', () => {
    expect(fillCaller('{caller}，请您慢慢说', '陈女士', 'zh')).toBe('陈女士，请您慢慢说')
    expect(fillCaller('{caller}, please', 'a\u202eb $& ', 'en')).toBe('a b $&, please')
  })

  test('a caller without a name is spoken to politely', () => {
    expect(fillCaller('{caller}，请您慢慢说', ' ', 'zh')).toBe('您好，请您慢慢说')
    expect(fillCaller('{caller}, please take your time', '', 'en')).toBe('Please take your time')
  })

  test.each(['zh', 'en'] as const)('no step or moment leaves a gap in %s', (language) => {
    for (const step of courtesy.steps) {
      for (const words of [step.name, step.say, step.next, ...step.hints]) {
        expect(fillCaller(words[language], '', language)).not.toMatch(/\{|^$/)
      }
    }
    for (const moment of courtesy.moments) expect(fillCaller(moment.say[language], '', language)).not.toMatch(/\{|^$/)
  })

  test('the steps in a row say what is done, now and to come', () => {
    const { steps } = promptFor({ ...answered, lastAct: 'searching', searchSince: 0 }, null, '', 1, 'zh')
    expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'later', 'later'])
    expect(steps.map(({ id }) => id)).toEqual(conversationSteps)
  })

  test('what operators must never say is in no sentence', () => {
    // 喂 and the like: courtesy.never is the customer's own list.
    for (const { say, next } of courtesy.steps)
      for (const words of courtesy.never) expect(say.zh + next.zh).not.toContain(words)
  })
})
