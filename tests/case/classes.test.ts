/** The classes of matters (K6). */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyForm, missingFields, type CaseForm } from '../../shared/case/case-form.ts'
import {
  classTreeSchema,
  matchesClass,
  requiredBy,
  createClassBook,
  shippedBook,
  shippedTree,
  suggestClasses,
} from '../../shared/case/classes.ts'
import { loadInitials } from '../../shared/kb/initials.ts'

const directory = readFileSync(new URL('../../central/seed/directory.csv', import.meta.url), 'utf8')
const units = new Set(directory.split('\n').map((line) => line.split(',')[0]))

describe('K6.1 the tree', () => {
  test('has the breadth of a prefecture city, each code once, below its first level', () => {
    expect(shippedTree.length).toBeGreaterThanOrEqual(12)
    expect(shippedBook.offered.length).toBeGreaterThanOrEqual(120)
    expect(new Set(shippedBook.offered.map(({ code }) => code)).size).toBe(shippedBook.offered.length)
    expect(shippedBook.offered.filter(({ code, groupCode }) => !code.startsWith(groupCode))).toEqual([])
  })

  test('each class has a unit of the directory, words of citizens, and the initials of its name', async () => {
    const initialsOf = await loadInitials()
    expect(shippedBook.offered.filter(({ unit }) => !units.has(unit))).toEqual([])
    expect(shippedBook.offered.filter(({ keywords }) => keywords.length === 0)).toEqual([])
    expect(shippedBook.offered.filter(({ name, initials }) => initialsOf(name) !== initials)).toEqual([])
  })

  test('a strange key, a code of another shape and no unit are refused', () => {
    const [first] = shippedTree
    const [child] = first?.children ?? []
    for (const wrong of [
      { ...child, code: '1' },
      { ...child, unit: '' },
      { ...child, colour: 'red' },
    ])
      expect(classTreeSchema.safeParse([{ ...first, children: [wrong] }]).success).toBe(false)
  })
})

test.each([
  ['公交', '0101'],
  ['ggjt', '0101'],
  ['GGJT', '0101'],
  ['交通 公共', '0101'],
  ['0101', '0101'],
  ['噪音', '0402'],
  ['shzs', '0402'],
  ['欠薪', '1201'],
  ['身份证', '0902'],
])('K6.2 %s finds %s', (typed, code) => {
  expect(shippedBook.offered.filter((one) => matchesClass(one, typed)).map((one) => one.code)).toContain(code)
})

test('K6.2 one letter narrows nothing down, and what is in no class finds none', () => {
  expect(shippedBook.offered.filter((one) => matchesClass(one, '没有这样的'))).toEqual([])
  expect(shippedBook.offered.filter((one) => matchesClass(one, 'q'))).toEqual([])
})

test.each([
  ['市民反映在江门体育馆坐几路车去火车站', '0101'],
  ['楼上每天晚上唱歌，噪音很大，无法休息', '0402'],
  ['工地夜间施工打桩，吵得睡不着', '0401'],
  ['老板拖欠工资三个月不发', '1201'],
  ['门口的路灯不亮已经一周', '0201'],
  ['健身卡充值后店家跑路', '1309'],
  ['小区停水了，什么时候来水', '0301'],
  ['想提取公积金租房', '0802'],
])('K6.3 «%s» speaks of %s before all others', (text, code) => {
  expect(suggestClasses(shippedBook, text, 2).map((one) => one.code)[0]).toBe(code)
})

test('K6.3 any text: as many as asked for at most, each once, all of them with a word that stands in it', () => {
  const word = fc.constantFrom(...shippedBook.offered.flatMap(({ keywords }) => keywords), '你好', '，', 'x')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (words, limit) => {
      const text = words.join('')
      const found = suggestClasses(shippedBook, text, limit)
      expect(found.length).toBeLessThanOrEqual(limit)
      expect(new Set(found).size).toBe(found.length)
      for (const { name, keywords } of found) expect([name, ...keywords].some((one) => text.includes(one))).toBe(true)
    }),
  )
  expect(suggestClasses(shippedBook, '', 3)).toEqual([])
  expect(suggestClasses(shippedBook, '好'.repeat(10_000), 3)).toEqual([])
})

describe('K6.4 what a class requires', () => {
  const form: CaseForm = {
    ...emptyForm('13800138000'),
    kind: 'complaint',
    classification: '0402',
    district: '蓬江区',
    content: '楼上噪音',
    replyMode: 'later',
  }

  test('who asks that something be done about a place says where', () => {
    expect(missingFields(form)).toEqual([{ field: 'address', problem: 'empty' }])
    expect(missingFields({ ...form, address: '白沙街 3 号' })).toEqual([])
  })

  test('who only asks needs not, nor does a class that has no place, nor one that is not known', () => {
    expect(missingFields({ ...form, kind: 'consult' })).toEqual([])
    expect(requiredBy('help', '0902')).toEqual([])
    expect(requiredBy('help', '9999')).toEqual([])
    expect(shippedBook.of('9999')).toBeNull()
  })
})

test('K6.5 a class that is retired is offered no more, and what names it is read as before', () => {
  const tree = structuredClone(shippedTree)
  const [one] = tree[0]?.children ?? []
  if (one === undefined) throw new Error('no class')
  const before = createClassBook(tree)
  one.retired = true
  const book = createClassBook(tree)
  const text = one.keywords.join('，')
  expect(suggestClasses(before, text, 3).map(({ code }) => code)).toContain(one.code)
  expect(suggestClasses(book, text, 3).map(({ code }) => code)).not.toContain(one.code)
  expect(book.offered).toHaveLength(before.offered.length - 1)
  expect(book.of(one.code)).toMatchObject({ name: one.name, group: tree[0]?.name })
})
