import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tableOf } from '../../shared/kb/sheet-rows.ts'
import type { Sheet } from '../../shared/kb/sheet.ts'
import { must } from '../../shared/errors.ts'
import { diffLines } from '../../shared/kb/line-diff.ts'
import { takeArticle, takeWords } from '../../shared/kb/take-words.ts'

const lines = array(constantFrom('甲', '乙', '丙', '丁', ''), { maxLength: 12 }).map((all) => all.join('\n'))
const side = (before: string, after: string, which: 'before' | 'after') =>
  diffLines(before, after)
    .flatMap((row) => row[which] ?? [])
    .join('\n')

describe('the lines of two versions', () => {
  test('KU3 both sides read whole, in their order, and what is alike is alike', () => {
    assert(
      property(lines, lines, (before, after) => {
        expect(side(before, after, 'before')).toBe(before)
        expect(side(before, after, 'after')).toBe(after)
        for (const row of diffLines(before, after)) if (row.same) expect(row.before).toBe(row.after)
      }),
    )
  })

  test('KU3 as many lines as can be are alike', () => {
    const rows = diffLines('票价：2 元\n首班：6:00\n末班：22:00', '票价：3 元\n首班：6:00\n夜班：23:30\n末班：22:00')
    expect(rows).toEqual([
      { before: '票价：2 元', after: '票价：3 元', same: false },
      { before: '首班：6:00', after: '首班：6:00', same: true },
      { before: null, after: '夜班：23:30', same: false },
      { before: '末班：22:00', after: '末班：22:00', same: true },
    ])
  })

  test('KU3 a body of nothing but lines is compared in no time', () => {
    const many = (word: string) => Array.from({ length: 10_000 }, (_, n) => `${word}${n}`).join('\n')
    expect(diffLines(many('a'), many('b'))).toHaveLength(10_000)
  })
})

const before = '乘 28 路在江门站下。\n票价：2 元\n末班：22:00'
const after = '乘 28 路在江门站下。\n票价：3 元\n末班：23:30\n夜间改乘 N1。'

describe('the new words of an article in a reply', () => {
  test('KU5 stand where the old ones stood, between what she wrote', () => {
    expect(takeWords(`您好。\n${before}\n还有问题请再来电。`, before, after)).toBe(
      `您好。\n${after}\n还有问题请再来电。`,
    )
  })

  test('KU5 of lines that she moved apart each takes its own place', () => {
    expect(
      takeWords('票价：2 元\n中间一句\n末班：22:00', '票价：2 元\n甲\n末班：22:00', '票价：3 元\n甲\n末班：23:30'),
    ).toBe('票价：3 元\n中间一句\n末班：23:30')
  })

  test('KU5 come below where she made a line her own, and nothing of hers goes', () => {
    const hers = before.replace('票价：2 元', '票价两块')
    expect(takeWords(hers, before, after)).toBe(`${hers}\n${after}`)
    // Where one of two places is hers, none is changed halfway.
    const [two, new2] = ['票价：2 元\n甲\n末班：22:00', '票价：3 元\n甲\n末班：23:30']
    expect(takeWords('票价：2 元\n甲\n末班十点', two, new2)).toBe(`票价：2 元\n甲\n末班十点\n${new2}`)
    // Also where the version that she quoted is not here any more.
    expect(takeWords('她的话', null, after)).toBe(`她的话\n${after}`)
    expect(takeWords('', null, after)).toBe(after)
  })

  test('KU5 lines that are no more leave no empty one; one that is only new comes after the line before it', () => {
    expect(takeWords('甲\n乙\n丙', '甲\n乙\n丙', '甲\n丙')).toBe('甲\n丙')
    expect(takeWords('甲\n乙', '甲\n乙', '乙')).toBe('乙')
    expect(takeWords('前\n甲\n后', '甲', '甲\n乙')).toBe('前\n甲\n乙\n后')
  })

  test('KU5 whatever was said before and is said now: every line of hers is still there, in its order', () => {
    const hers = array(constantFrom('我说', '再说'), { maxLength: 4 })
    assert(
      property(lines, lines, hers, hers, (old, now, above, below) => {
        const reply = [...above, ...old.split('\n'), ...below].join('\n')
        const mine = (text: string) => text.split('\n').filter((line) => line === '我说' || line === '再说')
        expect(mine(takeWords(reply, old, now))).toEqual([...above, ...below])
      }),
    )
  })
})

describe('a change that is not in the body', () => {
  const fees = (...rows: string[][]): Sheet => ({ kind: 'fees', title: '身份证', columns: ['事项', '收费'], rows })
  const [old, now] = [
    fees(['换领', '20 元'], ['补领', '40 元']),
    fees(['首次申领', '免费'], ['换领', '25 元'], ['补领', '50 元']),
  ]
  const say = (sheet: Sheet, row: number, tongue: 'zh' | 'en' = 'zh') =>
    must(tableOf(sheet).rows[row], 'a row').say[tongue]
  const body = '带户口簿。'

  test('KU5 a row that the reply quotes becomes what it is by now, wherever it stands in its table', () => {
    expect(takeArticle(`您好。\n${say(old, 1)}\n再见`, { body, sheets: [old] }, { body, sheets: [now] })).toBe(
      `您好。\n${say(now, 2)}\n再见`,
    )
    const gone = { body, sheets: [fees(['首次申领', '免费'], ['换领', '25 元'], ['挂失', '免费'])] }
    expect(takeArticle(`您好。\n${say(old, 1)}\n再见`, { body, sheets: [old] }, gone)).toBe('您好。\n再见')
  })

  test('KU5 a reply that quotes none of what changed stays as it is, and nothing comes below it', () => {
    for (const reply of ['', '补领四十块', body, `您好。\n${body}`])
      expect(takeArticle(reply, { body, sheets: [old] }, { body, sheets: [now] })).toBe(reply)
    expect(takeArticle('她的话', { body }, { body })).toBe('她的话')
  })

  test('KU5 body and tables change together', () => {
    const both = { body: '带户口簿和照片。', sheets: [now] }
    expect(takeArticle(`${body}\n${say(old, 0)}`, { body, sheets: [old] }, both)).toBe(
      `带户口簿和照片。\n${say(now, 1)}`,
    )
  })
})
