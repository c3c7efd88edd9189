import { describe, expect, test } from 'vitest'
import { warningToSay } from '../../shared/script/prompt.ts'
import { conversationSteps } from '../../shared/script/script.ts'
import { prompt, say } from './live.ts'

describe('CS6 F4 ticks what is shown', () => {
  test('the sentences of a step come one after the other, then those of the step after it', () => {
    const words = (times: number) => say(times).prompt.say
    expect([0, 1, 2].map(words)).toEqual([
      '您好，这里是12345政府服务热线，请问有什么可以帮您？',
      '请问怎么称呼您？',
      '您好，请您慢慢说，我在记录。',
    ])
  })

  test('what was said stays said until the live state moves, and is asked anew the next time', () => {
    const searching = { lastAct: 'searching', lastActAt: 5000 } as const
    const { said, prompt: after } = say(1, { live: searching, now: 6000 })
    expect(after.moment).toBe('answering')
    const again = prompt({ live: { ...searching, lastActAt: 90_000 }, said, now: 90_001 })
    expect(again).toMatchObject({ moment: 'searching', say: '请您稍等，我为您查询。' })
  })

  test('once the words of an interruption are said, what it interrupted comes back', () => {
    const back = { lastAct: 'typing', backSince: 7000 } as const
    expect(prompt({ live: back }).moment).toBe('backFromHold')
    const { prompt: after, said } = say(1, { live: back })
    expect(after.moment).toBe('listening')
    expect(prompt({ live: { ...back, backSince: 99_000 }, said }).moment).toBe('backFromHold')
  })

  test('nothing is ticked where nothing is spoken', () => {
    for (const live of [{ phase: 'ringing' }, { phase: null }, { heldSince: 1 }] as const)
      expect(prompt({ live }).sentence).toBeNull()
  })
})

test('CS7 a matter of a kind has words of its own beside those for all', () => {
  const listening = { contentEmpty: false }
  const first = (kind: 'complaint' | 'report' | 'consult' | null) => prompt({ live: listening, kind }).sentence?.id
  expect([first('complaint'), first('report'), first('consult'), first(null)]).toEqual([
    'listening-complaint',
    'listening-report',
    'listening',
    'listening',
  ])
  // It is said in the place of the one for all.
  expect(say(1, { live: listening, kind: 'report' }).prompt.sentence?.id).toBe('listening-check')
})

describe('CS8 gaps', () => {
  const closing = { lastAct: 'saved' } as const
  test('a sentence whose gap nothing fills is left out', () => {
    expect(prompt({ live: closing }).say).toBe('请问还有其他可以帮您的吗？')
    expect(prompt({ live: closing, filling: { caseNo: 'A-17' } }).say).toContain('您的工单号是A-17')
  })
  test('the article that answers is named, and the citizen, harmlessly', () => {
    const answering = { lastAct: 'replying' } as const
    const filling = { article: '28 路：白沙大道中 → 江门站', caller: '陈\u202e女士' }
    expect(prompt({ live: answering, filling }).say).toMatch(/^陈 女士，.*“28 路：白沙大道中 → 江门站”，我查到/)
  })
})

test('CS9 one sentence now and one next; where all is said, the last one stays', () => {
  const { prompt: end, said } = say(30, { live: { lastAct: 'saved' } })
  expect(end).toMatchObject({ say: '感谢您的来电，再见。', next: '' })
  expect(new Set(said.map(({ id }) => id)).size).toBe(3)
  expect(prompt().next).toBe('请问怎么称呼您？')
})

test('CS9 while she is put aside the words of coming back stand ready', () => {
  expect(prompt({ live: { heldSince: 1000 } })).toMatchObject({
    say: '市民正在听等候音乐。核实好后恢复通话。',
    next: '您好，感谢您的耐心等待。',
  })
})

test('CS10 the closing is due once she was spoken with, until one of its sentences was said', () => {
  expect(prompt({ live: { talkingSince: null } }).closingDue).toBe(false)
  expect(prompt().closingDue).toBe(true)
  expect(say(1, { live: { lastAct: 'saved' } }).prompt.closingDue).toBe(false)
  expect(prompt({ live: { phase: 'ended' } }).closingDue).toBe(false)
})

test('CS11 a warning brings its words until it was said; after the third come those that end the call, and stay', () => {
  expect([0, 1, 2, 3].map((count) => warningToSay(count, 0))).toEqual([null, 1, 2, 3])
  expect([1, 2, 3].map((count) => warningToSay(count, count))).toEqual([null, null, 'end'])
  const words = (warning: 1 | 2 | 3 | 'end') => prompt({ live: { warning } })
  expect(words(1).say).toContain('文明用语')
  expect(words(1).next).toBe(prompt().say)
  expect(words(2).say).toContain('录音')
  expect(words(3).say).toContain('最后一次')
  expect(say(3, { live: { warning: 'end' } }).prompt.say).toContain('本次通话只能到这里')
})

test('a citizen is spoken to in her tongue, the operator in the desk’s', () => {
  expect(prompt({ tongue: 'yue' }).say).toContain('有咩可以帮到您')
  expect(prompt({ tongue: 'yue', live: { heldSince: 1 }, language: 'en' }).say).toContain('hears music')
})

test('the steps in a row say what is done, now and to come', () => {
  const { steps } = prompt({ live: { lastAct: 'searching' } })
  expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'later', 'later'])
  expect(steps.map(({ id }) => id)).toEqual(conversationSteps)
})
