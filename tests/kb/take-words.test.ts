import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffLines } from '../../shared/kb/line-diff.ts'
import { takeWords } from '../../shared/kb/take-words.ts'

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
