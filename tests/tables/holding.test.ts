/** Which tables hold, and which of them a window of the desk carries. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { shippedCaseTables, takeCaseTables } from '../../shared/tables/case-rules.ts'
import { shippedTables, takeTables } from '../../shared/tables/tables.ts'

const words = { name: 'synonyms', version: 4, body: { groups: [{ words: ['乒乓声', '噪音'] }] } }
const strangeCalendar = { name: 'calendar', version: 3, body: { years: 'none' } }

test('T1 T9 the newest holds; one that is not understood leaves what comes with the program, and is told', () => {
  const told: string[] = []
  const { bodies, versions } = takeTables([words, strangeCalendar], ({ name }) => void told.push(name))
  expect(bodies).toEqual({ ...shippedTables.bodies, synonyms: words.body })
  expect(versions).toEqual({ ...shippedTables.versions, synonyms: 4 })
  expect(shippedTables.versions.calendar).toBe(0)
  expect(told).toEqual(['calendar'])
})

test('T9 a window of the desk takes the tables that cases go by; of others it says nothing', () => {
  const told: string[] = []
  const holding = takeCaseTables([words, strangeCalendar], ({ name }) => void told.push(name))
  expect(holding).toEqual(shippedCaseTables)
  expect(holding.bodies).not.toHaveProperty('synonyms')
  expect(told).toEqual(['calendar'])
})

const root = join(import.meta.dirname, '../..')

/** All files that come into a bundle with this one; what is imported for its types alone does not. */
function carriedBy(entry: string): string[] {
  const carried = new Set<string>()
  const waiting = [join(root, entry)]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (carried.has(file)) continue
    carried.add(file)
    if (!/\.tsx?$/.test(file)) continue
    const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^'"]*?from '(\.[^']+)'/gm)
    for (const [, path = ''] of imports) waiting.push(join(dirname(file), path.replace(/\?.*/, '')))
  }
  expect([...carried].filter((file) => !existsSync(file))).toEqual([])
  return [...carried].map((file) => relative(root, file))
}

test('T9 the words that mean the same are not among what a window of the desk loads: only the store searches', () => {
  expect(carriedBy('electron/store/worker.ts')).toContain('shared/kb/data/synonyms.json')
  const desk = carriedBy('renderer/desk/main.tsx')
  expect(desk).toContain('shared/tables/case-tables.ts')
  expect(desk.filter((file) => file.startsWith('shared/kb/data/synonyms') || file === 'shared/kb/synonyms.ts')).toEqual(
    [],
  )
})
