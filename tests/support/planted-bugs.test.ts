/** The bugs of the simulation fit the sources as they are: it would find that out only when it comes to them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantedBugs } from '../simulation/planted-bugs.ts'

const root = join(import.meta.dirname, '../..')

test.each(plantedBugs.map(({ name, patches }) => [name, patches] as const))('%s', (_name, patches) => {
  for (const [file, from] of patches) expect(readFileSync(join(root, file), 'utf8')).toContain(from)
})
