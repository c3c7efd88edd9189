import { describe, expect, test } from 'vitest'
import { en } from '../../shared/i18n/en.ts'
import { zh } from '../../shared/i18n/zh.ts'
import { tablesWords as inEnglish } from '../../shared/i18n/en/tables.ts'
import { tablesWords as inChinese } from '../../shared/i18n/zh/tables.ts'
import { classesOf } from '../../shared/case/classes.ts'
import { flawCodes, placeOf, sayFlaw, type Flaw } from '../../shared/tables/flaw.ts'
import {
  checkTable,
  readBody,
  shippedBodies,
  tableNames,
  type TableBodies,
  type TableName,
} from '../../shared/tables/tables.ts'
import { tableNameSchema } from '../../shared/tables/tables.ts'

const units = new Set(classesOf(shippedBodies.classes).map(({ unit }) => unit))
const check = (name: TableName, body: unknown, known = units) => checkTable(name, body, shippedBodies, known)

/** What is wrong with a body: `place code`. */
function flawsOf(name: TableName, body: unknown, known = units): string[] {
  const checked = check(name, body, known)
  return checked.ok ? [] : checked.flaws.map(({ path, code }: Flaw) => `${path.join('.')} ${code}`)
}

/** A copy of what is shipped, changed. */
function changed<N extends TableName>(name: N, change: (body: TableBodies[N]) => void): TableBodies[N] {
  const body = structuredClone(shippedBodies[name])
  change(body)
  return body
}

describe('T1 the tables that come with the product', () => {
  test('are version 0 of each name, and nothing is wrong with them', () => {
    expect(tableNames).toEqual([
      'classes',
      'deadlines',
      'calendar',
      'divisions',
      'form',
      'script',
      'forbiddenWords',
      'emergencyWords',
      'synonyms',
    ])
    for (const name of tableNames) {
      expect(check(name, shippedBodies[name]), name).toEqual({ ok: true, body: shippedBodies[name] })
      expect(readBody(name, JSON.parse(JSON.stringify(shippedBodies[name])))).toEqual(shippedBodies[name])
      expect(readBody(name, { strange: true })).toBeNull()
    }
    expect(tableNameSchema.safeParse('staff').success).toBe(false)
  })
})

describe('T2 a body is looked at beyond its shape, and each flaw names its place', () => {
  test('in its shape: what is missing, unknown, too long, written otherwise', () => {
    const body = changed('classes', (tree) => {
      const entry = tree[0]?.children[0]
      if (entry !== undefined)
        Object.assign(entry, { name: undefined, code: 'x1', colour: 'red', unit: 'U'.repeat(41) })
    })
    expect(flawsOf('classes', body)).toEqual([
      '0.children.0.code format',
      '0.children.0.name missing',
      '0.children.0.unit tooLong',
      '0.children.0 unknownKey',
    ])
    expect(flawsOf('calendar', null)).toEqual([' wrongType'])
  })

  test('classes: codes and names once, below their group, units that are known', () => {
    const twice = changed('classes', (tree) => {
      const [first, second] = tree
      const [one, two, three] = first?.children ?? []
      if (second === undefined || one === undefined || two === undefined || three === undefined) return
      second.name = first?.name ?? ''
      two.code = one.code
      three.name = one.name
      three.keywords.push(three.keywords[0] ?? '')
      second.children.push({ ...one, code: '9901', unit: 'U-NONE' })
    })
    const last = shippedBodies.classes[1]?.children.length ?? 0
    const word = shippedBodies.classes[0]?.children[2]?.keywords.length ?? 0
    expect(flawsOf('classes', twice)).toEqual([
      '1.name twiceNamed',
      '0.children.1.code twice',
      '0.children.2.name twiceNamed',
      `1.children.${last}.code foreignCode`,
      `0.children.2.keywords.${word} twice`,
      `1.children.${last}.unit unknownUnit`,
    ])
  })

  test('classes: a unit that stood there before is not asked for again, one that is newly named is', () => {
    expect(
      flawsOf(
        'classes',
        changed('classes', (tree) => void tree[0]?.children[0]?.keywords.push('新词')),
        new Set(),
      ),
    ).toEqual([])
    const moved = changed('classes', (tree) => {
      const entry = tree[0]?.children[0]
      if (entry !== undefined) entry.unit = 'U-NEW'
    })
    expect(flawsOf('classes', moved)).toEqual(['0.children.0.unit unknownUnit'])
    expect(flawsOf('classes', moved, new Set(['U-NEW']))).toEqual([])
  })

  test('deadlines: rules once, classes that are known, and no row that can never hold', () => {
    const rows = shippedBodies.deadlines
    const [first, ...rest] = rows
    if (first === undefined) throw new Error('no rows')
    expect(flawsOf('deadlines', [...rows, { ...first, rule: first.rule, codes: ['98'] }])).toEqual([
      `${rows.length}.rule twice`,
      `${rows.length}.codes.0 unknownClass`,
      `${rows.length} unreachable`,
    ])
    // The widest first: all others of its phase wait in vain.
    const wide = { rule: 'all', phase: 'sign', codes: null, kinds: null, span: { minutes: 1 } }
    expect(flawsOf('deadlines', [wide, first, ...rest]).filter((one) => one.endsWith('unreachable'))).toHaveLength(3)
    expect(
      flawsOf(
        'deadlines',
        rows.filter(({ phase }) => phase === 'sign'),
      ),
    ).toEqual([' empty'])
    expect(flawsOf('deadlines', [{ ...first, codes: [] }, ...rest])).toEqual(['0.codes empty'])
  })

  test('calendar: in order, apart, within its years; who works instead does so on a weekend', () => {
    const with2027 = changed('calendar', (body) => {
      Object.assign(body, { until: '2027-12-31' })
      body.off.push(['2027-01-01', '2027-01-03'], ['2027-01-03', '2027-01-04'], ['2026-12-31', '2026-12-31'])
      body.off.push(['2027-02-01', '2027-03-15'], ['2028-01-01', '2028-01-01'])
      body.work.push('2027-01-04', '2027-01-02', '2027-01-02')
    })
    const [off, work] = [shippedBodies.calendar.off.length, shippedBodies.calendar.work.length]
    expect(flawsOf('calendar', with2027)).toEqual([
      `off.${off + 1} overlap`,
      `off.${off + 2} unsorted`,
      `off.${off + 3} freeTooLong`,
      `off.${off + 4} outsideCalendar`,
      `work.${work} notWeekend`,
      `work.${work} overlap`,
      `work.${work + 1} unsorted`,
      `work.${work + 1} overlap`,
      `work.${work + 2} overlap`,
      `work.${work + 2} twice`,
    ])
    expect(flawsOf('calendar', { ...shippedBodies.calendar, until: '2024-12-31' })).toEqual(['until unsorted'])
  })

  test('divisions and the form: names once; classes that are known; what the form checks of itself', () => {
    const places = changed('divisions', (tree) => {
      const [first, second] = tree
      if (first === undefined || second === undefined) return
      second.name = first.name
      first.streets.push(first.streets[0] ?? '')
    })
    const street = shippedBodies.divisions[0]?.streets.length ?? 0
    expect(flawsOf('divisions', places)).toEqual(['1.name twiceNamed', `0.streets.${street} twice`])
    const at = shippedBodies.form.fields.length
    const field = { id: 'own', group: 'particulars', type: 'text', label: { zh: '自定', en: 'own' }, classes: ['98'] }
    expect(flawsOf('form', { fields: [...shippedBodies.form.fields, field] })).toEqual([
      `fields.${at}.classes.0 unknownClass`,
    ])
    // What no case can go on without is asked for, whatever a centre asks besides.
    for (const id of ['kind', 'content', 'replyMode', 'callerPhone', 'district']) {
      const fields = shippedBodies.form.fields.map((one) => (one.id === id ? { ...one, required: false } : one))
      const place = fields.findIndex((one) => one.id === id)
      expect(flawsOf('form', { fields })).toEqual(id === 'district' ? [] : [`fields.${place}.required neededField`])
    }
    expect(flawsOf('form', { fields: shippedBodies.form.fields.slice(1) })).toEqual(['fields fixedFieldMissing'])
  })
})

test('T3 what left a table stays in it as retired: a class with its group, a field of the form', () => {
  const [group] = shippedBodies.classes
  const without = changed('classes', (tree) => void tree.shift())
  const checked = check('classes', without)
  const kept = checked.ok ? (checked.body as TableBodies['classes']) : []
  expect(kept.at(-1)).toEqual({ ...group, children: group?.children.map((one) => ({ ...one, retired: true })) })
  expect(classesOf(kept)).toHaveLength(classesOf(shippedBodies.classes).length)
  const one = check(
    'classes',
    changed('classes', (tree) => void tree[1]?.children.shift()),
  )
  expect(one.ok && (one.body as TableBodies['classes'])[1]?.children.at(-1)).toEqual({
    ...shippedBodies.classes[1]?.children[0],
    retired: true,
  })
  const last = shippedBodies.form.fields.at(-1)
  const form = check('form', { fields: shippedBodies.form.fields.slice(0, -1) })
  expect(form.ok && (form.body as TableBodies['form']).fields.at(-1)).toEqual({ ...last, retired: true })
})

test('T2 a flaw is said in the reader’s language, with the place as she knows it', () => {
  const body = changed('classes', (tree) => {
    const entry = tree[0]?.children[0]
    if (entry !== undefined) entry.unit = 'U-NEW'
  })
  const flaw = { path: [0, 'children', 0, 'unit'], code: 'unknownUnit' } as const
  expect(sayFlaw(inChinese.tables.flaws, body, flaw)).toBe('01 交通运输 › 0101 公共交通 › unit：没有这个成员单位')
  expect(sayFlaw(inEnglish.tables.flaws, [], { path: [], code: 'empty' })).toBe('must not be empty')
  expect(placeOf(shippedBodies.calendar, ['off', 0])).toBe('2025-01-01–2025-01-01')
  expect(placeOf(shippedBodies.deadlines, [1])).toBe('danger.answer')
  expect(placeOf([null], [0, 'span', 'minutes'])).toBe('#1 › minutes')
  for (const words of [inChinese, inEnglish])
    expect(Object.keys(words.tables.flaws).toSorted()).toEqual([...flawCodes].toSorted())
  expect([zh.error.outdated, en.error.outdated].every((words) => words.length > 5)).toBe(true)
})
