import { assert, integer, property, string } from 'fast-check'
import type { TFunction } from 'i18next'
import { describe, expect, test } from 'vitest'
import { caretAfter } from '../../renderer/desk/focus.ts'
import { signOf } from '../../renderer/desk/header/sync-words.ts'
import { groupWords } from '../../renderer/desk/late/group-words.ts'
import { markDifference } from '../../renderer/desk/late/text-difference.ts'
import { FakeDesktop } from './fake-bridge.ts'

const t = ((key: string, values?: Record<string, unknown>) =>
  values ? `${key} ${JSON.stringify(values)}` : key) as unknown as TFunction

describe('two texts beside each other', () => {
  const long = '市民在白沙大道，咨询坐公交去江门站怎么走，赶 17:30 的高铁，希望尽快告知路线和大约时间。'

  test('are shown from shortly before they differ to shortly after', () => {
    const [one, other] = markDifference(long, long.replace('17:30', '19:05'))
    expect(one).toEqual({ before: '…江门站怎么走，赶 1', changed: '7:30', after: ' 的高铁，希望尽快告…' })
    expect(other.changed).toBe('9:05')
  })

  test('that are short are shown whole', () => {
    expect(markDifference('蓬江区 白沙街道', '蓬江区')).toEqual([
      { before: '蓬江区', changed: ' 白沙街道', after: '' },
      { before: '蓬江区', changed: '', after: '' },
    ])
  })

  test('whatever they are: what only one says is shown whole, and no character is cut in two', () => {
    const text = string({ unit: 'grapheme', maxLength: 60 })
    assert(
      property(text, text, text, text, (head, mine, theirs, tail) => {
        const [one] = markDifference(head + mine + tail, head + theirs + tail)
        const shown = one.before.replace(/^…/, '') + one.changed + one.after.replace(/…$/, '')
        expect((head + mine + tail).includes(shown)).toBe(true)
        expect(shown).toBe(shown.toWellFormed())
      }),
    )
  })
})

describe('the caret under a change', () => {
  test('stays beside the same words', () => {
    expect(caretAfter('甲乙丙', '甲乙丙', 2)).toBe(2)
    expect(caretAfter('甲乙丙', '新甲乙丙', 2)).toBe(3)
    expect(caretAfter('甲乙丙', '甲乙丙，补充', 2)).toBe(2)
    expect(caretAfter('甲乙丙丁', '甲丁', 4)).toBe(2)
    // What it stood in is gone: where the change begins.
    expect(caretAfter('甲乙丙丁', '甲丁', 2)).toBe(1)
  })

  test('is never outside of the text', () => {
    assert(
      property(string(), string(), integer({ min: 0, max: 200 }), (before, after, at) => {
        const place = caretAfter(before, after, Math.min(at, before.length))
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThanOrEqual(after.length)
      }),
    )
  })
})

describe('a value in words', () => {
  test('masks a number, unless two would look alike behind their stars', () => {
    const words = (mine: string, theirs: string) =>
      groupWords(
        'caller',
        { parts: { callerName: '陈', callerPhone: mine }, other: { callerName: '陈', callerPhone: theirs } },
        t,
        'zh',
      )
    expect(words('13800132210', '13900001111')).toBe('陈 · 138****2210')
    expect(words('13800132210', '13899992210')).toBe('陈 · 13800132210')
  })

  test('names nothing rather than show nothing', () => {
    expect(groupWords('place', { parts: { district: null, street: null, address: '' }, other: {} }, t, 'zh')).toBe(
      'late.empty',
    )
    expect(groupWords('reply', { parts: { replyMode: 'later', reply: '', articles: [] }, other: {} }, t, 'zh')).toBe(
      'form.replyModes.later',
    )
  })
})

describe('S10.1 the sign', () => {
  const up = { state: 'up', code: null } as const
  const state = (more: object) => ({
    sync: { ...new FakeDesktop().sync, ...more },
    services: { store: up, phone: up },
    today: null,
  })

  test('says that choices wait, also beside what is graver', () => {
    expect(signOf(state({ late: 2 }), t)).toMatchObject({ shape: 'half', tone: 'warn', words: 'sync.late {"n":2}' })
    expect(signOf(state({ late: 2, refused: 1 }), t)).toMatchObject({
      tone: 'bad',
      words: 'sync.refused {"n":1} · sync.late {"n":2}',
    })
    expect(signOf(state({}), t).words).toBe('sync.synced')
  })
})
