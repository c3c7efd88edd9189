import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readEntries } from '../../central/directory/read-entries.ts'
import { directoryFile } from '../../central/directory/seed.ts'
import { unitSeed, type UnitEntry } from '../../central/portal/unit-seed.ts'
import { dialPlan } from '../../shared/call/dial-plan.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { directoryEntrySchema } from '../../shared/directory/entry.ts'

const { entries } = readEntries(await readFile(directoryFile, 'utf8'), defaultNumberPlan)
const there = entries.filter((entry): entry is UnitEntry => entry.kind === 'unit')

test('200 units, each once by id and name, as the directory takes them; those that were there stay as they are', () => {
  const { units } = unitSeed(there)
  expect(units).toHaveLength(200)
  for (const of of ['id', 'name'] as const) expect(new Set(units.map((unit) => unit[of])).size).toBe(200)
  for (const unit of units) {
    expect(directoryEntrySchema.parse(unit)).toEqual(unit)
    expect(dialPlan(unit.numbers[0]?.number ?? '', defaultNumberPlan).ok, unit.name).toBe(true)
  }
  expect(units.slice(0, there.length)).toEqual(there)
})

test('1,000 people, five of each unit, known by their posts; the same in every run', () => {
  const { units, people } = unitSeed(there)
  expect(people).toHaveLength(1000)
  expect(new Set(people.map(({ staffNo }) => staffNo)).size).toBe(1000)
  for (const { id } of units) expect(people.filter(({ unit }) => unit === id)).toHaveLength(5)
  expect(people.every(({ name }) => /(负责人|联络员|经办[一二三])$/.test(name))).toBe(true)
  expect(unitSeed(there)).toEqual({ units, people })
})
