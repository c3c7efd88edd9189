import { assert, integer, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classificationGroups, matchesClassification } from '../../renderer/desk/case-form/classification.ts'
import { bodyParts } from '../../renderer/desk/knowledge/article-body.ts'
import { withWords } from '../../renderer/desk/stores/insert-article.ts'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import { shippedBook } from '../../shared/case/classes.ts'
import { districtsOf, shippedDivisions, streetsOf } from '../../shared/case/divisions.ts'

describe('the classification', () => {
  const find = (typed: string) =>
    classificationGroups(shippedBook, null).flatMap(({ items }) =>
      items.filter((item) => matchesClassification(shippedBook, item, typed)).map(({ value }) => value),
    )

  test('is found by words of either level, and by code', () => {
    expect(find('公共交通')).toContain('0101')
    expect(find('交通 公共')).toContain('0101')
    expect(find('0101')).toEqual(['0101'])
    expect(find('01').every((code) => code.startsWith('01'))).toBe(true)
    expect(find('没有这样的')).toEqual([])
  })
})

test('a street belongs to a district', () => {
  expect(districtsOf(shippedDivisions)).toContain('蓬江区')
  expect(streetsOf(shippedDivisions, '蓬江区')).toContain('白沙街道')
  expect(streetsOf(shippedDivisions, null)).toEqual([])
})

describe('the body of an article', () => {
  test('two lines of name and value in a row are a table, one is not', () => {
    expect(bodyParts('可以直达。\n首末班：6:20 – 22:00\n票价：2 元\n注意：雨天绕行')).toEqual([
      { kind: 'text', at: 0, text: '可以直达。' },
      {
        kind: 'rows',
        at: 1,
        rows: [
          ['首末班', '6:20 – 22:00'],
          ['票价', '2 元'],
          ['注意', '雨天绕行'],
        ],
      },
    ])
    expect(bodyParts('提示：先预约\n然后到窗口')).toEqual([{ kind: 'text', at: 0, text: '提示：先预约\n然后到窗口' }])
  })

  test('no word is lost, whatever the lines are', () => {
    const body = '甲：一\n\n乙：二\n丙：三\n丁，戊：己\n'
    const shown = bodyParts(body).map((part) =>
      part.kind === 'text' ? part.text : part.rows.map((row) => row.join('：')).join('\n'),
    )
    expect(shown.join('\n').replace(/\s/g, '')).toBe(body.replace(/\s/g, ''))
  })
})

describe('an article in the reply', () => {
  const article = { id: 'KB-1', version: 3, body: '答案。' }
  const withArticle = (form: CaseForm, { body, ...ref }: typeof article, at: number) => withWords(form, body, [ref], at)

  test('goes in at the cursor on a line of its own, with its source, and is a reply at once', () => {
    const form = { ...emptyForm(), reply: '您好。再见。' }
    const next = withArticle(form, article, 3)
    expect(next).toMatchObject({
      reply: '您好。\n答案。再见。',
      articles: [{ id: 'KB-1', version: 3 }],
      replyMode: 'atOnce',
    })
  })

  test('is named once, in its newest version, and changes no choice that was made', () => {
    const form = { ...emptyForm(), replyMode: 'later' as const, articles: [{ id: 'KB-1', version: 2 }] }
    expect(withArticle(form, article, 0)).toMatchObject({ articles: [{ id: 'KB-1', version: 3 }], replyMode: 'later' })
  })

  test('goes in whole or not at all', () => {
    const form = { ...emptyForm(), reply: 'x'.repeat(9_996) }
    expect(withArticle(form, article, 9_996)?.reply).toHaveLength(10_000)
    expect(withArticle({ ...form, reply: 'x'.repeat(9_997) }, article, 5_000)).toBeNull()
  })

  test('whatever stands and comes: never too long, and not a character that was typed is dropped', () => {
    const reply = string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.slice(-10_000))
    const typed = record({
      pad: integer({ min: 9_900, max: 10_000 }),
      head: reply,
      at: integer({ min: 0, max: 10_000 }),
    })
    assert(
      property(typed, string({ unit: 'grapheme' }), ({ pad, head, at }, body) => {
        const form = { ...emptyForm(), reply: `${head}${'x'.repeat(pad)}`.slice(0, pad) }
        const place = Math.min(at, form.reply.length)
        const next = withArticle(form, { ...article, body }, place)?.reply ?? form.reply
        const added = next.length - form.reply.length
        expect(next.length).toBeLessThanOrEqual(10_000)
        expect(added).toBeGreaterThanOrEqual(0)
        expect(next.slice(0, place) + next.slice(place + added)).toBe(form.reply)
      }),
    )
  })
})
