import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffTable } from '../../shared/tables/diff.ts'
import { shippedBodies } from '../../shared/tables/tables.ts'

const { deadlines, classes, calendar } = shippedBodies
const said = (before: unknown, after: unknown) =>
  diffTable(before, after).map(({ place, kind, before: was, after: is }) => {
    const at = place.map((step) => ('row' in step ? step.row : step.key)).join(' › ')
    return `${kind} ${at}: ${was ?? ''} → ${is ?? ''}`
  })

test('what does not differ is no change, and every change of a table shows', () => {
  for (const body of Object.values(shippedBodies)) expect(diffTable(body, structuredClone(body))).toEqual([])
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const differs = diffTable(one, other).length > 0
      if (differs) expect(JSON.stringify(one)).not.toBe(JSON.stringify(other))
      else expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)))
    }),
  )
})

test('a class is known by its code: renamed, given to another unit, with another word', () => {
  const after = classes.map((group, index) =>
    index > 0
      ? group
      : {
          ...group,
          children: group.children.map((one, at) =>
            at > 0 ? one : { ...one, name: '新名', unit: 'U-SW', keywords: [...one.keywords, '新词'] },
          ),
        },
  )
  const [first] = classes[0]?.children ?? []
  const at = `${classes[0]?.code} ${classes[0]?.name} › children › ${first?.code} ${first?.name}`
  expect(said(classes, after)).toEqual([
    `changed ${at} › name: ${first?.name} → 新名`,
    `changed ${at} › unit: ${first?.unit} → U-SW`,
    `added ${at} › keywords › 新词:  → 新词`,
  ])
})

test('rows that were put elsewhere are the fewest that explain it; a span of another unit is told', () => {
  const [first, ...rest] = deadlines
  expect(said(deadlines, [...rest, first])).toEqual([`moved ${first?.rule}:  → `])
  const after = deadlines.map((row) => (row.rule === 'sign' ? { ...row, span: { minutes: 90 } } : row))
  expect(said(deadlines, after)).toEqual([
    'changed sign › span › workingDays: 1 → —',
    'changed sign › span › minutes: — → 90',
  ])
})

test('a word that is looked for is known by itself', () => {
  const { forbiddenWords } = shippedBodies
  const [first, ...rest] = forbiddenWords.words
  expect(said(forbiddenWords, { ...forbiddenWords, words: rest })).toEqual([
    expect.stringContaining(`removed words › ${first?.word}:`),
  ])
})

test('days and spans of days come and go', () => {
  const off = [...calendar.off.slice(1), ['2027-01-01', '2027-01-03'] as const]
  expect(said(calendar, { ...calendar, off, until: '2027-12-31' })).toEqual([
    'changed until: 2026-12-31 → 2027-12-31',
    'removed off › 2025-01-01–2025-01-01: 2025-01-01–2025-01-01 → ',
    'added off › 2027-01-01–2027-01-03:  → 2027-01-01–2027-01-03',
  ])
})
