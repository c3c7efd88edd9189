import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** A SPEC.md, and the folders whose test titles carry its rules. */
const specs: readonly (readonly [string, readonly string[]])[] = [
  ['renderer/portal/SPEC.md', ['tests/portal']],
  ['renderer/admin/SPEC.md', ['tests/portal']],
  [
    'central/SPEC.md',
    ['tests/case', 'tests/contract', 'tests/central', 'tests/people', 'tests/store', 'tests/e2e', 'tests/ledger'],
  ],
  ['shared/case/SPEC.md', ['tests/case', 'tests/contract']],
  ['shared/kb/SPEC.md', ['tests/kb', 'tests/contract', 'tests/portal', 'tests/store', 'tests/desk', 'tests/e2e']],
  ['shared/sync/SPEC.md', ['tests/store', 'tests/durability', 'tests/desk', 'tests/e2e']],
]

const ruleNumbers = (text: string) => new Set(text.match(/\b[A-Z]{1,2}\d+(?:\.\d+)?\b/g) ?? [])

/** The numbers at the head of every title: `test('R4.1 R4.2 …')`. */
function headsIn(folder: string): string[] {
  const sources = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  return sources.flatMap(
    (name) => readFileSync(join(root, folder, name), 'utf8').match(/['`](?:[A-Z]{1,2}\d+(?:\.\d+)? )+/g) ?? [],
  )
}

test.each(specs)('%s: each rule is named by the title of a test', (file, folders) => {
  const rules = ruleNumbers(readFileSync(join(root, file), 'utf8').replace(/^#.*$/gm, ''))
  const carried = ruleNumbers(folders.flatMap(headsIn).join('\n'))
  // A rule that is told in parts is carried by these.
  const isCarried = (rule: string) => [...carried].some((title) => title === rule || title.startsWith(`${rule}.`))
  expect([...rules].filter((rule) => !isCarried(rule))).toEqual([])
})
